/**
 * Reads the PSP’s status of everything that was submitted and has not ended, and makes what it says the truth.
 *
 * Owns: how often a checkout is read, the single flight per checkout, the end of a doubt.
 * Does not own: what a report changes (checkout.ts), who hears of it (feed).
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Gateway, StatusOutcome } from '../gateways/gateway.ts';
import { change, type Store } from '../store/store.ts';
import {
  findAttempt,
  giveUp,
  isAwaited,
  mayBePaidYet,
  mayBeTakenLate,
  orderEndsAt,
  pspTokenOf,
  recordReport,
  tokenToTell,
  withoutStaleOrder,
} from './checkout.ts';
import type { Attempt, AttemptReport, CheckoutRecord } from './checkout-record.ts';
import { awaitsCancellation, mayBeCanceledLate, withoutLostDecision } from './hold.ts';
import { expectedPrice, type ListedPayment, recognise, recordFound, recordNotFound } from './one-step.ts';
import {
  awaitsRefund,
  isRefundAwaited,
  isRefundOpen,
  recordRefundList,
  refundsOf,
  settleHidden,
} from './refunds.ts';

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

export interface WatchDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly isLookedAt: (token: string) => boolean;
  readonly onChange: (record: CheckoutRecord) => void;
  readonly now: () => number;
  readonly newRequestId: () => string;
  /** What is still on its way in this process is not read about: its answer is coming. */
  readonly isSubmitting: (token: string) => boolean;
  readonly pspTimeoutMs: number;
  /** What the watcher may ask the PSP for of its own accord; reads that a shopper or a callback asks for come on top. */
  readonly readsPerSecond: number;
  readonly onFailure: (token: string, cause: string) => void;
}

/** What became of a one-step payment whose answer was lost. */
type LookUp =
  | { readonly kind: 'found'; readonly payment: ListedPayment }
  | { readonly kind: 'none'; readonly unsentAfterMs: number }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** A checkout after its reads. Not `complete`: the PSP could not be asked about all of it. */
export interface ReadResult {
  readonly record: CheckoutRecord;
  readonly complete: boolean;
}

export type Reach = 'awaited' | 'all';

export interface Watcher {
  /**
   * Reads without anybody waiting for it; a failure is told to `onFailure`. `all`: also attempts that had ended, because
   * a callback may tell of a refund or a dispute, and not by a read that began before the news.
   */
  nudge(token: string, reach: Reach): void;
  /**
   * Reads every awaited attempt of a checkout now. Never by a read that began before the question: what was paid before
   * a submission must be known to it (product.md 2.6, rule 3). Null: unknown token. `all`: also attempts that had ended.
   */
  read(token: string, reach?: Reach): Promise<ReadResult | null>;
  /**
   * As `read`, but shares a read that is under way, and makes none when the PSP was asked about this checkout a moment
   * ago: pages may ask as often as they like.
   */
  readSoon(token: string): Promise<ReadResult | null>;
  start(): void;
  stop(): Promise<void>;
}

const turnEvery = 250;
/** Under the connections that the gateway has, so that a submission never queues behind reads. */
const readsAtOnce = 50;
/** Callbacks about one checkout make at most one read in this time: whoever forges them gains nothing. */
const callbackGapMs = 300;
const readSoonGapMs = second;
/** After a callback whose status could not be read; some 15 minutes in all. */
const newsGapsMs = [1, 4, 15, 60, 240, 600].map(seconds => seconds * second);
const lastReadKept = 100_000;
/** A proxy that died with a checkout in hand gives it back to the others after this. */
const leaseMs = 30 * second;

