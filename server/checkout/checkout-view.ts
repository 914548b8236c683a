/** Records as they leave the proxy: minor units become JSON numbers here and nowhere else. */
import {
  type AcceptedBrand,
  type Checkout,
  type Instrument,
  isCardMethod,
  type Payment,
  type SavedCard,
} from '../contract/checkout.ts';
import { toMajor } from '../money.ts';
import { isPayable } from './attempt.ts';
import { canRenew, canSubmit, isCheckoutPaid, shownAttempt, toldAttempts } from './checkout.ts';
import type { Attempt, CheckoutRecord, Offer } from './checkout-record.ts';

/** What a Checkout tells of the shop that it is paid to. */
export interface ShownShop {
  readonly testMode: boolean;
  readonly merchantName?: string | null;
  /** Null: those that LetPay takes. */
  readonly cardBrands?: readonly AcceptedBrand[] | null;
}

/** LetPay’s five; Elo and Hipercard are taken in Brazil alone. */
function brandsOf({ cardBrands }: ShownShop, { country, methods }: CheckoutRecord): AcceptedBrand[] {
  if (!methods.some(isCardMethod)) return [];
  if (cardBrands) return [...cardBrands];
  return country === 'BR'
    ? ['visa', 'mastercard', 'elo', 'hipercard', 'amex']
    : ['visa', 'mastercard', 'amex'];
}

/**
 * The Checkout as it leaves the proxy (product.md sections 2.3 and 2.4). `savedCards`: those that this order offers
 * (stored-cards.ts).
 */
export function viewCheckout(
  record: CheckoutRecord,
  now: number,
  shop: ShownShop,
  savedCards: readonly SavedCard[] = [],
): Checkout {
  const attempt = shownAttempt(record);
  const { currency } = record;
  const paid = isCheckoutPaid(record);
  const instrument = isPayable(attempt) || attempt.method === 'REDIRECT' ? attempt.instrument : null;
  return {
    payment_token: record.token,
    gateway: record.gateway,
    status: attempt.status,
    verifying: !paid && attempt.phase === 'sending',
    attempt: toldAttempts(record).length,
    method: attempt.method,
    reference_id: record.referenceId,
    country: record.country,
    currency,
    methods: [...record.methods],
    installments: record.installments.map(plan => ({
      installments: plan.installments,
      amount: toMajor(plan.amount, currency),
      total: toMajor(plan.amount * plan.installments, currency),
    })),
    ...viewPrice(record),
    instrument: instrument && { ...instrument, ...amountOf(instrument, currency) },
    decline: attempt.decline,
    payment: viewPayment(attempt, currency),
    saved_cards: [...savedCards],
    can: {
      submit: canSubmit(record),
      renew: canRenew(record),
      ...(record.offersSaveCard && record.methods.includes('CREDITCARD') ? { save_card: true } : {}),
    },
    merchant_name: shop.merchantName ?? null,
    card_brands: brandsOf(shop, record),
    return_url: record.returnUrl,
    expires_at: instrument?.method === 'PIX' ? instrument.expires_at : null,
    test_mode: shop.testMode,
    now: new Date(now).toISOString(),
  };
}

function viewPayment(attempt: Attempt, currency: string): Payment | null {
  const { phase, method, installments, charged, sendingSince } = attempt;
  if (phase === 'open' || method === null) return null;
  const major = (minor: number | null | undefined) => (minor == null ? null : toMajor(minor, currency));
  const { brand, last4 } = charged?.card ?? {};
  return {
    method,
    // 0 means one payment too; a method without installments is one.
    installments: charged ? Math.max(1, installments ?? 1) : installments,
    amount: major(charged?.amount),
    total: major(charged?.total),
    brand: brand ?? null,
    last4: last4 ?? null,
    at: sendingSince === null ? null : new Date(sendingSince).toISOString(),
  };
}

/** What something costs, as the wire has it. */
export function viewPrice({
  totals,
  customerFees,
}: Pick<Offer, 'totals' | 'customerFees'>): Pick<Checkout, 'totals' | 'customer_fees'> {
  return {
    totals: totals && {
      amount: toMajor(totals.amount, totals.asset),
      asset: totals.asset,
      original_amount: toMajor(totals.originalAmount, totals.originalAsset),
      original_asset: totals.originalAsset,
      customer_fees: toMajor(totals.customerFees, totals.asset),
      customer_amount: toMajor(totals.customerAmount, totals.asset),
    },
    customer_fees: customerFees.map(fee => ({ ...fee, amount: toMajor(fee.amount, fee.asset) })),
  };
}

function amountOf(instrument: Instrument, currency: string): { amount?: number } {
  return instrument.method === 'REDIRECT' ? {} : { amount: toMajor(instrument.amount, currency) };
}
