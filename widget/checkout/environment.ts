/**
 * Everything that the tag takes from the browser, in one object, so that tests (and hosts with their own network layer)
 * can hand in another. Nothing else in the widget reads a clock, chance, the network or a store.
 */
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
  /** False only when the browser is sure that there is no network. */
  readonly isOnline: () => boolean;
}

export const browserEnvironment: Environment = {
  fetch: (input, init) => fetch(input, init),
  openEvents: url => new EventSource(url),
  clock: {
    now: () => Date.now(),
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: timer => clearTimeout(timer as number),
  },
  storage: {
    getItem: key => sessionStorage.getItem(key),
    setItem: (key, value) => sessionStorage.setItem(key, value),
    removeItem: key => sessionStorage.removeItem(key),
  },
  // Not randomUUID: it is missing on http pages, where test shops live.
  randomId: () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join(
      '',
    ),
  jitter: () => Math.random(),
  isOnline: () => navigator.onLine,
};
