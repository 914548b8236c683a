/**
 * Keeps the appointments with the PSP of everything that was submitted and has not ended.
 *
 * Owns: how many reads at once, the single flight per checkout, what a callback sets off.
 * Does not own: when it is due (watch-schedule.ts), what is asked and believed (read-attempts.ts).
 */
import { setTimeout as wait } from 'node:timers/promises';
import { nameOf } from '../failure.ts';
import { createReader, type Reach, type ReaderDeps, type ReadResult } from './read-attempts.ts';

export interface WatchDeps extends ReaderDeps {
  /** What the watcher may ask the PSP for of its own accord; reads that a shopper or a callback asks for come on top. */
  readonly readsPerSecond: number;
}

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

const second = 1_000;
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
  const readAttempts = createReader(deps);
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
        .catch(error => deps.onFailure('-', nameOf(error)))
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
    run.catch(error => deps.onFailure(token, nameOf(error)));
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
