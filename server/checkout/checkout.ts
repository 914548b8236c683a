/**
 * What may follow what in a checkout. Pure: no clock, no store, no PSP; every function takes a record and gives a new one.
 *
 * Owns: the order of attempts, who may submit or renew, what a submission leaves behind it, claims.
 * Does not own: the shape of a record (checkout-record.ts), what one attempt’s status means (attempt.ts), what the PSP’s word
 * changes (record-report.ts), the order in which things are made durable (submit.ts, renew.ts), when the PSP is read
 * (watch.ts), or what leaves the proxy (checkout-view.ts).
 *
 * Amounts in records are integer minor units of the currency beside them; times are milliseconds since 1970.
 */
import { isCardMethod, type Method } from '../contract/checkout.ts';
import { canBeLeft, isAwaited, isOver, isPaid, isPayable, openAttempt, tokenToTell } from './attempt.ts';
import type { Attempt, Charged, CheckoutRecord, Claim, Offer, Refusal } from './checkout-record.ts';

export function newestAttempt(record: CheckoutRecord): Attempt {
  return record.attempts.at(-1) ?? record.attempts[0];
}

/** By its name or by the PSP’s token of its payment. */
export function findAttempt(record: CheckoutRecord, token: string): Attempt | undefined {
  return record.attempts.find(attempt => attempt.token === token || attempt.oneStep?.paymentToken === token);
}

/** As `tokenToTell`, by the name of the attempt. */
export function tokenToTellOf(record: CheckoutRecord, token: string): string {
  const attempt = findAttempt(record, token);
  return attempt ? tokenToTell(attempt) : token;
}

/** The attempts that a reader has to know of. An order that a one-step payment took the place of was never used. */
export function toldAttempts(record: CheckoutRecord): readonly Attempt[] {
  const newest = newestAttempt(record);
  return record.attempts.filter(attempt => attempt.phase !== 'open' || attempt === newest);
}

/** The attempt whose money counts: the first that was paid, else the newest. */
export function shownAttempt(record: CheckoutRecord): Attempt {
  return record.attempts.find(isPaid) ?? newestAttempt(record);
}

export function isCheckoutPaid(record: CheckoutRecord): boolean {
  return record.attempts.some(isPaid);
}

/** Two attempts were paid: the merchant has to give one back. */
export function isPaidTwice(record: CheckoutRecord): boolean {
  return record.attempts.filter(isPaid).length > 1;
}

export function canSubmit(record: CheckoutRecord): boolean {
  const mayPay = record.tokenPayment === undefined && !isCheckoutPaid(record);
  return mayPay && newestAttempt(record).phase === 'open';
}

/**
 * New money may leave: nothing was paid, and every attempt is definitely over, was never used, or is an unpaid instrument
 * that the shopper leaves, unpaid by a word that says so (product.md 2.6, rule 3).
 */
export function mayMoneyLeave({ attempts }: CheckoutRecord): boolean {
  return attempts.every(attempt => !isPaid(attempt) && (!isAwaited(attempt) || canBeLeft(attempt)));
}

/** No shopper needs more; every one of them is read before money leaves, and every payable code is watched. */
const attemptsAtMost = 20;
const codesAtMost = 10;

/** One more attempt may be submitted. */
export function hasAttemptsLeft({ attempts }: CheckoutRecord): boolean {
  const used = attempts.filter(({ phase, givenUpAt }) => phase !== 'open' || givenUpAt !== null);
  return used.length < attemptsAtMost && attempts.filter(isPayable).length < codesAtMost;
}

/** The newest attempt was used, and nothing stands in the way of another one. */
export function canRenew(record: CheckoutRecord): boolean {
  const newest = newestAttempt(record);
  const isFree = record.order !== null && mayMoneyLeave(record) && hasAttemptsLeft(record);
  return isFree && (isOver(newest) || canBeLeft(newest));
}

export function withAttempt(
  record: CheckoutRecord,
  token: string,
  change: (attempt: Attempt) => Attempt,
): CheckoutRecord {
  const [first, ...rest] = record.attempts;
  const apply = (attempt: Attempt) => (attempt.token === token ? change(attempt) : attempt);
  return { ...record, attempts: [apply(first), ...rest.map(apply)] };
}

/** More keys than any page makes in one checkout; the oldest go first, and the PSP’s single-use token still guards. */
const claimsKept = 50;

/** What a caller’s key was used for. Own properties only: a key may be called `constructor`. */
export function findClaim(record: CheckoutRecord, key: string): Claim | undefined {
  return Object.hasOwn(record.claims, key) ? record.claims[key] : undefined;
}

/** The claim that answers this key: not one whose submission was given up and has not turned up. */
export function standingClaim(record: CheckoutRecord, key: string): Claim | undefined {
  const claim = findClaim(record, key);
  const isFree = claim?.ending === 'given_up' && findAttempt(record, claim.attempt)?.phase === 'open';
  return isFree ? undefined : claim;
}

export function withClaim(record: CheckoutRecord, key: string, claim: Claim): CheckoutRecord {
  const others = Object.entries(record.claims).filter(([other]) => other !== key);
  return { ...record, claims: Object.fromEntries([...others.slice(1 - claimsKept), [key, claim]]) };
}

