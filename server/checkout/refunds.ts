/**
 * What refunds of a checkout are and what may follow what. Pure, as checkout.ts; the order of effects is in refund.ts.
 *
 * Amounts are integer minor units of the checkout’s currency, times are milliseconds since 1970.
 */
import type { Status } from '../contract/checkout.ts';
import type { RefundView } from '../contract/refund.ts';
import { toMajor } from '../money.ts';
import { isPaid } from './attempt.ts';
import { findAttempt, shownAttempt, tokenToTellOf } from './checkout.ts';
import type { Attempt, CheckoutRecord, Refund } from './checkout-record.ts';
import { type Asked, isPast } from './doubt.ts';

/** One refund as the PSP tells of it. */
export interface PspRefund {
  readonly id: string | null;
  /** Tells it from the other refunds of the payment. */
  readonly mark: string;
  readonly status: Refund['status'];
}

/** What the PSP knows of a payment’s refunds. Not `complete`: only the last one can be seen. */
export interface PspRefundList {
  readonly refunds: readonly PspRefund[];
  readonly complete: boolean;
}

export function refundsOf({ refunds }: CheckoutRecord): readonly Refund[] {
  return refunds ?? [];
}

/** It left, and only a look at the PSP’s list can tell whether it arrived. */
export function isInDoubt({ phase }: Refund): boolean {
  return phase === 'sending';
}

/** Its money may still be given back. */
export function isRefundOpen({ phase, status }: Refund): boolean {
  return phase === 'sending' || (phase === 'taken' && (status === 'REQUESTED' || status === 'PROCESSING'));
}

/** How long the PSP is asked on after a refund ended: its payment’s status follows, and a lost refund may turn up. */
const lingerMs = 60 * 60_000;

/** The PSP still has something to say about it. */
export function isRefundAwaited(record: CheckoutRecord, refund: Refund, now: number): boolean {
  if (isRefundOpen(refund)) return true;
  if (refund.settledAt === null || now - refund.settledAt >= lingerMs) return false;
  const followed = findAttempt(record, refund.attempt)?.status !== 'PAID';
  return refund.phase === 'not_taken' || (refund.status === 'COMPLETED' && !followed);
}

export function awaitsRefund(record: CheckoutRecord, { token }: Attempt, now: number): boolean {
  return refundsOf(record).some(refund => refund.attempt === token && isRefundAwaited(record, refund, now));
}

function sumOf(record: CheckoutRecord, token: string, counts: (refund: Refund) => boolean): number {
  return refundsOf(record)
    .filter(refund => refund.attempt === token && counts(refund))
    .reduce((sum, { amount }) => sum + amount, 0);
}

const isCompleted = ({ phase, status }: Refund) => phase === 'taken' && status === 'COMPLETED';

/** What came in: the PSP’s word, else the price (the oldest status answers name no amount), unless the word cannot be read. */
function receivedOf(record: CheckoutRecord, attempt: Attempt): number | null {
  if (attempt.amountsUnreadable) return attempt.amountReceived;
  return attempt.amountReceived ?? record.totals?.customerAmount ?? null;
}

const wholeBack: ReadonlySet<Status> = new Set<Status>([
  'REFUNDED',
  'DISPUTE_REFUNDED',
  'POST_REFUND_DISPUTE',
]);

/** What was given back: the PSP’s word, which counts refunds made elsewhere too; else what we know of. */
export function refundedOf(record: CheckoutRecord, attempt: Attempt): number | null {
  const completed = sumOf(record, attempt.token, isCompleted);
  if (attempt.refundedAmount !== null) return attempt.refundedAmount;
  if (wholeBack.has(attempt.status)) return receivedOf(record, attempt);
  return completed > 0 ? completed : null;
}

/** What can still be given back, in minor units; null while nobody knows what came in. */
export function refundableOf(record: CheckoutRecord, attempt: Attempt): number | null {
  const received = receivedOf(record, attempt);
  if (received === null) return null;
  const completed = sumOf(record, attempt.token, isCompleted);
  const open = sumOf(record, attempt.token, isRefundOpen);
  return Math.max(0, received - Math.max(refundedOf(record, attempt) ?? 0, completed) - open);
}

/**
 * The paid attempt that is meant. Null: nothing was paid, or the named attempt was not. `ambiguous`: two were paid and
 * none is named.
 */
