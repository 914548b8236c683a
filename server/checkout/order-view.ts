/** An order as its merchant sees it: the Checkout, and what only the merchant may see. */
import type { Checkout } from '../contract/checkout.ts';
import type { MerchantOrder } from '../contract/merchant-order.ts';
import { toMajor } from '../money.ts';
import { tokenToTell } from './attempt.ts';
import { isPaidTwice, shownAttempt, toldAttempts } from './checkout.ts';
import type { Attempt, CheckoutRecord, HoldDecision } from './checkout-record.ts';
import { heldAmount } from './hold.ts';
import { refundedOf } from './refunds.ts';

/** `checkout`: the same record as its page sees it. */
export function viewOrder(record: CheckoutRecord, checkout: Checkout): MerchantOrder {
  const major = (minor: number | null) => (minor === null ? null : toMajor(minor, record.currency));
  const decided = ({ kind, amount, decidedAt, requestId }: HoldDecision) => ({
    kind,
    amount: major(amount),
    decided_at: new Date(decidedAt).toISOString(),
    request_id: requestId,
  });
  const shown = shownAttempt(record);
  const stored = record.attempts.findLast(({ storedCard }) => storedCard !== undefined)?.storedCard;
  return {
    ...checkout,
    sequence: record.announced?.sequence ?? 0,
    amount_owed: major(owedOf(record, shown)),
    amount_received: major(shown.amountReceived),
    refunded_amount: major(refundedOf(record, shown)),
    ...unreadable(shown),
    paid_twice: isPaidTwice(record),
    /** For the shop to keep with its customer. */
    stored_card: stored ? { public_person_id: stored.personId, public_card_id: stored.cardId } : null,
    attempts: toldAttempts(record).map(attempt => ({
      payment_token: tokenToTell(attempt),
      status: attempt.status,
      verifying: attempt.phase === 'sending',
      method: attempt.method,
      installments: attempt.installments,
      decline: attempt.decline,
      amount_received: major(attempt.amountReceived),
      refunded_amount: major(refundedOf(record, attempt)),
      ...unreadable(attempt),
      hold_decision: attempt.decision ? decided(attempt.decision) : null,
      created_at: new Date(attempt.createdAt).toISOString(),
    })),
  };
}

function unreadable({ amountsUnreadable }: Attempt): { amounts_unreadable?: true } {
  return amountsUnreadable ? { amounts_unreadable: true } : {};
}

/** What the shopper owes: the price, or what the merchant chose to take of it. */
function owedOf(record: CheckoutRecord, { decision }: Attempt): number | null {
  return decision?.kind === 'capture' ? decision.amount : heldAmount(record);
}
