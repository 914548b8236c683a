/**
 * Amounts are integer minor units (hundredths) inside the emulator. LetPay's documents print every currency with two
 * decimals, pesos included ("amount": 123.45, "asset": "CLP"), so two decimals it is for all of them.
 */

/** Minor units of a JSON number or of a numeric text; null when it is neither or has more than two decimals. */
export function parseAmount(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(String(value)) ?? [];
  return whole === undefined ? null : Number(whole + fraction.padEnd(2, '0'));
}

/** `12345` → `123.45`, as a JSON number: trailing zeros are dropped as in the documents (`33.2`). */
export const asNumber = (minor: number): number => Number(asText(minor));

/** `19000` → `"190.00"`. */
export function asText(minor: number): string {
  const digits = String(minor).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `n / d`, both non-negative integers, rounded half up to an integer. */
export const divideHalfUp = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);
