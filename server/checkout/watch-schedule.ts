/** When the PSP is to be asked about a checkout again, and for how long at all. Pure; watch.ts keeps the appointments. */
import { hadInstrument, isAwaited, isOver, isPaid, mayBePaidYet, mayBeTakenLate } from './attempt.ts';
import { newestAttempt } from './checkout.ts';
import type { Attempt, CheckoutRecord } from './checkout-record.ts';
import { erasureDueAt } from './erasure.ts';
import { awaitsCancellation, mayBeCanceledLate } from './hold.ts';
import { isRefundAwaited, isRefundOpen, refundsOf } from './refunds.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long until the next read of an attempt, by how long it has been awaited. Callbacks make it sooner. */
const pace: readonly { readonly youngerThan: number; readonly every: number }[] = [
  { youngerThan: 30 * second, every: second },
  { youngerThan: 10 * minute, every: 5 * second },
  { youngerThan: hour, every: minute },
  { youngerThan: day, every: 10 * minute },
  { youngerThan: 30 * day, every: 2 * hour },
  { youngerThan: Number.POSITIVE_INFINITY, every: day },
];
/** How long a submission or a cancellation that was given up is looked for. A callback tells of it later still. */
const lateFor = hour;
/** How long a payment that failed is looked at for money that comes after all; before another one leaves, later still. */
const failedFor = day;
/** How long an amount that cannot be read is asked for again, after the payment left. */
const unreadFor = 30 * day;
/** While somebody looks at the checkout. */
const lookedAtEvery = 2 * second;

/**
 * How long until the next look at what was paid, or had a code or link and ended unpaid, by how long ago it was submitted: a
 * dispute, a refund made elsewhere or the money of an expired boleto may come, and its callback may get lost.
 */
const afterwards: readonly { readonly youngerThan: number; readonly every: number }[] = [
  { youngerThan: 10 * day, every: day },
  { youngerThan: 120 * day, every: 7 * day },
];

/** When the watcher is to look at a record again: to read a status, or to erase the payer’s data. Null for never. */
export function nextDue(record: CheckoutRecord, now: number, lookedAt: boolean): number | null {
  const gaps = record.attempts.map(attempt => gapOf(record, attempt, now, lookedAt));
  const times = [
    ...gaps.filter(gap => gap !== null).map(gap => now + gap),
    ...[erasureDueAt(record)].filter(time => time !== null),
  ];
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * How long after its last read an attempt is to be read again, in ms; null when the PSP has nothing more to say. Each by its
 * own age: a code that was left long ago is not read as often as the one that is shown.
 */
export function gapOf(
  record: CheckoutRecord,
  attempt: Attempt,
  now: number,
  lookedAt: boolean,
): number | null {
  const ages = awaitedSince(record, attempt, now).map(since => now - since);
  if (ages.length === 0) return gapAfterEnd(attempt, now);
  const youngest = Math.min(...ages);
  const every = pace.find(step => youngest < step.youngerThan)?.every ?? day;
  const isShown = lookedAt && attempt === newestAttempt(record);
  return isShown ? Math.min(every, lookedAtEvery) : every;
}

/** Since when the PSP’s word on this attempt, its cancellation or its refunds is awaited. */
function awaitedSince(record: CheckoutRecord, attempt: Attempt, now: number): number[] {
  const { decision, sendingSince, createdAt, givenUpAt, cancelGivenUpAt } = attempt;
  const sentAt = sendingSince ?? createdAt;
  const isWithin = (since: number, ms: number) => now - since < ms;
  const late = [
    ...(mayBeTakenLate(attempt) ? [givenUpAt ?? createdAt] : []),
    ...(mayBeCanceledLate(attempt) ? [cancelGivenUpAt ?? createdAt] : []),
  ];
  return [
    ...(isAwaited(attempt) || awaitsCancellation(attempt) ? [decision?.decidedAt ?? sentAt] : []),
    ...late.filter(since => isWithin(since, lateFor)),
    ...(mayBePaidYet(attempt) && isWithin(sentAt, failedFor) ? [sentAt] : []),
    ...(attempt.amountsUnreadable && isWithin(sentAt, unreadFor) ? [sentAt] : []),
    ...refundsOf(record)
      .filter(refund => refund.attempt === attempt.token && isRefundAwaited(record, refund, now))
      .map(refund => refund.settledAt ?? refund.createdAt),
  ];
}

function gapAfterEnd(attempt: Attempt, now: number): number | null {
  if (!isPaid(attempt) && !(isOver(attempt) && hadInstrument(attempt))) return null;
  const age = now - (attempt.sendingSince ?? attempt.createdAt);
  return afterwards.find(step => age < step.youngerThan)?.every ?? null;
}

/** The PSP may still have something to say about this checkout. */
export function isCheckoutWatched(record: CheckoutRecord): boolean {
  return record.attempts.some(isWatched) || refundsOf(record).some(isRefundOpen);
}

/** The PSP may still have something to say about this attempt, its refunds aside. */
export function isWatched(attempt: Attempt): boolean {
  return (
    isAwaited(attempt) ||
    awaitsCancellation(attempt) ||
    mayBeTakenLate(attempt) ||
    mayBeCanceledLate(attempt) ||
    mayBePaidYet(attempt) ||
    attempt.amountsUnreadable === true
  );
}
