/**
 * Amounts: integer minor units inside, JSON numbers in major units at the border. The conversion moves a decimal point
 * in text; no amount is ever multiplied or divided as a float.
 */

const digitsByCurrency = new Map<string, number>();

/** Digits after the point by ISO 4217: 2 for BRL, 0 for CLP. An unknown currency counts as 2. */
export function currencyDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    digits = /^[A-Z]{3}$/.test(currency)
      ? (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ?? 2)
      : 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

/**
 * Minor units of a decimal that somebody sent: `123.45`, `"123.45"`, `33.2`. Null when it is no plain decimal.
 * More digits than the currency has are cut off when they are zeros and refused otherwise.
 */
export function toMinor(amount: number | string, currency: string): number | null {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(amount).trim());
  if (!parts) return null;
  const digits = currencyDigits(currency);
  const [, sign, whole = '', fraction = ''] = parts;
  if (/[1-9]/.test(fraction.slice(digits))) return null;
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (!Number.isSafeInteger(minor)) return null;
  return sign && minor !== 0 ? -minor : minor;
}

/** The JSON number for an amount in minor units. */
export function toMajor(minor: number, currency: string): number {
  const digits = currencyDigits(currency);
  if (digits === 0) return minor;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const major = Number(`${text.slice(0, -digits)}.${text.slice(-digits)}`);
  return minor < 0 ? -major : major;
}
