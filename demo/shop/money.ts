/** Amounts of the shop: integers in the smallest unit that the shop prices in. */

/**
 * Decimals of the shop's prices. Chilean pesos have none by ISO 4217; Colombian pesos and Costa Rican colones have two
 * there, but no shop writes them.
 */
const decimals = {
  BRL: 2,
  MXN: 2,
  COP: 0,
  CRC: 0,
  USD: 2,
  PEN: 2,
  GTQ: 2,
  HNL: 2,
  CLP: 0,
  DOP: 2,
} as const;

export type Currency = keyof typeof decimals;

/** The JSON number that the proxy takes: 5490 in BRL is 54.9. */
export function toMajor(amount: number, currency: Currency): number {
  const digits = decimals[currency];
  if (digits === 0) return amount;
  const text = String(amount).padStart(digits + 1, '0');
  return Number(`${text.slice(0, -digits)}.${text.slice(-digits)}`);
}

/** An amount in the shop's smallest unit as people write it: `R$ 54,90`. */
export function formatAmount(amount: number, currency: Currency, locale: string): string {
  return formatMajor(toMajor(amount, currency), currency, locale, decimals[currency]);
}

/**
 * An amount in major units, as the proxy sends it. Fees and rates can have cents where prices have none, so the decimals
 * are only what is needed when `digits` is left out.
 */
export function formatMajor(amount: number, currency: string, locale: string, digits?: number): string {
  const places = digits ?? (Number.isInteger(amount) && currency in decimals ? shopDigits(currency) : 2);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  }).format(amount);
}

function shopDigits(currency: string): number {
  return Object.hasOwn(decimals, currency) ? decimals[currency as Currency] : 2;
}
