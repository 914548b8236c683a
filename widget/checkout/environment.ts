/**
 * Everything that the tag takes from the browser, in one object, so that tests (and hosts with their own network layer)
 * can hand in another. Nothing else in the widget reads a clock, chance, the network or a store, but for
 * `later-environment.ts`, which has the browser’s other half.
 */
import type { Tabs } from '../api/election.ts';
import type { WatchOptions } from '../api/watch.ts';

export interface Environment {
  readonly fetch: typeof globalThis.fetch;
  readonly openEvents: (url: string) => Pick<EventSource, 'addEventListener' | 'close'>;
  readonly clock: WatchOptions['clock'];
  /** Keeps idempotency keys through a reload. Nothing else is ever written to it. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Unguessable, new at every call. */
  readonly randomId: () => string;
  /** 0 to 1. */
  readonly jitter: () => number;
  /** What the browser thinks of the network. It may be wrong either way, so it forbids nothing. */
  readonly isOnline: () => boolean;
  /** Goes to a page of the PSP. */
  readonly leave: (url: string) => void;
  /** How the tabs of one checkout find their leader. Null: every tab for itself; left out: as the browser can. */
  readonly tabs?: Tabs | null;
}

/** What is needed before a submission; the rest may be handed in, or comes from `laterEnvironment`. */
export type FirstEnvironment = Pick<Environment, 'fetch' | 'clock'> & Partial<Environment>;

export const browserEnvironment: FirstEnvironment = {
  fetch: (input, init) => fetch(input, init),
  clock: {
    // Since the page began, by a clock that nobody sets: a device whose own clock jumps must not lose a countdown or a read.
    now: () => performance.timeOrigin + performance.now(),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: timer => clearTimeout(timer as number),
  },
};
