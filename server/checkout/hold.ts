/**
 * Money that the PSP holds for a while (PRE_AUTHORIZED): what a capture or a cancellation may follow on. And a payment that
 * was paid, at a PSP that cancels those. Pure, as checkout.ts; the order of effects is in pre-authorization.ts.
 *
 * A lost decision needs no mark at the PSP: a held payment moves once, to PAID or to CANCELED, so two decisions cannot both
 * be taken (LetPay refuses the second with 00.04.0010). So does a paid one, to CANCELED or into a refund.
 */
import { isAwaited, isPaid } from './attempt.ts';
import { findAttempt, isCheckoutPaid, isPaidTwice, shownAttempt, withAttempt } from './checkout.ts';
import type { Attempt, CheckoutRecord, HoldDecision } from './checkout-record.ts';
import { type Asked, isPast } from './doubt.ts';
import { isRefundOpen, refundsOf } from './refunds.ts';

/** What a merchant wants. `amount` in minor units; null for a cancellation. */
export interface HoldWish extends Pick<HoldDecision, 'kind' | 'amount'> {
  /** The PSP cancels what was paid, too. */
  readonly cancelsPaid: boolean;
}

/**
 * `done`: it is so already. `possible`: money is held, nothing was decided. `on_its_way`, `other_on_its_way`: a decision
 * left and the PSP’s status has not followed. `captured`: taken, but not as wished. `paid_otherwise`: another attempt was
 * paid, so a capture would charge twice. `paid_twice`: nobody says which payment is meant. `refund_on_its_way`: its money is
 * being given back. `not_held`: there is nothing to decide on.
 */
export type HoldStanding =
  | 'done'
  | 'possible'
  | 'on_its_way'
  | 'other_on_its_way'
  | 'captured'
  | 'paid_otherwise'
  | 'paid_twice'
  | 'refund_on_its_way'
  | 'not_held';

function isHeld({ phase, status }: Attempt): boolean {
  return phase === 'sent' && status === 'PRE_AUTHORIZED';
}

/** The cancellation of a paid payment left, and the PSP’s status has not followed. */
export function awaitsCancellation({ decision, status }: Attempt): boolean {
  return decision?.ofPaid === true && status === 'PAID';
}

/** Paid still, but a cancellation that was given up could reach the PSP. */
export function mayBeCanceledLate({ cancelGivenUpAt, status }: Attempt): boolean {
  return cancelGivenUpAt !== undefined && status === 'PAID';
}

/** The attempt that a decision is about: the held one, else the one that was decided on, else the one that counts. */
export function attemptToDecide(record: CheckoutRecord): Attempt {
  return (
    record.attempts.findLast(isHeld) ??
    record.attempts.findLast(attempt => attempt.decision !== undefined) ??
    shownAttempt(record)
  );
}

/** What is held, in minor units; null where the PSP never named a price to us. The documents name no other amount. */
export function heldAmount(record: CheckoutRecord): number | null {
  return record.totals?.customerAmount ?? null;
}

export function isSameWish(a: Omit<HoldWish, 'cancelsPaid'>, b: HoldWish): boolean {
  return a.kind === b.kind && a.amount === b.amount;
}

export function standingOf(record: CheckoutRecord, wish: HoldWish): HoldStanding {
  const attempt = attemptToDecide(record);
  const { decision } = attempt;
  // After a capture the PSP may say PROCESSING before it says PAID.
  if (decision !== undefined && (isAwaited(attempt) || awaitsCancellation(attempt))) {
    return isSameWish(decision, wish) ? 'on_its_way' : 'other_on_its_way';
  }
  if (wish.kind === 'cancel' && wish.cancelsPaid && isPaid(attempt) && decision?.kind !== 'capture') {
    return paidStandingOf(record, attempt);
  }
  if (isHeld(attempt)) {
    return wish.kind === 'capture' && isCheckoutPaid(record) ? 'paid_otherwise' : 'possible';
  }
  if (isPaid(attempt) && (decision !== undefined || record.delayCapture)) {
    const decided = decision?.phase === 'taken' && isSameWish(decision, wish);
    const took = wish.kind === 'capture' && attempt.amountReceived === wish.amount;
    return decided || took ? 'done' : 'captured';
  }
  // The note of a cancellation that was given up and arrived late is gone, and what was asked for has happened all the same.
  const wasMeant = decision?.kind === 'cancel' || record.delayCapture;
  const canceled = attempt.status === 'CANCELED' && wish.kind === 'cancel' && wasMeant;
  return canceled ? 'done' : 'not_held';
}

function paidStandingOf(record: CheckoutRecord, { token, status }: Attempt): HoldStanding {
  if (status !== 'PAID' && status !== 'CANCELED') return 'not_held';
  if (isPaidTwice(record)) return 'paid_twice';
  if (status === 'CANCELED') return 'done';
  const isRefunding = refundsOf(record).some(refund => refund.attempt === token && isRefundOpen(refund));
  return isRefunding ? 'refund_on_its_way' : 'possible';
}

/** The note that is made durable before the first byte leaves. */
export function beginDecision(
  record: CheckoutRecord,
  token: string,
  decision: Omit<HoldDecision, 'ofPaid'>,
): CheckoutRecord {
  return withAttempt(record, token, attempt => ({
    ...attempt,
    decision: { ...decision, ...(isPaid(attempt) && { ofPaid: true }) },
  }));
}

/** The caller chooses the request id, so two decisions may have the same; each is made after the one before has ended. */
function isSame(decision: HoldDecision | undefined, other: HoldDecision): decision is HoldDecision {
  return decision?.requestId === other.requestId && decision.decidedAt === other.decidedAt;
}

/** The PSP took it, or its answer was lost. Leaves another decision than `noted` alone. */
export function noteDecision(
  record: CheckoutRecord,
  token: string,
  noted: HoldDecision,
  news: Partial<Pick<HoldDecision, 'phase' | 'inDoubtSince'>>,
): CheckoutRecord {
  const decision = findAttempt(record, token)?.decision;
  if (!isSame(decision, noted)) return record;
  return withAttempt(record, token, attempt => ({ ...attempt, decision: { ...decision, ...news } }));
}

/** The PSP never took it: another decision may be made. Leaves another decision than `noted` alone. */
export function dropDecision(record: CheckoutRecord, token: string, noted: HoldDecision): CheckoutRecord {
  if (!isSame(findAttempt(record, token)?.decision, noted)) return record;
  return withAttempt(record, token, ({ decision: _decision, ...attempt }) => attempt);
}

/**
 * “Still held”, or “still paid”, ends a lost decision when the PSP was asked late enough that the decision cannot still be on
 * its way. Times in ms.
 */
export function withoutLostDecision(
  record: CheckoutRecord,
  token: string,
  asked: Asked & { readonly unsentAfterMs: number },
): CheckoutRecord {
  const attempt = findAttempt(record, token);
  const decision = attempt?.decision;
  if (!attempt || decision?.phase !== 'sending') return record;
  if (!isHeld(attempt) && !awaitsCancellation(attempt)) return record;
  if (!isPast(decision, asked, asked.unsentAfterMs)) return record;
  const dropped = dropDecision(record, token, decision);
  if (!awaitsCancellation(attempt)) return dropped;
  return withAttempt(dropped, token, was => ({ ...was, cancelGivenUpAt: asked.at }));
}
