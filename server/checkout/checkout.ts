/**
 * What may follow what in a checkout. Pure: no clock, no store, no PSP; every function takes a record and gives a new one.
 *
 * Owns: attempts and their phases, who may submit or renew, what counts as paid.
 * Does not own: the shape of a record (checkout-record.ts), the order in which things are made durable (submit.ts,
 * renew.ts), when the PSP is read (watch.ts), or what leaves the proxy (checkout-view.ts).
 *
 * Amounts in records are integer minor units of the currency beside them; times are milliseconds since 1970.
 */
import { type Instrument, isCardMethod, type Method, type Status } from '../contract/checkout.ts';
import type { Attempt, AttemptReport, CheckoutRecord, Claim, Offer, Refusal } from './checkout-record.ts';

const moneyArrived: ReadonlySet<Status> = new Set<Status>([
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'DISPUTE',
  'DISPUTE_REFUNDED',
  'DISPUTE_RECOVERED',
  'DISPUTE_FINAL',
  'POST_REFUND_DISPUTE',
]);
const endedUnpaid: ReadonlySet<Status> = new Set<Status>(['DECLINED', 'CANCELED', 'ERROR']);
/** Nobody has paid yet. IN_ANALYSIS and PRE_AUTHORIZED mean that somebody did, and that the PSP is not done with it. */
const unpaid: ReadonlySet<Status> = new Set<Status>(['CREATED', 'PROCESSING', 'UNKNOWN']);
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

/** A Pix code, boleto or cash reference that could be paid at this moment. */
export function isPayable(attempt: Attempt): boolean {
  const waits = isAwaited(attempt) && unpaid.has(attempt.status);
  return waits && attempt.method !== null && leavesInstrument.has(attempt.method);
}

/** A shopper may turn to something else: the code stays payable and watched, or its link was lost and nobody can pay. */
export function canBeLeft(attempt: Attempt): boolean {
  return (
    isPayable(attempt) || (isAwaited(attempt) && unpaid.has(attempt.status) && attempt.linkLost === true)
  );
}

export function newestAttempt(record: CheckoutRecord): Attempt {
  return record.attempts.at(-1) ?? record.attempts[0];
}