export function createWatcher(deps: WatchDeps): Watcher {
  const { store, now } = deps;
  const readsPerTurn = Math.max(1, Math.floor((deps.readsPerSecond * turnEvery) / second));
  const reading = new Map<string, Promise<ReadResult | null>>();
  const waiting = new Map<string, Promise<ReadResult | null>>();
  const lastRead = new Map<string, number>();
  const lastReadAll = new Map<string, number>();
  const askingAgain = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let turn: Promise<void> = Promise.resolve();
  let stopped = false;

  function shared(token: string, reach: Reach): Promise<ReadResult | null> {
    const running = reading.get(token);
    if (running) return running;
    if (lastRead.size >= lastReadKept) lastRead.clear();
    lastRead.set(token, now());
    const run = readAttempts(token, reach).finally(() => reading.delete(token));
    reading.set(token, run);
    return run;
  }

  function isToBeRead(record: CheckoutRecord, attempt: Attempt, reach: Reach): boolean {
    if (reach === 'all' && attempt.phase !== 'open') return true;
    return isWatched(attempt) || awaitsRefund(record, attempt, now());
  }

  /** Refunds before the status: what the list calls completed, the status then knows of. */
  async function readRefunds(record: CheckoutRecord, attempt: Attempt, requestId: string) {
    const { refunds } = deps.gatewayOf(record.gateway);
    if (!refunds || !awaitsRefund(record, attempt, now())) return null;
    const at = now();
    const outcome = await refunds.list(tokenToTell(attempt), { requestId });
    const asked = { at, pspTimeoutMs: deps.pspTimeoutMs, unmadeAfterMs: refunds.unmadeAfterMs };
    return { outcome, asked };
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

  async function readAttempts(token: string, reach: Reach): Promise<ReadResult | null> {
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
        let next = current;
        if (outcome.kind === 'known')
          next = applyReport(next, attempt.token, outcome.report, gateway, askedAt, deps.pspTimeoutMs);
        if (outcome.kind === 'found') next = recordFound(next, attempt.token, outcome.payment);
        if (outcome.kind === 'none') {
          const { unsentAfterMs } = outcome;
          const asked = { at: askedAt, pspTimeoutMs: deps.pspTimeoutMs, unsentAfterMs };
          next = recordNotFound(next, attempt.token, asked);
        }
        if (refunds?.outcome.kind === 'known') {
          const { list } = refunds.outcome;
          next = recordRefundList(next, attempt.token, list, refunds.asked);
          if (!list.complete) next = settleHidden(next, attempt.token, askedAt);
        }
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
  }

  async function eraseStaleOrder(record: CheckoutRecord): Promise<CheckoutRecord> {
    if (withoutStaleOrder(record, now()) === record) return record;
    const erased = await change(store, record.token, current => withoutStaleOrder(current, now()));
    return erased?.record ?? record;
  }

  async function runTurn(): Promise<void> {
    const room = Math.min(readsPerTurn, readsAtOnce - reading.size);
    if (room <= 0) return;
    const due = await store.takeDue(now(), now() + leaseMs, room);
    // Not waited for: one payment that the PSP is slow about must not hold up the others.
    for (const token of due) tellFailure(token, shared(token, 'awaited'));
  }

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      turn = runTurn()
        .catch(error => deps.onFailure('-', error instanceof Error ? error.name : 'unknown'))
        .finally(schedule);
    }, turnEvery);
  }

  function readAll(token: string): Promise<ReadResult | null> {
    const already = waiting.get(token);
    if (already) return already;
    const before = reading.get(token)?.catch(() => null) ?? Promise.resolve();
    const run = before.then(async () => {
      const early = (lastReadAll.get(token) ?? 0) + callbackGapMs - now();
      if (early > 0) await wait(Math.min(early, callbackGapMs), undefined, { ref: false });
      if (lastReadAll.size >= lastReadKept) lastReadAll.clear();
      lastReadAll.set(token, now());
      waiting.delete(token);
      return shared(token, 'all');
    });
    waiting.set(token, run);
    return run;
  }

  /** News that could not be read is asked for again: a dispute of a paid checkout is told of once, and awaited by nobody. */
  async function readNews(token: string): Promise<void> {
    if (askingAgain.has(token)) return;
    const first = await readAll(token);
    if (first === null || first.complete || askingAgain.has(token)) return;
    askingAgain.add(token);
    try {
      for (const gap of newsGapsMs) {
        await wait(gap, undefined, { ref: false });
        if (stopped || (await readAll(token))?.complete !== false) return;
      }
    } finally {
      askingAgain.delete(token);
    }
  }

  async function readSoon(token: string): Promise<ReadResult | null> {
    if (reading.has(token) || now() - (lastRead.get(token) ?? 0) >= readSoonGapMs)
      return shared(token, 'awaited');
    const record = await store.find(token);
    return record && { record, complete: true };
  }

  /** For reads that nobody waits for. */
  function tellFailure(token: string, run: Promise<unknown>): void {
    run.catch(error => deps.onFailure(token, error instanceof Error ? error.name : 'unknown'));
  }

  return {
    nudge: (token, reach) => tellFailure(token, reach === 'all' ? readNews(token) : readSoon(token)),
    async read(token, reach = 'awaited') {
      await reading.get(token)?.catch(() => null);
      // Whoever else waited has begun a read of what is awaited, and not of all.
      while (reach === 'all' && reading.has(token)) await reading.get(token)?.catch(() => null);
      return shared(token, reach);
    },
    readSoon,
    start: schedule,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await turn;
      await Promise.allSettled(reading.values());
    },
  };
}

/**
 * A report about a submission whose answer was lost ends the doubt. “Nothing submitted” (CREATED) ends it only when it
 * was asked for late enough that the lost submission cannot still be on its way.
 */
function applyReport(
  record: CheckoutRecord,
  token: string,
  report: AttemptReport,
  gateway: Gateway,
  askedAt: number,
  pspTimeoutMs: number,
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

function isWatched(attempt: Attempt): boolean {
  return (
    isAwaited(attempt) ||
    awaitsCancellation(attempt) ||
    mayBeTakenLate(attempt) ||
    mayBeCanceledLate(attempt) ||
    mayBePaidYet(attempt)
  );
}

function isSame(before: CheckoutRecord, after: CheckoutRecord): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}
