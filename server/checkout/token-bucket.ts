/** At most `perSecond` on the average, and `burst` at once. */
export function tokenBucket(perSecond: number, burst: number, now: () => number): { take(): boolean } {
  let left = burst;
  let filledAt = now();
  return {
    take() {
      const at = now();
      left = Math.min(burst, left + ((at - filledAt) / 1000) * perSecond);
      filledAt = at;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