export function attemptToRefund(record: CheckoutRecord, named: string | null): Attempt | 'ambiguous' | null {
  if (named !== null) {
    const attempt = findAttempt(record, named);
    return attempt && isPaid(attempt) ? attempt : null;
  }
  const paid = record.attempts.filter(isPaid);
  if (paid.length > 1) return 'ambiguous';
  const shown = shownAttempt(record);
  return isPaid(shown) ? shown : null;
}

export function findRefund(record: CheckoutRecord, number: number): Refund | undefined {
  return refundsOf(record).find(refund => refund.number === number);
}

/** A key whose refund came to nothing can be used for it again. */
export function findRefundByKey(record: CheckoutRecord, key: string | null): Refund | undefined {
  if (key === null) return undefined;
  return refundsOf(record).find(refund => refund.key === key && refund.phase !== 'not_taken');
}

function withRefund(
  record: CheckoutRecord,
  number: number,
  change: (refund: Refund) => Refund,
): CheckoutRecord {
  const refunds = refundsOf(record).map(refund => (refund.number === number ? change(refund) : refund));
  return { ...record, refunds };
}

export type NewRefund = Pick<
  Refund,
  | 'attempt'
  | 'amount'
  | 'marksBefore'
  | 'refundedElsewhere'
  | 'createdAt'
  | 'requestId'
  | 'key'
  | 'fingerprint'
>;

/** What somebody else gave back, by the PSP’s total and our completed refunds, in minor units. */
export function refundedElsewhere(record: CheckoutRecord, { token, refundedAmount }: Attempt): number {
  return Math.max(0, (refundedAmount ?? 0) - sumOf(record, token, isCompleted));
}

/** The note that is made durable before the first byte leaves. Its number is the version of `record`. */
export function beginRefund(record: CheckoutRecord, asked: NewRefund): CheckoutRecord {
  const refund: Refund = {
    ...asked,
    number: record.version,
    phase: 'sending',
    status: 'REQUESTED',
    pspId: null,
    mark: null,
    inDoubtSince: null,
    settledAt: null,
  };
  return { ...record, refunds: [...refundsOf(record), refund] };
}

/** The PSP refused it, or it never left. */
export function dropRefund(record: CheckoutRecord, number: number): CheckoutRecord {
  return { ...record, refunds: refundsOf(record).filter(refund => refund.number !== number) };
}

export function markRefundInDoubt(record: CheckoutRecord, number: number, now: number): CheckoutRecord {
  return withRefund(record, number, refund => ({ ...refund, inDoubtSince: refund.inDoubtSince ?? now }));
}

/** The PSP has it, and says this about it. */
export function recordRefund(
  record: CheckoutRecord,
  number: number,
  said: PspRefund,
  now: number,
): CheckoutRecord {
  return withRefund(record, number, refund => {
    const ended = said.status === 'COMPLETED' || said.status === 'FAILED';
    return {
      ...refund,
      phase: 'taken',
      status: said.status,
      pspId: said.id ?? refund.pspId,
      mark: said.mark,
      inDoubtSince: null,
      settledAt: ended ? (refund.phase === 'taken' ? (refund.settledAt ?? now) : now) : null,
    };
  });
}

/**
 * The PSP’s list of one payment becomes what we know. A refund whose answer was lost is the one that the PSP did not know
 * before it left; when there is none, asked for late enough, it was never taken. One that was given up and turns up after
 * all is found too.
 */
export function recordRefundList(
  record: CheckoutRecord,
  attemptToken: string,
  list: PspRefundList,
  asked: Asked & { readonly unmadeAfterMs: number },
): CheckoutRecord {
  const ours = refundsOf(record).filter(({ attempt }) => attempt === attemptToken);
  let next = record;
  for (const { number, mark } of ours.filter(({ phase }) => phase === 'taken')) {
    const said = list.refunds.find(refund => refund.mark === mark);
    if (said) next = recordRefund(next, number, said, asked.at);
  }
  const claimed = new Set(ours.map(({ mark }) => mark));
  const unclaimed = list.refunds.filter(({ mark }) => !claimed.has(mark));
  // One that is in doubt now before one that was given up long ago.
  const lost = [...ours.filter(isInDoubt), ...ours.filter(({ phase }) => phase === 'not_taken').toReversed()];
  for (const refund of lost) {
    const candidates = unclaimed.filter(({ mark }) => !refund.marksBefore.includes(mark));
    const found = recognizeRefund(next, refund, candidates);
    if (found === 'none' && isInDoubt(refund)) next = giveUpLate(next, refund, asked);
    if (found === 'none' || found === 'unclear') continue;
    unclaimed.splice(unclaimed.indexOf(found), 1);
    next = recordRefund(next, refund.number, found, asked.at);
  }
  return next;
}

