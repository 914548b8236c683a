/** Records as they leave the proxy: minor units become JSON numbers here and nowhere else. */
import type { Checkout, Instrument } from '../contract/checkout.ts';
import { toMajor } from '../money.ts';
import {
  type CheckoutRecord,
  canRenew,
  canSubmit,
  isCheckoutPaid,
  isPayable,
  shownAttempt,
} from './checkout.ts';

/** The Checkout as it leaves the proxy (product.md sections 2.3 and 2.4). */
export function viewCheckout(record: CheckoutRecord, now: number, testMode: boolean): Checkout {
  const attempt = shownAttempt(record);
  const { currency } = record;
  const paid = isCheckoutPaid(record);
  const instrument = isPayable(attempt) || attempt.method === 'REDIRECT' ? attempt.instrument : null;
  const totals = record.totals && {
    amount: toMajor(record.totals.amount, record.totals.asset),
    asset: record.totals.asset,
    original_amount: toMajor(record.totals.originalAmount, record.totals.originalAsset),
    original_asset: record.totals.originalAsset,
    customer_fees: toMajor(record.totals.customerFees, record.totals.asset),
    customer_amount: toMajor(record.totals.customerAmount, record.totals.asset),
  };
  return {
    payment_token: record.token,
    gateway: record.gateway,
    status: attempt.status,
    verifying: !paid && attempt.phase === 'sending',
    attempt: record.attempts.length,
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
    totals,
    customer_fees: record.customerFees.map(fee => ({ ...fee, amount: toMajor(fee.amount, fee.asset) })),
    instrument: instrument && { ...instrument, ...amountOf(instrument, currency) },
    decline: attempt.decline,
    saved_cards: [],
    can: { submit: canSubmit(record), renew: canRenew(record) },
    return_url: record.returnUrl,
    expires_at: instrument?.method === 'PIX' ? instrument.expires_at : null,
    test_mode: testMode,
    now: new Date(now).toISOString(),
  };
}

function amountOf(instrument: Instrument, currency: string): { amount?: number } {
  return instrument.method === 'REDIRECT' ? {} : { amount: toMajor(instrument.amount, currency) };
}