/** By its name or by the PSP’s token of its payment. */
export function findAttempt(record: CheckoutRecord, token: string): Attempt | undefined {
  return record.attempts.find(attempt => attempt.token === token || attempt.oneStep?.paymentToken === token);
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
 * A new attempt needs a definite end of the one before, or an unpaid instrument that the shopper leaves
 * (product.md 2.6, rule 3).
 */
export function canRenew(record: CheckoutRecord): boolean {
  if (record.order === null || isCheckoutPaid(record)) return false;
  const newest = newestAttempt(record);
  return isOver(newest) || (newest.phase === 'sent' && canBeLeft(newest));
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
    isOneStep?: boolean;
    now: number;
  },
): CheckoutRecord {
  const { method, installments, now } = submission;
  const begun = submission.isOneStep ? appendOneStep(record, method, now) : record;
  const attempt = newestAttempt(begun);
  const sending = withAttempt(begun, attempt.token, was => ({
    ...was,
    phase: 'sending',
    method,
    installments,
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

/**
 * An attempt of its own for a one-step payment, so that the order before it, whose token the PSP takes once, and a payment
 * without that guard are never taken for each other. Named by the record’s version: no two of a checkout are alike.
 */
function appendOneStep(record: CheckoutRecord, method: Method, now: number): CheckoutRecord {
  const [first, ...rest] = record.attempts;
  const name = `${record.token}.${record.version}`;
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
export function reopen(record: CheckoutRecord, token: string, refusal?: Refusal): CheckoutRecord {
  const sentAt = findAttempt(record, token)?.sendingSince;
  const reopened = withAttempt(record, token, attempt => ({
    ...attempt,
    phase: 'open',
    method: null,
    installments: null,
    sendingSince: null,
    inDoubtSince: null,
  }));
  const claims = Object.entries(reopened.claims).flatMap(([key, claim]) => {
    if (claim.attempt !== token || claim.ending !== 'pending') return [[key, claim] as const];
    return refusal ? [[key, { ...claim, ending: refusal }] as const] : [];
  });
  const cardTries = refusal ? record.cardTries : record.cardTries.filter(at => at !== sentAt);
  const kept = { ...reopened, claims: Object.fromEntries(claims), cardTries };
  // The order before it is open still.
  return findAttempt(record, token)?.oneStep ? withoutAttempt(kept, token) : kept;
}

/** The PSP knows of no submission although one left: the attempt can be used again, and goes on being watched. */
export function giveUp(record: CheckoutRecord, token: string, now: number): CheckoutRecord {
  const lost = findAttempt(record, token);
  if (lost?.oneStep) return giveUpOneStep(record, lost, now);
  return withAttempt(reopen(record, token), token, attempt => ({ ...attempt, givenUpAt: now }));
}

/** The order before it is the newest again; the lost payment stays behind it, to be looked for. */
function giveUpOneStep(record: CheckoutRecord, lost: Attempt, now: number): CheckoutRecord {
  const rest = reopen(record, lost.token);
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

/** What the PSP said about an attempt becomes what we know about it. */
export function recordReport(record: CheckoutRecord, token: string, report: AttemptReport): CheckoutRecord {
  const known = findAttempt(record, token);
  if (known && isOlderWord(known, report)) return record;
  // Nobody waits for an attempt that failed and was left: only somebody’s payment would be news.
  const wasLeft = known !== newestAttempt(record);
  const tellsOfPayment = !unpaid.has(report.status) && !endedUnpaid.has(report.status);
  if (known && wasLeft && mayBePaidYet(known) && !tellsOfPayment) return record;
  const noted = withAttempt(record, token, attempt => ({
    ...attempt,
    phase: 'sent',
    status: report.status,
    // The PSP’s word first: of two submissions it may have taken the one that we had given up.
    method: report.method ?? attempt.method ?? attempt.oneStep?.method ?? null,
    instrument: withEnd(report.instrument ?? attempt.instrument, report),
    ...linkLost(attempt, report, token === newestAttempt(record).token),
    decline: report.decline === undefined ? attempt.decline : report.decline,
    ...(report.mayBePaidYet !== undefined && { mayBePaidYet: report.mayBePaidYet }),
    ...wasPaid(attempt, report),
    amountReceived: report.amountReceived ?? attempt.amountReceived,
    refundedAmount: report.refundedAmount ?? attempt.refundedAmount,
    inDoubtSince: null,
  }));
  const claims = Object.entries(noted.claims).map(([key, claim]) =>
    claim.attempt === token && claim.ending === 'pending'
      ? ([key, { ...claim, ending: 'answered' }] as const)
      : ([key, claim] as const),
  );
  // Nobody needs the payer’s data once the money is there.
  const order = isCheckoutPaid(noted) ? null : noted.order;
  return { ...noted, order, claims: Object.fromEntries(claims) };
}

/**
 * An older answer that overtook a newer one does not undo the PSP’s word on money that came in, nor that on its
 * cancellation.
 */
function isOlderWord(known: Attempt, report: AttemptReport): boolean {
  if (!isPaid(known)) return false;
  if (report.status === 'CANCELED' && report.mayUndoPaid === true)
    return known.status !== 'PAID' && known.status !== 'CANCELED';
  return !moneyArrived.has(report.status) || (known.status === 'CANCELED' && report.status === 'PAID');
}

/** A canceled payment of which an amount is told had been paid, though nobody saw it. */
function wasPaid(attempt: Attempt, { status, mayUndoPaid, amountReceived = 0 }: AttemptReport) {
  const isUndone = status === 'CANCELED' && mayUndoPaid === true;
  return isUndone && (isPaid(attempt) || amountReceived > 0) ? { wasPaid: true } : {};
}

/** A link that turns up after its attempt was left is shown to nobody, so that attempt stays left. */
function linkLost(attempt: Attempt, report: AttemptReport, isNewest: boolean): { linkLost?: boolean } {
  if ((attempt.linkLost ?? report.linkLost) === undefined) return {};
  const isLost = (report.instrument ?? attempt.instrument) === null && report.linkLost === true;
  return { linkLost: isLost || (!isNewest && attempt.linkLost === true) };
}

/** LetPay’s answer to `sendPayment` has no end for a Pix code and none for Paycash; its status answer does. */
function withEnd(instrument: Instrument | null, { expiresAt, dueDate }: AttemptReport): Instrument | null {
  if (instrument?.method === 'PIX') return { ...instrument, expires_at: expiresAt ?? instrument.expires_at };
  if (instrument?.method === 'PAYCASH')
    return { ...instrument, due_date: instrument.due_date ?? dueDate ?? null };
  return instrument;
}

/** No attempt follows on an order older than this; then nobody needs the payer’s data any more. */
const orderKeptForMs = 30 * 24 * 60 * 60_000;

/** When the payer’s data is to be erased, in ms; null when it is not there. */
export function orderEndsAt(record: CheckoutRecord): number | null {
  return record.order === null ? null : record.createdAt + orderKeptForMs;
}

export function withoutStaleOrder(record: CheckoutRecord, now: number): CheckoutRecord {
  const endsAt = orderEndsAt(record);
  return endsAt !== null && endsAt <= now ? { ...record, order: null } : record;
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
