/**
 * When Letsia is to be asked to work on an invoice again (“Refresh: updates updated_at for background reprocessing”): after a
 * minute without a link, then ever more rarely. Kept in memory: a proxy that starts anew waits a minute again.
 */
const firstGapMs = 60_000;
const invoicesKept = 10_000;

export interface RefreshPace {
  /** To be called at every read that found no link. */
  isDue(token: string): boolean;
  forget(token: string): void;
}

export function createRefreshPace(now: () => number): RefreshPace {
  const waiting = new Map<string, { readonly at: number; readonly gapMs: number }>();
  return {
    isDue(token) {
      const known = waiting.get(token);
      if (known && now() < known.at) return false;
      if (waiting.size >= invoicesKept) waiting.clear();
      const gapMs = known ? known.gapMs * 2 : firstGapMs;
      waiting.set(token, { at: now() + gapMs, gapMs });
      return known !== undefined;
    },
    forget(token) {
      waiting.delete(token);
    },
  };
}
