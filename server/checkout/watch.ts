/**
 * Keeps the appointments with the PSP of everything that was submitted and has not ended.
 *
 * Owns: how many reads at once, the single flight per checkout, what a callback sets off.
 * Does not own: when it is due (watch-schedule.ts), what is asked and believed (read-attempts.ts).
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { nameOf } from '../failure.ts';
import { createReader, type Reach, type ReaderDeps, type ReadResult, reaches } from './read-attempts.ts';
import { createReadBudget } from './read-budget.ts';

export interface WatchDeps extends ReaderDeps {
  readonly monotonic: Clock;
  /** Calls that the watcher may make of its own accord; those that a shopper, a merchant or a callback asks for come on top. */
  readonly readsPerSecond: number;
}

export interface Watcher {
  /**
   * Reads without anybody waiting for it; a failure is told to `onFailure`. `all` is for news of the PSP’s: never by a read
   * that began before it.
   */
  nudge(token: string, reach: 'awaited' | 'all'): void;
  /**
   * Reads the attempts of a checkout now; `awaited` unless told. Never by a read that began before the question: what was
   * paid before a submission must be known to it (product.md 2.6, rule 3). Null: unknown token.
   */
  read(token: string, reach?: Reach): Promise<ReadResult | null>;
  /**
   * As `read`, but shares a read that is under way, and makes none when the PSP was asked about this checkout a moment
   * ago: pages and merchants may ask as often as they like.
   */
  readSoon(token: string, reach?: Reach): Promise<ReadResult | null>;
  start(): void;
  stop(): Promise<void>;
}

const second = 1_000;
const turnEvery = 250;
/** Not more than the connections that a gateway has for such reads. */
const readsAtOnce = 50;
/** Callbacks about one checkout make at most one read in this time: whoever forges them gains nothing. */
const callbackGapMs = 300;
const readSoonGapMs = second;
/** A checkout of many attempts is read more rarely, so that no shopper makes it cost more than this. */
const readSoonCallsPerSecond = 3;
/** After a callback whose status could not be read; some 15 minutes in all. */
const newsGapsMs = [1, 4, 15, 60, 240, 600].map(seconds => seconds * second);
const lastReadKept = 100_000;
/** A proxy that died with a checkout in hand gives it back to the others after this. */
const leaseMs = 30 * second;

export function createWatcher(deps: WatchDeps): Watcher {
  const { store, now, monotonic } = deps;
  const readAttempts = createReader(deps);
  const budget = createReadBudget((deps.readsPerSecond * turnEvery) / second);
  const reading = new Map<string, { readonly reach: Reach; readonly run: Promise<ReadResult | null> }>();
  const waiting = new Map<string, Promise<ReadResult | null>>();
  const lastRead = new Map<string, number>();
  const lastReadAll = new Map<string, number>();
  /** How many calls the last read took. */
  const lastCalls = new Map<string, number>();
  const askingAgain = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let turn: Promise<void> = Promise.resolve();
  let stopped = false;

  function keep(map: Map<string, number>, token: string, value: number): void {
    if (map.size >= lastReadKept) map.clear();
    map.set(token, value);
  }

  function begin(token: string, reach: Reach, isBackground: boolean): Promise<ReadResult | null> {
    keep(lastRead, token, monotonic());
    if (reach === 'all') keep(lastReadAll, token, monotonic());
    const run = readAttempts(token, { reach, isBackground })
      .then(result => {
        keep(lastCalls, token, result?.calls ?? 0);
        return result;
      })
      .finally(() => reading.delete(token));
    reading.set(token, { reach, run });
    return run;
  }

  /** The read that is under way, if it reaches as far; else one that begins when that has ended. */
  async function shared(token: string, reach: Reach, isBackground = true): Promise<ReadResult | null> {
    for (let running = reading.get(token); running; running = reading.get(token)) {
      if (isCovered(reach, running.reach)) return running.run;
      await running.run.catch(() => null);
    }
    return begin(token, reach, isBackground);
  }

  async function afresh(token: string, reach: Reach, isBackground: boolean): Promise<ReadResult | null> {
    await reading.get(token)?.run.catch(() => null);
    return shared(token, reach, isBackground);
  }

  async function runTurn(): Promise<void> {
    budget.refill();
    const room = Math.min(budget.room(), readsAtOnce - reading.size);
    if (room <= 0) return;
    const due = await store.takeDue(now(), now() + leaseMs, room);
    budget.spend(due.length);
    // Not waited for: one payment that the PSP is slow about must not hold up the others.
    for (const token of due) tellFailure(token, readDue(token));
  }

  /** A checkout of several attempts takes more than the one call that was counted, one that is only erased none. */
  async function readDue(token: string): Promise<void> {
    const result = await shared(token, 'due');
    budget.spend((result?.calls ?? 0) - 1);
  }

  function schedule(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      turn = runTurn()
        .catch(error => deps.onFailure('-', nameOf(error)))
        .finally(schedule);
    }, turnEvery);
  }

  function readAll(token: string): Promise<ReadResult | null> {
    const already = waiting.get(token);
    if (already) return already;
    const before = reading.get(token)?.run.catch(() => null) ?? Promise.resolve();
    const run = before.then(async () => {
      const early = (lastReadAll.get(token) ?? Number.NEGATIVE_INFINITY) + callbackGapMs - monotonic();
      if (early > 0) await wait(Math.min(early, callbackGapMs), undefined, { ref: false });
      waiting.delete(token);
      return afresh(token, 'all', true);
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

  async function readSoon(token: string, reach: Reach = 'awaited'): Promise<ReadResult | null> {
    const gap = Math.max(readSoonGapMs, ((lastCalls.get(token) ?? 0) * second) / readSoonCallsPerSecond);
    const last = (reach === 'all' ? lastReadAll : lastRead).get(token) ?? Number.NEGATIVE_INFINITY;
    const running = reading.get(token);
    if (running && isCovered(reach, running.reach)) return running.run;
    if (monotonic() - last >= gap) return shared(token, reach);
    const record = await store.find(token);
    return record && { record, complete: true, calls: 0 };
  }

  /** For reads that nobody waits for. */
  function tellFailure(token: string, run: Promise<unknown>): void {
    run.catch(error => deps.onFailure(token, nameOf(error)));
  }

  return {
    nudge: (token, reach) => tellFailure(token, reach === 'all' ? readNews(token) : readSoon(token)),
    read: (token, reach = 'awaited') => afresh(token, reach, false),
    readSoon,
    start: schedule,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await turn;
      await Promise.allSettled([...reading.values()].map(({ run }) => run));
    },
  };
}

function isCovered(wanted: Reach, by: Reach): boolean {
  return reaches.indexOf(by) >= reaches.indexOf(wanted);
}
