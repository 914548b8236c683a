/**
 * What a merchant is told of a checkout: a pure function of what was last announced and of the record as it is to be.
 * The record keeps what was announced, so that record and events can be written in one step and the count has no gaps.
 *
 * Told of: status, method, amounts, `paid_twice`, refunds, and the end of a doubt. Not of its beginning: nearly every
 * doubt ends within seconds, and only its end is news. A method counts once the PSP took the submission.
 */
import { tokenToTell } from '../checkout/attempt.ts';
import { isPaidTwice, shownAttempt, toldAttempts } from '../checkout/checkout.ts';
import type { Announced, CheckoutRecord, Refund } from '../checkout/checkout-record.ts';
import { refundedOf, refundsOf, viewRefund } from '../checkout/refunds.ts';
import type { Status } from '../contract/checkout.ts';
import type { RefundStatus } from '../contract/refund.ts';
import type { WebhookEvent, WebhookEventType } from '../contract/webhook.ts';
import { toMajor } from '../money.ts';
import { eventIdOf, type NewEvent } from '../store/outbox.ts';

type Facts = Omit<Announced, 'sequence'>;

/** Of a checkout that nobody announced anything of: as it is when it was made and nothing was submitted. */
const nothing: Facts = {
  status: 'CREATED',
  attempt: 1,
  verifying: false,
  method: null,
  amountReceived: null,
  refundedAmount: null,
  paidTwice: false,
  refunds: {},
};

export interface Announcement {
  /** The record with what is now announced. */
  readonly record: CheckoutRecord;
  /** In the order of their sequence. */
  readonly events: readonly NewEvent[];
}

/** `at`: when the change became known, in ms. */
export function announce(record: CheckoutRecord, at: number): Announcement {
  const { announced } = record;
  const before: Facts = announced ?? nothing;
  const after = factsOf(record);
  const orderType = orderEventType(before, after);
  const refunds = refundsOf(record).filter(
    ({ number }) => after.refunds[number] !== undefined && after.refunds[number] !== before.refunds[number],
  );
  const told: { readonly type: WebhookEventType; readonly refund: Refund | null }[] = [
    ...(orderType === null ? [] : [{ type: orderType, refund: null }]),
    ...refunds.map(refund => ({ type: refundEventType(after.refunds[refund.number]), refund })),
  ];
  const sequence = announced?.sequence ?? 0;
  const events = told.map(({ type, refund }, index) => {
    const previous = index === 0 ? (announced?.status ?? null) : after.status;
    return newEvent(record, after, { type, refund, previous, sequence: sequence + index + 1, at });
  });
  return { record: { ...record, announced: { ...after, sequence: sequence + events.length } }, events };
}

/**
 * The merchant was told, or will be, of everything in the record. A record of a version that announced nothing is told of
 * with its next change.
 */
export function isAnnounced(record: CheckoutRecord): boolean {
  return record.announced === undefined || announce(record, 0).events.length === 0;
}

function factsOf(record: CheckoutRecord): Facts {
  const shown = shownAttempt(record);
  return {
    status: shown.status,
    attempt: toldAttempts(record).length,
    verifying: shown.phase === 'sending' && shown.inDoubtSince !== null,
    method: shown.phase === 'sent' ? shown.method : null,
    amountReceived: shown.amountReceived,
    refundedAmount: refundedOf(record, shown),
    paidTwice: isPaidTwice(record),
    refunds: Object.fromEntries(
      refundsOf(record)
        .filter(({ phase }) => phase !== 'sending')
        .map(({ number, phase, status }) => [number, phase === 'taken' ? status : 'FAILED']),
    ),
  };
}

/** Null: the order is as it was announced. */
function orderEventType(before: Facts, after: Facts): WebhookEventType | null {
  if (after.paidTwice && !before.paidTwice) return 'order.paid_twice';
  if (after.attempt > before.attempt && after.status === 'CREATED') return 'order.renewed';
  if (after.status !== before.status) return statusEventType(after.status);
  const changed =
    after.method !== before.method ||
    // Some answers name no amount and some name 0: neither is news.
    (after.amountReceived ?? 0) !== (before.amountReceived ?? 0) ||
    (after.refundedAmount ?? 0) !== (before.refundedAmount ?? 0) ||
    after.paidTwice !== before.paidTwice ||
    (before.verifying && !after.verifying);
  return changed ? 'order.updated' : null;
}

function statusEventType(status: Status): WebhookEventType {
  // An attempt that was taken does not become new again; a word of the PSP that says so is news of no kind of its own.
  return status === 'CREATED' ? 'order.updated' : `order.${lowerCase(status)}`;
}

function refundEventType(status: RefundStatus | undefined): WebhookEventType {
  return `refund.${lowerCase(status ?? 'REQUESTED')}`;
}

function lowerCase<Word extends string>(word: Word): Lowercase<Word> {
  return word.toLowerCase() as Lowercase<Word>;
}

interface Telling {
  readonly type: WebhookEventType;
  readonly refund: Refund | null;
  readonly previous: Status | null;
  readonly sequence: number;
  readonly at: number;
}

function newEvent(record: CheckoutRecord, facts: Facts, telling: Telling): NewEvent {
  const { type, refund, previous, sequence, at } = telling;
  const shown = shownAttempt(record);
  const major = (minor: number | null) => (minor === null ? null : toMajor(minor, record.currency));
  const event: WebhookEvent = {
    type,
    timestamp: new Date(at).toISOString(),
    data: {
      payment_token: record.token,
      reference_id: record.referenceId,
      gateway: record.gateway,
      sequence,
      status: facts.status,
      previous_status: previous,
      verifying: facts.verifying,
      attempt: facts.attempt,
      attempt_token: tokenToTell(shown),
      method: facts.method,
      currency: record.currency,
      amount_received: major(facts.amountReceived),
      refunded_amount: major(facts.refundedAmount),
      ...(shown.amountsUnreadable && { amounts_unreadable: true }),
      paid_twice: facts.paidTwice,
      decline: shown.decline,
      ...(refund && { refund: toldRefund(record, refund) }),
    },
  };
  const { token } = record;
  return {
    id: eventIdOf(token, sequence),
    token,
    sequence,
    type,
    createdAt: at,
    body: JSON.stringify(event),
  };
}

function toldRefund(record: CheckoutRecord, refund: Refund): WebhookEvent['data']['refund'] {
  const { refund_id, attempt_token, amount, status, failure } = viewRefund(record, refund);
  return { refund_id, attempt_token, amount, status, failure };
}