/**
 * Which of the PSP’s new refunds is the one whose answer was lost. The list names no amounts, but the payment’s
 * `refunded_amount` does (facts section 4.6): a stranger’s refund of another amount is not ours. `none`: it is certainly
 * not among them. `unclear`: it may be; wait for an end, or for the total to follow.
 */
export function recognizeRefund(
  record: CheckoutRecord,
  refund: Refund,
  candidates: readonly PspRefund[],
): PspRefund | 'none' | 'unclear' {
  const [first, ...others] = candidates;
  if (first === undefined) return 'none';
  const attempt = findAttempt(record, refund.attempt);
  if (attempt?.refundedAmount == null || refund.refundedElsewhere === undefined)
    return others.length === 0 ? first : 'unclear';
  const ended = candidates.filter(({ status }) => status === 'COMPLETED');
  const failed = candidates.filter(({ status }) => status === 'FAILED');
  if (ended.length + failed.length < candidates.length) return 'unclear';
  const grown = refundedElsewhere(record, attempt) - refund.refundedElsewhere;
  const [only] = ended;
  // No money moved, so it does not matter whose it is.
  if (only === undefined) return first;
  if (ended.length === 1 && grown === refund.amount) return only;
  return grown > 0 && grown < refund.amount ? 'none' : 'unclear';
}

/** Of the PSP’s list of this payment what is none of ours: made in a dashboard, or lost here. */
export function foreignRefunds(
  record: CheckoutRecord,
  attemptToken: string,
  { refunds }: PspRefundList,
): readonly PspRefund[] {
  const ofAttempt = refundsOf(record).filter(({ attempt }) => attempt === attemptToken);
  const ours = new Set(ofAttempt.map(({ mark }) => mark));
  return refunds.filter(({ mark }) => !ours.has(mark));
}

export const isCompletedAtPsp = ({ status }: PspRefund): boolean => status === 'COMPLETED';

export const isOpenAtPsp = ({ status }: PspRefund): boolean => status !== 'COMPLETED' && status !== 'FAILED';

function giveUpLate(
  record: CheckoutRecord,
  refund: Refund,
  asked: Asked & { readonly unmadeAfterMs: number },
): CheckoutRecord {
  if (!isPast(refund, asked, asked.unmadeAfterMs)) return record;
  return withRefund(record, refund.number, was => ({
    ...was,
    phase: 'not_taken',
    inDoubtSince: null,
    settledAt: asked.at,
  }));
}

/** Where only the last refund can be seen, “wholly given back” ends those before it. */
export function settleHidden(record: CheckoutRecord, attemptToken: string, now: number): CheckoutRecord {
  if (findAttempt(record, attemptToken)?.status !== 'REFUNDED') return record;
  return refundsOf(record)
    .filter(refund => refund.attempt === attemptToken && refund.phase === 'taken' && isRefundOpen(refund))
    .reduce<CheckoutRecord>(
      (next, { number }) =>
        withRefund(next, number, refund => ({ ...refund, status: 'COMPLETED', settledAt: now })),
      record,
    );
}

/** `rf_<page token>_<number>`: leads to its checkout without another index. */
export function refundIdOf(record: CheckoutRecord, { number }: Refund): string {
  return `rf_${record.token}_${number}`;
}

export function parseRefundId(id: string): { readonly token: string; readonly number: number } | null {
  const [, token, number] = /^rf_([\w-]{1,64})_(\d{1,9})$/.exec(id) ?? [];
  return token === undefined ? null : { token, number: Number(number) };
}

export function viewRefund(record: CheckoutRecord, refund: Refund): RefundView {
  const status = { sending: 'UNKNOWN', taken: refund.status, not_taken: 'FAILED' } as const;
  const shown = status[refund.phase];
  return {
    refund_id: refundIdOf(record, refund),
    payment_token: record.token,
    attempt_token: tokenToTellOf(record, refund.attempt),
    amount: toMajor(refund.amount, record.currency),
    currency: record.currency,
    status: shown,
    verifying: refund.phase === 'sending',
    failure: shown === 'FAILED' ? (refund.phase === 'taken' ? 'failed_at_psp' : 'never_arrived') : null,
    psp_refund_id: refund.pspId,
    created_at: new Date(refund.createdAt).toISOString(),
  };
}
