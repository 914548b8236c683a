/**
 * Takes events that are due out of the outbox and posts them, a few at a time. Several proxies may do so at one outbox:
 * an event is leased while it is on its way, so that only a proxy that died makes another one deliver it again.
 */
import type { Clock } from '../clock.ts';
import { nameOf } from '../failure.ts';
import type { Outbox, StoredEvent } from '../store/outbox.ts';
import { forgetEveryMs, forgetOld } from './forgetter.ts';
import type { Receiver } from './receiver.ts';
import { afterTry } from './retry.ts';
import { sign } from './signature.ts';

/** How a try ended: `retry` comes back later, `given_up` does not. */
export type DeliveryResult = 'delivered' | 'retry' | 'given_up';

export interface DelivererDeps {
  readonly outbox: Outbox;
  readonly receiver: Receiver;
  readonly secrets: readonly Buffer[];
  /** How long a try takes at most. */
  readonly tryTimeoutMs: number;
  /** Of what is kept. */
  readonly now: Clock;
  /** Of signatures. */
  readonly wall: Clock;
  readonly monotonic: Clock;
  /** From 0 to 1. */
  readonly chance: () => number;
  readonly onTry: (event: StoredEvent, result: DeliveryResult, outcome: string, ms: number) => void;
  /** The store could not be reached. What was on its way is delivered again. */
  readonly onFailure: (cause: string) => void;
}

export interface Deliverer {
  start(): void;
  /** There is something to deliver. */
  wake(): void;
  /** What is on its way may end, for a moment; then it is given back to the outbox. */
  stop(): Promise<void>;
}

/** On their way at once, and so in memory at once. */
export const deliveriesAtOnce = 64;
/** Of those, so many that were begun just now. What has been on its way for longer hangs, and is to hold up no other. */
const freshAtOnce = 16;
const freshForMs = 1_000;
const lookEveryMs = 250;
/** After the store could not be reached: one line in the log is enough for a while. */
const restMs = 5_000;
const graceMs = 1_000;

export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { outbox, now, monotonic } = deps;
  const leaseMs = 2 * deps.tryTimeoutMs;
  const stopping = new AbortController();
  /** Tries, and when they were begun. */
  const onTheirWay = new Map<Promise<void>, number>();
  let timer: NodeJS.Timeout | null = null;
  let looking: Promise<void> | null = null;
  let again = false;
  let forgotAt = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let failed = false;

  async function deliver(event: StoredEvent): Promise<void> {
    const began = monotonic();
    const headers = { ...sign(deps.secrets, event.id, deps.wall(), event.body) };
    const outcome = await deps.receiver.post(headers, event.body, stopping.signal);
    const isGivenBack = stopping.signal.aborted && outcome.kind === 'no_answer';
    const settlement = isGivenBack
      ? ({ state: 'waiting', dueAt: now(), outcome: 'stopped' } as const)
      : afterTry(event, outcome, now(), deps.chance());
    await outbox.settle(event, settlement);
    const results = { delivered: 'delivered', waiting: 'retry', failed: 'given_up' } as const;
    deps.onTry(event, results[settlement.state], settlement.outcome, monotonic() - began);
  }

  function begin(event: StoredEvent): void {
    const run = deliver(event)
      .catch(tellFailure)
      .finally(() => {
        onTheirWay.delete(run);
        wake();
      });
    onTheirWay.set(run, monotonic());
  }

  function room(): number {
    const begunAt = [...onTheirWay.values()];
    const fresh = begunAt.filter(at => monotonic() - at < freshForMs).length;
    return Math.min(deliveriesAtOnce - begunAt.length, freshAtOnce - fresh);
  }

  async function look(): Promise<void> {
    for (;;) {
      again = false;
      const wanted = room();
      if (wanted <= 0 || stopped) return;
      const events = await outbox.take(now(), now() + leaseMs, wanted);
      for (const event of events) begin(event);
      if (events.length < wanted && !again) break;
    }
    if (monotonic() - forgotAt < forgetEveryMs) return;
    forgotAt = monotonic();
    await forgetOld(outbox, now(), { delivers: true, isStopped: () => stopped });
  }

  function tellFailure(error: unknown): void {
    failed = true;
    deps.onFailure(nameOf(error));
  }

  function wake(): void {
    again = true;
    if (stopped || looking !== null) return;
    looking = look()
      .catch(tellFailure)
      .finally(() => {
        looking = null;
      });
  }

  function schedule(): void {
    if (stopped) return;
    const delay = failed ? restMs : lookEveryMs;
    failed = false;
    timer = setTimeout(() => {
      wake();
      schedule();
    }, delay);
  }

  return {
    start: schedule,
    wake,
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await looking;
      const cut = setTimeout(() => stopping.abort(), graceMs);
      await Promise.all(onTheirWay.keys());
      clearTimeout(cut);
      await deps.receiver.close();
    },
  };
}
