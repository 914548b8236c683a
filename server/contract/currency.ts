/**
 * How many decimals a currency has: ISO 4217, list of 2026-01-01. The one table of the proxy and the tag. An engine’s own
 * table (`Intl`) changes with its version, and what is stored as minor units would change its meaning with it.
 *
 * No import and little text, because the tag loads it before its first screen: each code stands behind its digits.
 */
const digitsOtherThanTwo =
  '0BIF0DJF0GNF0ISK0JPY0KMF0KRW0PYG0RWF0UGX0UYI0VND0VUV0XAF0XOF0XPF3BHD3IQD3JOD3KWD3LYD3OMR3TND4CLF4UYW';

/**
 * Digits after the point of what is counted and stored as minor units. An unknown currency counts as 2.
 *
 * ISO 4217 gives the Chilean peso none, and LetPay prints it with two (`"amount": 123.45, "asset": "CLP"`): 2 here, so that
 * no answer of the PSP loses its cents. An order in CLP must be whole all the same (`orderDigits`).
 */
export function currencyDigits(currency: string): number {
  const at = /^[A-Z]{3}$/.test(currency) ? digitsOtherThanTwo.indexOf(currency) : 0;
  return Number(digitsOtherThanTwo[at - 1] ?? 2);
}

/** Shops of Chile and Colombia print whole pesos without decimals. Cents are shown where there are some. */
export function isShownWhole(currency: string): boolean {
  return /^C[LO]P$/.test(currency);
}

/**
 * Decimals that an order may have. LetPay takes two at most (“Value must have a maximum of two decimal places”), and
 * nobody can pay a part of a Chilean peso, though LetPay prints one.
 */
export function orderDigits(currency: string): number {
  return currency === 'CLP' ? 0 : Math.min(2, currencyDigits(currency));
}
