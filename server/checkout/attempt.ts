/**
 * What the phase and the status of one attempt mean: whether money came or may come, and what it is called. Pure.
 */
import type { Method, Status } from '../contract/checkout.ts';
import type { Attempt } from './checkout-record.ts';

export const moneyArrived: ReadonlySet<Status> = new Set<Status>([
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'DISPUTE',
  'DISPUTE_REFUNDED',
  'DISPUTE_RECOVERED',
  'DISPUTE_FINAL',
  'POST_REFUND_DISPUTE',
]);
export const endedUnpaid: ReadonlySet<Status> = new Set<Status>(['DECLINED', 'CANCELED', 'ERROR']);
/**
 * Nobody has paid yet, by a word that says so. IN_ANALYSIS and PRE_AUTHORIZED mean that somebody did, and that the PSP is
 * not done with it. UNKNOWN is neither paid nor unpaid.
 */
export const unpaid: ReadonlySet<Status> = new Set<Status>(['CREATED', 'PROCESSING']);
/** Methods whose code stays payable after the shopper leaves it (product.md 2.6, rule 3). */
const leavesInstrument: ReadonlySet<Method> = new Set<Method>(['PIX', 'BOLETO', 'PAYCASH']);

/** The PSP said that this attempt’s money came in, whatever happened to it later. */
export function isPaid(attempt: Attempt): boolean {
  return moneyArrived.has(attempt.status) || attempt.wasPaid === true;
}

/** Nothing can come of this attempt any more, and no money came. */
export function isOver(attempt: Attempt): boolean {
  return attempt.phase === 'sent' && endedUnpaid.has(attempt.status) && !isPaid(attempt);
}

/** Submitted and not ended: somebody has to go on reading its status. */
export function isAwaited(attempt: Attempt): boolean {
  return attempt.phase === 'sending' || (attempt.phase === 'sent' && !isPaid(attempt) && !isOver(attempt));
}

/** Open again, but a submission that was given up could still reach the PSP. */
export function mayBeTakenLate(attempt: Attempt): boolean {
  return attempt.phase === 'open' && attempt.givenUpAt !== null;
}

/** Over by the PSP’s word, and yet watched: the page where it failed may take the money after all. */
export function mayBePaidYet(attempt: Attempt): boolean {
  return isOver(attempt) && attempt.mayBePaidYet === true;
}

function leavesCode({ method }: Attempt): boolean {
  return method !== null && leavesInstrument.has(method);
}

/** A Pix code, boleto or cash reference that could be paid at this moment, so it is shown. */
export function isPayable(attempt: Attempt): boolean {
  const mayWait = unpaid.has(attempt.status) || attempt.status === 'UNKNOWN';
  return isAwaited(attempt) && mayWait && leavesCode(attempt);
}

/**
 * A shopper may turn to something else: the PSP says that nobody has paid, and the code stays payable and watched, or its
 * link was lost and nobody can pay.
 */
export function canBeLeft(attempt: Attempt): boolean {
  const isUnpaid = attempt.phase === 'sent' && unpaid.has(attempt.status) && !isPaid(attempt);
  return isUnpaid && (leavesCode(attempt) || attempt.linkLost === true);
}

/** A code or a link was out: its money may come after the PSP ended it, as that of an expired boleto does. */
export function hadInstrument(attempt: Attempt): boolean {
  return attempt.phase === 'sent' && (attempt.instrument !== null || leavesCode(attempt));
}

/** What the attempts are called, here and at the PSP. */
export function attemptNames(attempts: readonly Attempt[]): string[] {
  return attempts.flatMap(({ token, oneStep }) =>
    oneStep?.paymentToken ? [token, oneStep.paymentToken] : [token],
  );
}

/** What the PSP calls the payment; null while a one-step payment has no name yet. */
export function pspTokenOf(attempt: Attempt): string | null {
  return attempt.oneStep ? attempt.oneStep.paymentToken : attempt.token;
}

/** Sent in one step, and the PSP’s name for it is not known (yet). */
export function isUnnamed({ oneStep }: Attempt): boolean {
  return oneStep !== undefined && oneStep.paymentToken === null;
}

/** What the merchant is told of as this attempt’s token: the PSP’s, where it is known. */
export function tokenToTell(attempt: Attempt): string {
  return pspTokenOf(attempt) ?? attempt.token;
}

export function openAttempt(token: string, now: number): Attempt {
  return {
    token,
    phase: 'open',
    status: 'CREATED',
    method: null,
    installments: null,
    instrument: null,
    decline: null,
    amountReceived: null,
    refundedAmount: null,
    createdAt: now,
    sendingSince: null,
    inDoubtSince: null,
    givenUpAt: null,
  };
}
