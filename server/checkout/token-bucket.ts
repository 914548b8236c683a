import type { Clock } from '../clock.ts';

/** At most `perSecond` on the average, and `burst` at once. */
export function tokenBucket(perSecond: number, burst: number, monotonic: Clock): { take(): boolean } {
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
