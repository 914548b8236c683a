/**
 * What the payer owes: the order's amount in the payment currency plus the fees that fall on the payer. The only
 * conversion in the documents is USD 100 → BRL 376.10 with a TAXES_FEE of 37.61 (classic, "Quote final user amount"):
 * hence the rate and the ten per cent; an order in the payment currency bears no fee ("Create Payment Order").
 */
import { divideHalfUp } from './money.ts';

export interface Totals {
  /** All amounts in minor units. */
  readonly amount: number;
  readonly asset: string;
  readonly originalAmount: number;
  readonly originalAsset: string;
  readonly fees: readonly { readonly name: 'TAXES_FEE'; readonly amount: number }[];
  readonly customerAmount: number;
}

/** Thousandths of a real for one unit. */
const toBrl: Readonly<Record<string, bigint>> = { USD: 3_761n, EUR: 4_182n };
const taxPercent = 10n;

/** Null when there is no rate from `asset` to `currency`. */
export function totalsOf(amount: number, asset: string, currency: string): Totals | null {
  if (asset === currency) {
    return {
      amount,
      asset,
      originalAmount: amount,
      originalAsset: asset,
      fees: [],
      customerAmount: amount,
    };
  }
  const rate = currency === 'BRL' ? toBrl[asset] : undefined;
  if (rate === undefined) return null;
  const converted = divideHalfUp(BigInt(amount) * rate, 1_000n);
  const tax = Number(divideHalfUp(converted * taxPercent, 100n));
  return {
    amount: Number(converted),
    asset: currency,
    originalAmount: amount,
    originalAsset: asset,
    fees: [{ name: 'TAXES_FEE', amount: tax }],
    customerAmount: Number(converted) + tax,
  };
}
