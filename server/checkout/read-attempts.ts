/**
 * Asks the PSP about the attempts and refunds of one checkout, and makes what it says the truth.
 *
 * Owns: what is asked, and when an answer ends a doubt.
 * Does not own: when it is asked (watch.ts), what a report changes (record-report.ts), who hears of it (feed).
 */
import type {
  CallContext,
  Gateway,
  ListedPayment,
  RefundListOutcome,
  StatusOutcome,
} from '../gateways/gateway.ts';
import { change, type Store } from '../store/store.ts';
import { isAnnounced } from '../webhooks/announcement.ts';
import { hadInstrument, pspTokenOf, tokenToTell } from './attempt.ts';
import { findAttempt, giveUp } from './checkout.ts';
import type { Attempt, AttemptReport, CheckoutRecord } from './checkout-record.ts';
import { type Asked, type Doubts, doubtsIn, isPast } from './doubt.ts';
import { awaitsCancellation, withoutLostDecision } from './hold.ts';
import { expectedPrice, recognise, recordFound, recordNotFound } from './one-step.ts';
import { recordReport } from './record-report.ts';
import { awaitsRefund, recordRefundList, refundsOf, settleHidden } from './refunds.ts';
import { gapOf, isWatched, nextDue } from './watch-schedule.ts';

export interface ReaderDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly isLookedAt: (token: string) => boolean;
  readonly onChange: (record: CheckoutRecord) => void;
  readonly now: () => number;
  readonly newRequestId: () => string;
  /** What is still on its way in this process is not read about: its answer is coming. */
  readonly isSubmitting: (token: string) => boolean;
  readonly doubts: Doubts;
  readonly pspTimeoutMs: number;
  /** The record without what nobody needs any more (erasure.ts). */
  readonly erased: (record: CheckoutRecord) => CheckoutRecord;
  readonly onFailure: (token: string, cause: string) => void;
}

/** What became of a one-step payment whose answer was lost. */
type LookUp =
  | { readonly kind: 'found'; readonly payment: ListedPayment }
  | { readonly kind: 'none'; readonly unsentAfterMs: number }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** What the PSP said about one attempt. */
interface Answers {
  readonly attempt: Attempt;
  readonly refunds: RefundsAnswer | null;
  readonly asked: Asked;
  readonly outcome: StatusOutcome | LookUp;
}

/** `asked`: as `recordRefundList` wants it. */
interface RefundsAnswer {
  readonly outcome: RefundListOutcome;
  readonly asked: Asked & { readonly unmadeAfterMs: number };
}

/** A checkout after its reads. Not `complete`: the PSP could not be asked about all of it. */
export interface ReadResult {
  readonly record: CheckoutRecord;
  readonly complete: boolean;
  /** How many calls at the PSP it took. */
  readonly calls: number;
  /** Why the PSP could not be asked. */
  readonly cause?: string;
}

/**
 * What is read, each with what stands before it. `due`: whose time has come, ended or not. `awaited`: what has not ended. `earlier`: what had a code or a link
 * and ended unpaid, for its money may come late; new money leaves only after that. `all`: whatever we think of it, because
 * news may tell of a refund or a dispute, or of a submission that was not made here.
 */
export const reaches = ['due', 'awaited', 'earlier', 'all'] as const;
export type Reach = (typeof reaches)[number];

export interface Reading {
  readonly reach: Reach;
  /** No payment waits for it. */
  readonly isBackground: boolean;
}

/** Null: unknown token. */
export type ReadAttempts = (token: string, reading: Reading) => Promise<ReadResult | null>;

const readAtKept = 100_000;

