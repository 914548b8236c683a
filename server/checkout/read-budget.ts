/** What the watcher may ask the PSP of its own accord: so many calls in each of its turns. */
export interface ReadBudget {
  /** A turn begins. What an earlier one did not need is not saved up. */
  refill(): void;
  /** How many calls may be begun. */
  room(): number;
  /** Calls were begun, or took more than was thought. Negative: they took less. */
  spend(calls: number): void;
}

/** `callsPerTurn` may be a fraction: then some turns begin none. */
export function createReadBudget(callsPerTurn: number): ReadBudget {
  const most = Math.max(1, callsPerTurn);
  let left = 0;
  return {
    refill() {
      left = Math.min(most, left + callsPerTurn);
    },
    room: () => Math.max(0, Math.floor(left)),
    spend(calls) {
      left -= calls;
    },
  };
}
