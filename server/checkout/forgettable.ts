/** Which checkouts may be deleted: those of which nothing is awaited any more. Pure. */
import { isAwaited, mayBePaidYet, mayBeTakenLate } from './attempt.ts';
import type { Attempt, CheckoutRecord } from './checkout-record.ts';

/**
 * False while money may still move: a payment, capture, cancellation or refund on its way, held or in doubt. A checkout that
 * nobody paid is forgettable.
 */
export function isForgettable({ attempts, refunds = [] }: CheckoutRecord): boolean {
  return !attempts.some(mayStillMove) && refunds.every(({ settledAt }) => settledAt !== null);
}

function mayStillMove(attempt: Attempt): boolean {
  return (
    isAwaited(attempt) ||
    mayBeTakenLate(attempt) ||
    mayBePaidYet(attempt) ||
    attempt.status === 'DISPUTE' ||
    attempt.decision?.phase === 'sending'
  );
}
