/**
 * Amounts: integer minor units inside, JSON numbers in major units at the border. The conversion moves a decimal point
 * in text; no amount is ever multiplied or divided as a float.
 */
import { currencyDigits, orderDigits } from './contract/currency.ts';

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

/** Minor units of an amount that a merchant asks for; null when it has more decimals than one may ask for. */
export function askedMinor(amount: number, currency: string): number | null {
  const [, decimals = ''] = String(amount).split('.');
  return decimals.length > orderDigits(currency) ? null : toMinor(amount, currency);
}

/** The JSON number for an amount in minor units. */
export function toMajor(minor: number, currency: string): number {
  const digits = currencyDigits(currency);
  if (digits === 0) return minor;
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const major = Number(`${text.slice(0, -digits)}.${text.slice(-digits)}`);
  return minor < 0 ? -major : major;
}
