/** When the PSP is to be asked about a checkout again, and for how long at all. Pure; watch.ts keeps the appointments. */
import { isAwaited, mayBePaidYet, mayBeTakenLate } from './attempt.ts';
import { orderEndsAt } from './checkout.ts';
import type { Attempt, CheckoutRecord } from './checkout-record.ts';
import { awaitsCancellation, mayBeCanceledLate } from './hold.ts';
import { isRefundAwaited, isRefundOpen, refundsOf } from './refunds.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long until the next read, by how long the newest awaited thing has been waiting. Callbacks make it sooner. */
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
/** While somebody looks at the checkout. */
const lookedAtEvery = 2 * second;

/** When the watcher is to look at a record again: to read a status, or to erase the payer’s data. Null for never. */
export function nextDue(record: CheckoutRecord, now: number, lookedAt: boolean): number | null {
  const times = [nextRead(record, now, lookedAt), orderEndsAt(record)].filter(time => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}

/** When the PSP is to be asked next, or null when it has nothing more to say. */
function nextRead(record: CheckoutRecord, now: number, lookedAt: boolean): number | null {
  const awaited = record.attempts
    .filter(attempt => isAwaited(attempt) || awaitsCancellation(attempt))
    .map(attempt => attempt.decision?.decidedAt ?? attempt.sendingSince ?? attempt.createdAt);
  const late = [
    ...record.attempts.filter(mayBeTakenLate).map(attempt => attempt.givenUpAt ?? attempt.createdAt),
    ...record.attempts.filter(mayBeCanceledLate).map(attempt => attempt.cancelGivenUpAt ?? attempt.createdAt),
  ];
  const refunds = refundsOf(record)
    .filter(refund => isRefundAwaited(record, refund, now))
    .map(refund => refund.settledAt ?? refund.createdAt);
  const failed = record.attempts
    .filter(mayBePaidYet)
    .map(attempt => attempt.sendingSince ?? attempt.createdAt);
  const waits = [
    ...awaited,
    ...late.filter(since => now - since < lateFor),
    ...failed.filter(since => now - since < failedFor),
    ...refunds,
  ].map(since => now - since);
  if (waits.length === 0) return null;
  const youngest = Math.min(...waits);
  const every = pace.find(step => youngest < step.youngerThan)?.every ?? day;
  return now + (lookedAt ? Math.min(every, lookedAtEvery) : every);
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
    mayBePaidYet(attempt)
  );
}
