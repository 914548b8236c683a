/** In how many payments: what each costs, what all cost, and the interest, as Brazilian law wants it (Decreto 5.903/2006). */
import type { Checkout } from '../../../server/contract/checkout.ts';
import { currencyDigits, isShownWhole } from '../../../server/contract/currency.ts';
import { formatRate } from '../../i18n/rate.ts';
import { amountOwed, money, type ViewContext } from '../../views/view.ts';
import { type InstallmentOffer, installmentOffers } from './installments.ts';

/** In order of count. One payment is always among them: the table of some PSPs begins at two. */
export function offersOf(checkout: Checkout): readonly InstallmentOffer[] {
  const { installments, totals, currency } = checkout;
  const asset = totals?.asset || currency;
  const digits = currencyDigits(asset);
  const isWhole = isShownWhole(asset) && installments.every(({ amount }) => Number.isInteger(amount));
  const step = isWhole ? 10 ** digits : 1;
  const offers = installmentOffers(installments, digits, totals?.customer_amount ?? null, step);
  const owed = amountOwed(checkout);
  if (owed === null || offers[0]?.installments === 1) return offers;
  const atOnce = { installments: 1, amount: owed, total: owed, interestFree: true, monthlyRate: null };
  return [atOnce, ...offers];
}

/** Undefined for one payment. */
export function chosenPlan(checkout: Checkout, count: number): InstallmentOffer | undefined {
  return offersOf(checkout).find(({ installments }) => installments > 1 && installments === count);
}

/** “2x de R$ 64,51 · total R$ 129,02 · com juros 2,99% a.m.” */
export function offerWords(offer: InstallmentOffer, checkout: Checkout, context: ViewContext): string {
  const { installments, amount, interestFree, monthlyRate } = offer;
  const total = money(offer.total, checkout, context);
  if (installments === 1) return context.texts.inFull(total);
  return context.texts.installment({
    installments,
    amount: money(amount, checkout, context),
    total,
    interestFree,
    isExact: installments * amount === offer.total,
    rate: monthlyRate === null ? null : formatRate(monthlyRate, context.locale),
  });
}
