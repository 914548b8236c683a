/**
 * What a checkout is, and what may follow what. Pure: no clock, no store, no PSP; every function takes a record and gives
 * a new one.
 *
 * Owns: attempts and their phases, who may submit or renew, what counts as paid.
 * Does not own: the order in which things are made durable (submit.ts, renew.ts), when the PSP is read (watch.ts), or what
 * leaves the proxy (checkout-view.ts).
 *
 * Amounts in records are integer minor units of the currency beside them; times are milliseconds since 1970.
 */
import type { Decline, Instrument, Method, Status } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { FieldProblem, ProblemCode } from '../contract/problem.ts';

/**
 * `open`: made at the PSP, nothing submitted, or the PSP refused the data and left the token unused.
 * `sending`: durably noted before the first byte left; what became of it is not known yet.
 * `sent`: the PSP said what became of it; `status` is its word.
 */
export type Phase = 'open' | 'sending' | 'sent';

/** One PSP order behind the checkout. Its token can be submitted once (facts section 2, code 00.04.0022). */
export interface Attempt {
  readonly token: string;
  readonly phase: Phase;
  /** The PSP’s last word. */
  readonly status: Status;
  readonly method: Method | null;
  readonly installments: number | null;
  /** As on the wire, but `amount` is in minor units. */
  readonly instrument: Instrument | null;
  readonly decline: Decline | null;
  /** Minor units of the checkout’s currency; null while the PSP names none. */
  readonly amountReceived: number | null;
  readonly refundedAmount: number | null;
  readonly createdAt: number;
  readonly sendingSince: number | null;
  /** When an answer was lost. Null while a submission is on its way, and after the outcome is known. */
  readonly inDoubtSince: number | null;
  /** When a lost submission was given up, because the PSP knew of none. It could still be taken late. */
  readonly givenUpAt: number | null;
}

/** A caller’s Idempotency-Key, what it was used for, and how that ended. */
export interface Claim {
  /** Hash of the body without card number and CVV: neither may leave memory, not even hashed. */
  readonly fingerprint: string;
  readonly attempt: string;
  readonly ending: 'pending' | 'answered' | Refusal;
}

/** A refusal that is given again for the same key. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
}

/** What the PSP offered for an order; asked again for every new attempt, because currency rates move. */
export interface Offer {
  readonly methods: readonly Method[];
  /** Minor units of `currency`. */
  readonly installments: readonly { readonly installments: number; readonly amount: number }[];
  readonly totals: {
    readonly amount: number;
    readonly asset: string;
    readonly originalAmount: number;
    readonly originalAsset: string;
    readonly customerFees: number;
    readonly customerAmount: number;
  } | null;
  readonly customerFees: readonly {
    readonly name: string;
    readonly amount: number;
    readonly asset: string;
  }[];
}

export interface CheckoutRecord extends Offer {
  /** The page’s token: the token of the first attempt, for ever. */
  readonly token: string;
  /** Counts every change; the store moves a record only from the version that was read. */
  readonly version: number;
  readonly gateway: string;
  readonly referenceId: string;
  readonly country: string;
  readonly currency: string;
  readonly returnUrl: string | null;
  readonly publicPersonId: string | null;
  /** The payer’s data for another attempt; null when none can follow (paid, too old, or made elsewhere). */
  readonly order: OrderRequest | null;
  /** Oldest first, never empty. */
  readonly attempts: readonly [Attempt, ...Attempt[]];
  readonly claims: Readonly<Record<string, Claim>>;
  /** When card submissions left, newest last. */
  readonly cardTries: readonly number[];
  readonly createdAt: number;
  /** When the PSP is to be read next; null when nothing is awaited. */
  readonly dueAt: number | null;
}

/** What the PSP says about one attempt. Undefined: not said this time, keep what is known. */
export interface AttemptReport {
  readonly status: Status;
  readonly method?: Method | undefined;
  readonly instrument?: Instrument | undefined;
  readonly decline?: Decline | null;
  readonly amountReceived?: number | undefined;
  readonly refundedAmount?: number | undefined;
  /** ISO time at which an unpaid instrument ends. */
  readonly expiresAt?: string | undefined;
  /** Its calendar date, `YYYY-MM-DD`, for vouchers whose answer named none. */
  readonly dueDate?: string | undefined;
}

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
  return moneyArrived.has(attempt.status);
}

/** Nothing can come of this attempt any more, and no money came. */
export function isOver(attempt: Attempt): boolean {
  return attempt.phase === 'sent' && endedUnpaid.has(attempt.status);
}

/** Submitted and not ended: somebody has to go on reading its status. */
export function isAwaited(attempt: Attempt): boolean {
  return attempt.phase === 'sending' || (attempt.phase === 'sent' && !isPaid(attempt) && !isOver(attempt));
}

/** Open again, but a submission that was given up could still reach the PSP. */
export function mayBeTakenLate(attempt: Attempt): boolean {
  return attempt.phase === 'open' && attempt.givenUpAt !== null;
}

/** A Pix code, boleto or cash reference that could be paid at this moment. */
export function isPayable(attempt: Attempt): boolean {
  const waits = isAwaited(attempt) && unpaid.has(attempt.status);
  return waits && attempt.method !== null && leavesInstrument.has(attempt.method);
}

export function newestAttempt(record: CheckoutRecord): Attempt {
  return record.attempts.at(-1) ?? record.attempts[0];
}

export function findAttempt(record: CheckoutRecord, token: string): Attempt | undefined {
  return record.attempts.find(attempt => attempt.token === token);
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
  return !isCheckoutPaid(record) && newestAttempt(record).phase === 'open';
}

/**
 * A new attempt needs a definite end of the one before, or an unpaid instrument that the shopper leaves
 * (product.md 2.6, rule 3).
 */
export function canRenew(record: CheckoutRecord): boolean {
  if (record.order === null || isCheckoutPaid(record)) return false;
  const newest = newestAttempt(record);
  return isOver(newest) || (newest.phase === 'sent' && isPayable(newest));
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

function withAttempt(
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
  submission: { key: string; fingerprint: string; method: Method; installments: number | null; now: number },
): CheckoutRecord {
  const attempt = newestAttempt(record);
  const { method, installments, now } = submission;
  const sending = withAttempt(record, attempt.token, was => ({
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
    cardTries: method === 'CREDITCARD' ? [...record.cardTries.slice(-99), now] : record.cardTries,
  };
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
  return { ...reopened, claims: Object.fromEntries(claims), cardTries };
}

/** The PSP knows of no submission although one left: the attempt can be used again, and goes on being watched. */
export function giveUp(record: CheckoutRecord, token: string, now: number): CheckoutRecord {
  return withAttempt(reopen(record, token), token, attempt => ({ ...attempt, givenUpAt: now }));
}

/**
 * What the PSP said about an attempt becomes what we know about it. An older answer that overtook a newer one does not
 * undo the PSP’s word on money that came in.
 */
export function recordReport(record: CheckoutRecord, token: string, report: AttemptReport): CheckoutRecord {
  const known = findAttempt(record, token);
  if (known && isPaid(known) && !moneyArrived.has(report.status)) return record;
  const noted = withAttempt(record, token, attempt => ({
    ...attempt,
    phase: 'sent',
    status: report.status,
    // The PSP’s word first: of two submissions it may have taken the one that we had given up.
    method: report.method ?? attempt.method,
    instrument: withEnd(report.instrument ?? attempt.instrument, report),
    decline: report.decline === undefined ? attempt.decline : report.decline,
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
