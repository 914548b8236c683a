/** Callers who ask for the same thing while it is being done share the one doing. */
export interface SingleFlight<T> {
  run(key: string, work: () => Promise<T>): Promise<T>;
  has(key: string): boolean;
  /** Resolves when nothing is under way, however it ended. */
  idle(): Promise<void>;
}

export function singleFlight<T>(): SingleFlight<T> {
  const running = new Map<string, Promise<T>>();
  return {
    run(key, work) {
      const present = running.get(key);
      if (present !== undefined) return present;
      const run = work().finally(() => running.delete(key));
      running.set(key, run);
      return run;
    },
    has: key => running.has(key),
    async idle() {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}
