/**
 * What a PSP answered while the store could not be written, kept in memory until it can. A status read tells how such a
 * payment stands, but LetPay never shows a Pix code or a boleto twice: without this note it would be lost.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { StoreUnavailable } from '../store/store.ts';

export interface LateNotes {
  /** Calls `write` again and again until the store takes it, for at most ten minutes. */
  keep(write: () => Promise<void>): void;
  /** Tries what is left once more, then lets it go. */
  end(): Promise<void>;
}

const retryMs = 500;
/** A shopper who has seen no code for this long has left, or has begun another attempt. */
const patienceMs = 10 * 60_000;
/** So that a store that stays away cannot fill the memory. */
const mostNotes = 1_000;

/** `onLost` hears of a note that was let go, with the error of the last try. */
export function createLateNotes(onLost: (error: unknown) => void): LateNotes {
  const running = new Set<Promise<void>>();
  const ending = new AbortController();

  async function persist(write: () => Promise<void>): Promise<void> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      await wait(retryMs, undefined, { signal: ending.signal }).catch(() => undefined);
      try {
        return await write();
      } catch (error) {
        const isOver = ending.signal.aborted || performance.now() >= giveUpAt;
        if (isOver || !(error instanceof StoreUnavailable)) return onLost(error);
      }
    }
  }

  return {
    keep(write) {
      if (running.size >= mostNotes) return onLost(new StoreUnavailable('too many late notes'));
      const run = persist(write).finally(() => running.delete(run));
      running.add(run);
    },
    async end() {
      ending.abort();
      await Promise.all(running);
    },
  };
}
