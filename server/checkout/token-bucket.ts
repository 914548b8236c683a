import type { Clock } from '../clock.ts';

export interface TokenBucket {
  take(): boolean;
}

/** At most `perSecond` on the average, and `burst` at once. */
export function tokenBucket(perSecond: number, burst: number, monotonic: Clock): TokenBucket {
  let left = burst;
  let filledAt = monotonic();
  return {
    take() {
      const at = monotonic();
      left = Math.min(burst, left + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
