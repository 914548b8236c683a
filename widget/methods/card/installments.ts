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
  /**
   * As a fraction, to the basis point (0.0299). Null without interest, when the price in one payment is unknown, and when
   * the rate is too small or too large to be told to the basis point.
   */
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

interface PricedRow {
  readonly installments: number;
  readonly amount: number;
}

/** The rate makes a payment of this amount, but for one `step` of rounding. */
function explains(
  basisPoints: number,
  { installments, amount }: PricedRow,
  price: number,
  step: number,
): boolean {
  return Math.abs((amount * price) / presentValue(installments, amount, basisPoints) - amount) < step;
}

/**
 * The monthly rate of each row. A cent of rounding moves the rate of a small payment by a basis point: the rate that fits
 * most rows stands for every row that it fits. Null where there is no rate to tell.
 */
function monthlyRates(rows: readonly PricedRow[], price: number, step: number): readonly (number | null)[] {
  const own = rows.map(({ installments, amount }) => monthlyBasisPoints(installments, amount, price));
  const fitting = (basisPoints: number) => rows.filter(row => explains(basisPoints, row, price, step)).length;
  const common = own.reduce((best, rate) => (fitting(rate) > fitting(best) ? rate : best), own[0] ?? 0);
  return rows.map((row, at) => {
    const rate = explains(common, row, price, step) ? common : (own[at] ?? 0);
    return rate > 0 && rate < highestRate ? rate / 10_000 : null;
  });
}

/**
 * The offers in order of count. `plans` are wire rows in major units, `digits` the decimals of the currency. The price
 * without interest is the row of one payment, or `orderTotal` (wire, major units) when there is none; without both
 * no row is called interest-free. Rounding may add one `step` (minor units) per payment, which is no interest.
 */
export function installmentOffers(
  plans: readonly PlanRow[],
  digits: number,
  orderTotal?: number | null,
  step = 1,
): InstallmentOffer[] {
  const single = plans.find(({ installments }) => installments === 1)?.total ?? orderTotal ?? null;
  const price = single === null ? null : minorUnits(single, digits);
  const offers = plans
    .map(({ installments, ...row }) => {
      const amount = minorUnits(row.amount, digits);
      const total = minorUnits(row.total, digits);
      const interestFree =
        price === null
          ? installments === 1
          : Math.max(total, installments * amount) <= price + installments * step;
      return { installments, amount, total, interestFree };
    })
    .sort((a, b) => a.installments - b.installments);
  const dearer = offers.filter(({ interestFree }) => !interestFree);
  const rates = price === null ? [] : monthlyRates(dearer, price, step);
  return offers.map(offer => ({ ...offer, monthlyRate: rates[dearer.indexOf(offer)] ?? null }));
}
