/**
 * Asks the PSP about the attempts and refunds of one checkout, and makes what it says the truth.
 *
 * Owns: what is asked, and when an answer ends a doubt.
 * Does not own: when it is asked (watch.ts), what a report changes (record-report.ts), who hears of it (feed).
 */
import type { Gateway, ListedPayment, RefundListOutcome, StatusOutcome } from '../gateways/gateway.ts';
import { change, type Store } from '../store/store.ts';
import { pspTokenOf, tokenToTell } from './attempt.ts';
import { findAttempt, giveUp, withoutStaleOrder } from './checkout.ts';
import type { Attempt, AttemptReport, CheckoutRecord } from './checkout-record.ts';
import { awaitsCancellation, withoutLostDecision } from './hold.ts';
import { expectedPrice, recognise, recordFound, recordNotFound } from './one-step.ts';
import { recordReport } from './record-report.ts';
import { awaitsRefund, recordRefundList, settleHidden } from './refunds.ts';
import { isWatched, nextDue } from './watch-schedule.ts';

export interface ReaderDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly isLookedAt: (token: string) => boolean;
  readonly onChange: (record: CheckoutRecord) => void;
  readonly now: () => number;
  readonly newRequestId: () => string;
  /** What is still on its way in this process is not read about: its answer is coming. */
  readonly isSubmitting: (token: string) => boolean;
  readonly pspTimeoutMs: number;
  readonly onFailure: (token: string, cause: string) => void;
}

/** What became of a one-step payment whose answer was lost. */
type LookUp =
  | { readonly kind: 'found'; readonly payment: ListedPayment }
  | { readonly kind: 'none'; readonly unsentAfterMs: number }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** `asked`: as `recordRefundList` wants it. */
interface RefundsAnswer {
  readonly outcome: RefundListOutcome;
  readonly asked: { readonly at: number; readonly pspTimeoutMs: number; readonly unmadeAfterMs: number };
}

/** A checkout after its reads. Not `complete`: the PSP could not be asked about all of it. */
export interface ReadResult {
  readonly record: CheckoutRecord;
  readonly complete: boolean;
}

/** `all`: also attempts that had ended, because a callback may tell of a refund or a dispute. */
export type Reach = 'awaited' | 'all';

/** Null: unknown token. */
export type ReadAttempts = (token: string, reach: Reach) => Promise<ReadResult | null>;

export function createReader(deps: ReaderDeps): ReadAttempts {
  const { store, now, pspTimeoutMs } = deps;

  function isToBeRead(record: CheckoutRecord, attempt: Attempt, reach: Reach): boolean {
    if (reach === 'all' && attempt.phase !== 'open') return true;
    return isWatched(attempt) || awaitsRefund(record, attempt, now());
  }

  /** Refunds before the status: what the list calls completed, the status then knows of. */
  async function readRefunds(
    record: CheckoutRecord,
    attempt: Attempt,
    requestId: string,
  ): Promise<RefundsAnswer | null> {
    const { refunds } = deps.gatewayOf(record.gateway);
    if (!refunds || !awaitsRefund(record, attempt, now())) return null;
    const at = now();
    const outcome = await refunds.list(tokenToTell(attempt), { requestId });
    return { outcome, asked: { at, pspTimeoutMs, unmadeAfterMs: refunds.unmadeAfterMs } };
  }

  /** Among the PSP’s payments with the merchant’s reference. */
  async function lookFor(record: CheckoutRecord, attempt: Attempt, requestId: string): Promise<LookUp> {
    const { oneStep } = deps.gatewayOf(record.gateway);
    if (!oneStep) return { kind: 'unreadable', cause: 'no one-step payments' };
    const outcome = await oneStep.list(record.referenceId, record.currency, { requestId });
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
    requestId: string,
  ): Promise<StatusOutcome | LookUp> {
    const token = pspTokenOf(attempt);
    if (token === null) return lookFor(record, attempt, requestId);
    return deps.gatewayOf(record.gateway).readStatus(token, record.currency, { requestId });
  }

  async function eraseStaleOrder(record: CheckoutRecord): Promise<CheckoutRecord> {
    if (withoutStaleOrder(record, now()) === record) return record;
    const erased = await change(store, record.token, current => withoutStaleOrder(current, now()));
    return erased?.record ?? record;
  }

  return async function readAttempts(token, reach) {
    const record = await store.find(token);
    if (record === null) return null;
    if (deps.isSubmitting(token)) return { record, complete: false };
    const gateway = deps.gatewayOf(record.gateway);
    let result = record;
    let complete = true;
    for (const attempt of record.attempts.filter(known => isToBeRead(record, known, reach))) {
      const requestId = deps.newRequestId();
      const refunds = await readRefunds(record, attempt, requestId);
      const askedAt = now();
      const outcome = await readAttempt(record, attempt, requestId);
      for (const said of [refunds?.outcome, outcome]) {
        if (said === undefined || ['known', 'found', 'none'].includes(said.kind)) continue;
        complete = false;
        deps.onFailure(token, said.kind === 'unreadable' ? said.cause : said.kind);
      }
      const changed = await change(store, token, current => {
        const heard = afterStatus(current, attempt.token, outcome, { askedAt, gateway, pspTimeoutMs });
        const next = refunds ? afterRefunds(heard, attempt.token, refunds) : heard;
        return isSame(current, next)
          ? null
          : { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
      });
      if (changed === null) return null;
      if (changed.changed) deps.onChange(changed.record);
      result = changed.record;
    }
    result = await eraseStaleOrder(result);
    await store.setDue(result, nextDue(result, now(), deps.isLookedAt(token)));
    return { record: result, complete };
  };
}

interface StatusQuestion {
  readonly askedAt: number;
  readonly gateway: Gateway;
  readonly pspTimeoutMs: number;
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
    const { askedAt: at, pspTimeoutMs } = question;
    return recordNotFound(record, token, { at, pspTimeoutMs, unsentAfterMs: answer.unsentAfterMs });
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
  { askedAt, gateway, pspTimeoutMs }: StatusQuestion,
): CheckoutRecord {
  const attempt = findAttempt(record, token);
  if (attempt === undefined) return record;
  if (report.status !== 'CREATED') {
    const untakenAfterMs = awaitsCancellation(attempt) ? gateway.paidCancellation?.untakenAfterMs : undefined;
    const asked = { at: askedAt, pspTimeoutMs, unsentAfterMs: untakenAfterMs ?? gateway.unsentAfterMs };
    return withoutLostDecision(recordReport(record, token, report), token, asked);
  }
  if (attempt.phase !== 'sending') return record;
  const doubtSince = attempt.inDoubtSince ?? (attempt.sendingSince ?? askedAt) + pspTimeoutMs;
  return askedAt >= doubtSince + gateway.unsentAfterMs ? giveUp(record, token, askedAt) : record;
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