export function createReader(deps: ReaderDeps): ReadAttempts {
  const { store, now, pspTimeoutMs } = deps;

  /** When this process read an attempt last; it may forget, and then reads once more. */
  const readAt = new Map<string, number>();

  function askNow(record: CheckoutRecord): Asked {
    return { at: now(), knownForMs: deps.doubts.knownForMs(record), pspTimeoutMs };
  }

  function isDue(record: CheckoutRecord, attempt: Attempt): boolean {
    const gap = gapOf(record, attempt, now(), deps.isLookedAt(record.token));
    return gap !== null && now() - (readAt.get(attempt.token) ?? Number.NEGATIVE_INFINITY) >= gap;
  }

  function isToBeRead(record: CheckoutRecord, attempt: Attempt, reach: Reach): boolean {
    if (reach === 'all' || (reach === 'earlier' && hadInstrument(attempt))) return true;
    if (reach === 'due') return isDue(record, attempt);
    return isWatched(attempt) || awaitsRefund(record, attempt, now());
  }

  /** One that never arrived may turn up after all, whenever there is news. */
  function areRefundsToBeRead(record: CheckoutRecord, attempt: Attempt, reach: Reach): boolean {
    const isLost = refundsOf(record).some(
      refund => refund.attempt === attempt.token && refund.phase === 'not_taken',
    );
    return awaitsRefund(record, attempt, now()) || (reach === 'all' && isLost);
  }

  /** Refunds before the status: what the list calls completed, the status then knows of. */
  async function readRefunds(
    record: CheckoutRecord,
    attempt: Attempt,
    reach: Reach,
    context: CallContext,
  ): Promise<RefundsAnswer | null> {
    const { refunds } = deps.gatewayOf(record.gateway);
    if (!refunds || !areRefundsToBeRead(record, attempt, reach)) return null;
    const asked = askNow(record);
    const outcome = await refunds.list(tokenToTell(attempt), context);
    return { outcome, asked: { ...asked, unmadeAfterMs: refunds.unmadeAfterMs } };
  }

  /** Among the PSP’s payments with the merchant’s reference. */
  async function lookFor(record: CheckoutRecord, attempt: Attempt, context: CallContext): Promise<LookUp> {
    const { oneStep } = deps.gatewayOf(record.gateway);
    if (!oneStep) return { kind: 'unreadable', cause: 'no one-step payments' };
    const outcome = await oneStep.list(record.referenceId, record.currency, context);
    if (outcome.kind === 'unreadable') return outcome;
    const owners = await Promise.all(outcome.payments.map(({ token }) => store.findByAttempt(token)));
    const ours = new Set(outcome.payments.filter((_, n) => owners[n] !== null).map(({ token }) => token));
    const found = recognise(outcome.payments, attempt, expectedPrice(record), token => ours.has(token));
    if (found === 'none') return { kind: 'none', unsentAfterMs: oneStep.unsentAfterMs };
    if (found === 'unclear') return { kind: 'unreadable', cause: 'several payments could be it' };
    return { kind: 'found', payment: found };
  }

  async function readAttempt(
    record: CheckoutRecord,
    attempt: Attempt,
    context: CallContext,
  ): Promise<StatusOutcome | LookUp> {
    const token = pspTokenOf(attempt);
    if (token === null) return lookFor(record, attempt, context);
    return deps.gatewayOf(record.gateway).readStatus(token, record.currency, context);
  }

  async function ask(
    record: CheckoutRecord,
    attempt: Attempt,
    { reach, isBackground }: Reading,
  ): Promise<Answers> {
    const context = { requestId: deps.newRequestId(), isBackground };
    const refunds = await readRefunds(record, attempt, reach, context);
    const asked = askNow(record);
    if (readAt.size >= readAtKept) readAt.clear();
    readAt.set(attempt.token, asked.at);
    return { attempt, refunds, asked, outcome: await readAttempt(record, attempt, context) };
  }

  async function eraseUnneeded(record: CheckoutRecord): Promise<CheckoutRecord> {
    if (deps.erased(record) === record) return record;
    const changed = await change(store, record.token, deps.erased);
    return changed?.record ?? record;
  }

  return async function readAttempts(token, reading) {
    const { reach } = reading;
    const record = await store.find(token);
    if (record === null) return null;
    if (deps.isSubmitting(token)) return { record, complete: false, calls: 0 };
    const gateway = deps.gatewayOf(record.gateway);
    const answers = await Promise.all(
      record.attempts
        .filter(attempt => isToBeRead(record, attempt, reach))
        .map(attempt => ask(record, attempt, reading)),
    );
    const failures = answers.flatMap(failuresIn);
    for (const cause of [...failures, ...answers.flatMap(unreadAmountsIn)]) deps.onFailure(token, cause);
    const changed = await change(store, token, current => {
      // What was asked about other doubts says nothing about these.
      const isOther = doubtsIn(current) !== doubtsIn(record);
      const next = answers.reduce((heard, { attempt, refunds, asked, outcome }) => {
        const about = <T extends Asked>(was: T): T => (isOther ? { ...was, knownForMs: 0 } : was);
        const said = afterStatus(heard, attempt.token, outcome, { asked: about(asked), gateway });
        return refunds
          ? afterRefunds(said, attempt.token, { ...refunds, asked: about(refunds.asked) })
          : said;
      }, current);
      // An older version of the proxy, or one before a crash, may have noted what nobody was told of.
      if (isSame(current, next) && isAnnounced(current)) return null;
      return { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    });
    if (changed === null) return null;
    if (changed.changed) deps.onChange(changed.record);
    const result = await eraseUnneeded(changed.record);
    await store.setDue(result, nextDue(result, now(), deps.isLookedAt(token)));
    const calls = answers.reduce((sum, { refunds }) => sum + (refunds ? 2 : 1), 0);
    const [cause] = failures;
    return { record: result, complete: cause === undefined, calls, ...(cause !== undefined && { cause }) };
  };
}

/** What could not be read, by its cause. */
function failuresIn({ attempt, refunds, outcome }: Answers): string[] {
  return [refunds?.outcome, outcome].flatMap(said => {
    if (said === undefined || ['known', 'found', 'none'].includes(said.kind)) return [];
    // Nobody submitted it, so the PSP need not know it.
    if (said.kind === 'not_found' && attempt.phase === 'open') return [];
    return [said.kind === 'unreadable' ? said.cause : said.kind];
  });
}

/** The status is told all the same. The cause names no value. */
function unreadAmountsIn({ outcome }: Answers): string[] {
  return outcome.kind === 'known' && outcome.report.amountsUnreadable ? ['unreadable amount'] : [];
}

interface StatusQuestion {
  readonly asked: Asked;
  readonly gateway: Gateway;
}

function afterStatus(
  record: CheckoutRecord,
  token: string,
  answer: StatusOutcome | LookUp,
  question: StatusQuestion,
): CheckoutRecord {
  if (answer.kind === 'known') return afterReport(record, token, answer.report, question);
  if (answer.kind === 'found') return recordFound(record, token, answer.payment);
  if (answer.kind === 'none') {
    return recordNotFound(record, token, { ...question.asked, unsentAfterMs: answer.unsentAfterMs });
  }
  return record;
}

/**
 * A report about a submission whose answer was lost ends the doubt. “Nothing submitted” (CREATED) ends it only when it
 * was asked for late enough that the lost submission cannot still be on its way.
 */
function afterReport(
  record: CheckoutRecord,
  token: string,
  report: AttemptReport,
  { asked, gateway }: StatusQuestion,
): CheckoutRecord {
  const attempt = findAttempt(record, token);
  if (attempt === undefined) return record;
  if (attempt.phase === 'open' && report.status === gateway.unsubmittedStatus) return record;
  if (report.status !== 'CREATED') {
    const untakenAfterMs = awaitsCancellation(attempt) ? gateway.paidCancellation?.untakenAfterMs : undefined;
    const unsentAfterMs = untakenAfterMs ?? gateway.unsentAfterMs;
    return withoutLostDecision(recordReport(record, token, report), token, { ...asked, unsentAfterMs });
  }
  if (attempt.phase !== 'sending') return record;
  return isPast(attempt, asked, gateway.unsentAfterMs) ? giveUp(record, token, asked.at) : record;
}

function afterRefunds(
  record: CheckoutRecord,
  token: string,
  { outcome, asked }: RefundsAnswer,
): CheckoutRecord {
  if (outcome.kind !== 'known') return record;
  const listed = recordRefundList(record, token, outcome.list, asked);
  return outcome.list.complete ? listed : settleHidden(listed, token, asked.at);
}

function isSame(before: CheckoutRecord, after: CheckoutRecord): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