/** The note that is made durable before the first byte of a submission leaves (product.md 2.6, rule 1). */
export function beginSending(
  record: CheckoutRecord,
  submission: {
    key: string;
    fingerprint: string;
    method: Method;
    installments: number | null;
    /** What may be shown of the card. */
    card?: Charged['card'];
    /** The name of the attempt that is made for a one-step payment. */
    oneStepName?: string | null;
    now: number;
  },
): CheckoutRecord {
  const { method, installments, card, oneStepName, now } = submission;
  const begun = oneStepName ? appendOneStep(record, oneStepName, method, now) : record;
  const attempt = newestAttempt(begun);
  const sending = withAttempt(begun, attempt.token, was => ({
    ...was,
    phase: 'sending',
    method,
    installments,
    charged: { ...chargeOf(record, method, installments), ...(card && { card }) },
    decline: null,
    sendingSince: now,
    inDoubtSince: null,
  }));
  return {
    ...withClaim(sending, submission.key, {
      fingerprint: submission.fingerprint,
      attempt: attempt.token,
      ending: 'pending',
    }),
    cardTries: isCardMethod(method) ? [...record.cardTries.slice(-99), now] : record.cardTries,
  };
}

/** What the shopper was offered at that moment: the next attempt may have another table. */
function chargeOf(
  { installments: plans, totals, currency }: CheckoutRecord,
  method: Method,
  count: number | null,
): Pick<Charged, 'amount' | 'total'> {
  const plan = isCardMethod(method)
    ? plans.find(({ installments }) => installments === (count || 1))
    : undefined;
  if (plan) return { amount: plan.amount, total: plan.amount * plan.installments };
  // The table of some PSPs begins at two, and an amount in another currency says nothing.
  const whole = (count ?? 1) <= 1 && totals?.asset === currency ? totals.customerAmount : null;
  return { amount: whole, total: whole };
}

/**
 * An attempt of its own for a one-step payment, so that the order before it, whose token the PSP takes once, and a payment
 * without that guard are never taken for each other.
 */
function appendOneStep(record: CheckoutRecord, name: string, method: Method, now: number): CheckoutRecord {
  const [first, ...rest] = record.attempts;
  const attempt: Attempt = { ...openAttempt(name, now), oneStep: { paymentToken: null, method } };
  return { ...record, attempts: [first, ...rest, attempt] };
}

/** The PSP named a one-step payment. */
export function namePayment(record: CheckoutRecord, token: string, paymentToken: string): CheckoutRecord {
  return withAttempt(record, token, attempt =>
    attempt.oneStep ? { ...attempt, oneStep: { ...attempt.oneStep, paymentToken } } : attempt,
  );
}

/** Everything but one attempt; a checkout keeps at least one. */
function withoutAttempt(record: CheckoutRecord, token: string): CheckoutRecord {
  const [first, ...rest] = record.attempts.filter(attempt => attempt.token !== token);
  return first === undefined ? record : { ...record, attempts: [first, ...rest] };
}

/** The answer was lost: only the PSP’s word ends this. */
export function markInDoubt(record: CheckoutRecord, token: string, now: number): CheckoutRecord {
  return withAttempt(record, token, attempt => ({ ...attempt, inDoubtSince: attempt.inDoubtSince ?? now }));
}

/**
 * The PSP never took the submission: the same attempt can be used. Without a refusal the PSP never looked at it either:
 * then its claims are given back too, and it was no card try.
 */
export function reopen(record: CheckoutRecord, token: string, ending?: Refusal | 'given_up'): CheckoutRecord {
  const sentAt = findAttempt(record, token)?.sendingSince;
  const reopened = withAttempt(record, token, ({ charged: _, ...attempt }) => ({
    ...attempt,
    phase: 'open',
    method: null,
    installments: null,
    sendingSince: null,
    inDoubtSince: null,
  }));
  const claims = Object.entries(reopened.claims).flatMap(([key, claim]) => {
    if (claim.attempt !== token || claim.ending !== 'pending') return [[key, claim] as const];
    return ending ? [[key, { ...claim, ending }] as const] : [];
  });
  const wasLookedAt = typeof ending === 'object';
  const cardTries = wasLookedAt ? record.cardTries : record.cardTries.filter(at => at !== sentAt);
  const kept = { ...reopened, claims: Object.fromEntries(claims), cardTries };
  // The order before it is open still.
  return findAttempt(record, token)?.oneStep ? withoutAttempt(kept, token) : kept;
}

/** The PSP knows of no submission although one left: the attempt can be used again, and goes on being watched. */
export function giveUp(record: CheckoutRecord, token: string, now: number): CheckoutRecord {
  const lost = findAttempt(record, token);
  if (lost?.oneStep) return giveUpOneStep(record, lost, now);
  return withAttempt(reopen(record, token, 'given_up'), token, attempt => ({ ...attempt, givenUpAt: now }));
}

/** The order before it is the newest again; the lost payment stays behind it, to be looked for. */
function giveUpOneStep(record: CheckoutRecord, lost: Attempt, now: number): CheckoutRecord {
  const rest = reopen(record, lost.token, 'given_up');
  const late: Attempt = {
    ...lost,
    phase: 'open',
    method: null,
    installments: null,
    sendingSince: lost.sendingSince,
    inDoubtSince: null,
    givenUpAt: now,
  };
  const older = rest.attempts.slice(0, -1);
  const [first = late, ...others] = [...older, late, newestAttempt(rest)];
  return { ...rest, attempts: [first, ...others] };
}

/** Another attempt of the same checkout, with what the PSP offers now. */
export function appendAttempt(
  record: CheckoutRecord,
  token: string,
  offer: Offer,
  now: number,
): CheckoutRecord {
  const [first, ...rest] = record.attempts;
  return { ...record, ...offer, attempts: [first, ...rest, openAttempt(token, now)] };
}
