/**
 * What the installment table of the wire does not say: whether a row has interest, and how much a month. The PSP gives
 * only counts and amounts (LetPay “Create Payment Order”), and Brazil wants the total and the interest shown with the
 * offer (Decreto 5.903/2006, art. 3).
 */
import { minorUnits } from '../../i18n/money.ts';

export interface InstallmentOffer {
  readonly installments: number;
  /** Of each payment, in minor units. */
  readonly amount: number;
  /** Of all payments, in minor units. */
  readonly total: number;
  readonly interestFree: boolean;
  /** As a fraction, to the basis point (0.0299); null without interest, and when the price in one payment is unknown. */
  readonly monthlyRate: number | null;
}

interface PlanRow {
  readonly installments: number;
  readonly amount: number;
  readonly total: number;
}

/** 100 % a month: nothing beyond is an offer. */
const highestRate = 10_000;

/** What `count` payments of `amount` are worth today at a monthly rate in basis points, the first due in a month. */
function presentValue(count: number, amount: number, basisPoints: number): number {
  const rate = basisPoints / 10_000;
  return rate === 0 ? count * amount : (amount * (1 - (1 + rate) ** -count)) / rate;
}

/** The monthly rate in basis points that makes the payments worth `price` (Price table), by bisection. */
function monthlyBasisPoints(count: number, amount: number, price: number): number {
  let low = 0;
  let high = highestRate;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (presentValue(count, amount, middle) > price) low = middle;
    else high = middle;
  }
  const off = (basisPoints: number) => Math.abs(presentValue(count, amount, basisPoints) - price);
  return off(low) < off(high) ? low : high;
}

/**
 * The offers in order of count. `plans` are wire rows in major units, `digits` the decimals of the currency. The price
 * without interest is the row of one payment, or `orderTotal` (wire, major units) when there is none; without both
 * no row is called interest-free. Rounding may add one minor unit per payment, which is no interest.
 */
export function installmentOffers(
  plans: readonly PlanRow[],
  digits: number,
  orderTotal?: number | null,
): InstallmentOffer[] {
  const single = plans.find(({ installments }) => installments === 1)?.total ?? orderTotal ?? null;
  const price = single === null ? null : minorUnits(single, digits);
  return plans
    .map(({ installments, ...row }): InstallmentOffer => {
      const amount = minorUnits(row.amount, digits);
      const total = minorUnits(row.total, digits);
      const interestFree =
        price === null ? installments === 1 : Math.max(total, installments * amount) <= price + installments;
      const monthlyRate =
        interestFree || price === null ? null : monthlyBasisPoints(installments, amount, price) / 10_000;
      return { installments, amount, total, interestFree, monthlyRate };
    })
    .sort((a, b) => a.installments - b.installments);
}
