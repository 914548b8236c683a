/**
 * Money that the PSP holds for a while (PRE_AUTHORIZED): what a capture or a cancellation may follow on. Pure, as
 * checkout.ts; the order of effects is in pre-authorization.ts.
 *
 * A lost decision needs no mark at the PSP: a held payment moves once, to PAID or to CANCELED, so two decisions cannot both
 * be taken (LetPay refuses the second with 00.04.0010).
 */
import { findAttempt, isAwaited, isCheckoutPaid, isPaid, shownAttempt, withAttempt } from './checkout.ts';
import type { Attempt, CheckoutRecord, HoldDecision } from './checkout-record.ts';

/** What a merchant wants. `amount` in minor units; null for a cancellation. */
export type HoldWish = Pick<HoldDecision, 'kind' | 'amount'>;

/**
 * `done`: it is so already. `possible`: money is held, nothing was decided. `on_its_way`, `other_on_its_way`: a decision
 * left and the PSP’s status has not followed. `captured`: taken, but not as wished. `paid_otherwise`: another attempt was
 * paid, so a capture would charge twice. `not_held`: there is nothing to decide on.
 */
export type HoldStanding =
  | 'done'
  | 'possible'
  | 'on_its_way'
  | 'other_on_its_way'
  | 'captured'
  | 'paid_otherwise'
  | 'not_held';

function isHeld({ phase, status }: Attempt): boolean {
  return phase === 'sent' && status === 'PRE_AUTHORIZED';
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

export function isSameWish(a: HoldWish, b: HoldWish): boolean {
  return a.kind === b.kind && a.amount === b.amount;
}

export function standingOf(record: CheckoutRecord, wish: HoldWish): HoldStanding {
  const attempt = attemptToDecide(record);
  const { decision } = attempt;
  // After a capture the PSP may say PROCESSING before it says PAID.
  if (decision !== undefined && isAwaited(attempt)) {
    return isSameWish(decision, wish) ? 'on_its_way' : 'other_on_its_way';
  }
  if (isHeld(attempt)) {
    return wish.kind === 'capture' && isCheckoutPaid(record) ? 'paid_otherwise' : 'possible';
  }
  if (isPaid(attempt) && (decision !== undefined || record.delayCapture)) {
    const decided = decision?.phase === 'taken' && isSameWish(decision, wish);
    const took = wish.kind === 'capture' && attempt.amountReceived === wish.amount;
    return decided || took ? 'done' : 'captured';
  }
  const canceled = attempt.status === 'CANCELED' && decision?.kind === 'cancel' && wish.kind === 'cancel';
  return canceled ? 'done' : 'not_held';
}

/** The note that is made durable before the first byte leaves. */
export function beginDecision(record: CheckoutRecord, token: string, decision: HoldDecision): CheckoutRecord {
  return withAttempt(record, token, attempt => ({ ...attempt, decision }));
}

/** The PSP took it, or its answer was lost. Leaves a decision alone that is not the one of this call. */
export function noteDecision(
  record: CheckoutRecord,
  token: string,
  requestId: string,
  news: Partial<Pick<HoldDecision, 'phase' | 'inDoubtSince'>>,
): CheckoutRecord {
  const decision = findAttempt(record, token)?.decision;
  if (decision?.requestId !== requestId) return record;
  return withAttempt(record, token, attempt => ({ ...attempt, decision: { ...decision, ...news } }));
}

/** The PSP never took it: another decision may be made. */
export function dropDecision(record: CheckoutRecord, token: string, requestId: string): CheckoutRecord {
  if (findAttempt(record, token)?.decision?.requestId !== requestId) return record;
  return withAttempt(record, token, ({ decision: _decision, ...attempt }) => attempt);
}

/**
 * “Still held” ends a lost decision when the PSP was asked late enough that the decision cannot still be on its way. Times
 * in ms.
 */
export function withoutLostDecision(
  record: CheckoutRecord,
  token: string,
  asked: { readonly at: number; readonly pspTimeoutMs: number; readonly unsentAfterMs: number },
): CheckoutRecord {
  const attempt = findAttempt(record, token);
  const decision = attempt?.decision;
  if (!attempt || !isHeld(attempt) || decision?.phase !== 'sending') return record;
  const doubtSince = decision.inDoubtSince ?? decision.decidedAt + asked.pspTimeoutMs;
  if (asked.at < doubtSince + asked.unsentAfterMs) return record;
  return dropDecision(record, token, decision.requestId);
}
