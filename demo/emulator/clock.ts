/**
 * The emulator's clock: it walks with the real one and can be moved forward, so that expiry, retries and token life can
 * be seen without waiting. Every delayed effect of the emulator (an outcome, a callback, a late answer) is a task here.
 */

export interface Clock {
  /** Milliseconds since 1970 by this clock. */
  readonly now: () => number;
  /** Runs `task` in `ms` milliseconds of this clock; the answer takes it back. */
  readonly after: (ms: number, task: () => void | Promise<void>) => () => void;
  /** Resolves after `ms` milliseconds of this clock, or at once when the clock is reset. */
  readonly sleep: (ms: number) => Promise<void>;
  /** Moves the clock forward and runs what falls due on the way, in order, each at its own time. */
  readonly advance: (ms: number) => Promise<void>;
  /** Resolves once no task is running; tasks that are not due yet are left alone. */
  readonly idle: () => Promise<void>;
  /** Forgets every task and walks with the real clock again. */
  readonly reset: () => void;
}

interface Task {
  readonly due: number;
  readonly order: number;
  readonly run: () => void | Promise<void>;
  /** Called instead of `run` when the clock is reset. */
  readonly dropped: () => void;
}

/** `setTimeout` overflows beyond 2^31-1 ms, so a far task is looked at again on the way. */
const longestTimer = 3_600_000;

/** @param realNow the clock underneath, in milliseconds since 1970. */
export function createClock(realNow: () => number): Clock {
  let offset = 0;
  let order = 0;
  let timer: NodeJS.Timeout | undefined;
  let advancing: Promise<void> = Promise.resolve();
  const waiting = new Set<Task>();
  const running = new Set<Promise<void>>();

  const now = () => realNow() + offset;

  const next = () => [...waiting].sort((a, b) => a.due - b.due || a.order - b.order).at(0);

  function start(task: Task): void {
    waiting.delete(task);
    const run = Promise.resolve()
      .then(task.run)
      .catch(() => undefined)
      .finally(() => running.delete(run));
    running.add(run);
  }

  function arm(): void {
    clearTimeout(timer);
    const task = next();
    if (task === undefined) return;
    timer = setTimeout(runDue, Math.min(Math.max(task.due - now(), 0), longestTimer));
    timer.unref();
  }

  function runDue(): void {
    for (let task = next(); task !== undefined && task.due <= now(); task = next()) start(task);
    arm();
  }

  async function idle(): Promise<void> {
    while (running.size > 0) await Promise.all(running);
  }

  function add(ms: number, run: Task['run'], dropped: () => void = () => undefined): () => void {
    const task: Task = { due: now() + ms, order: order++, run, dropped };
    waiting.add(task);
    arm();
    return () => {
      waiting.delete(task);
    };
  }

  async function advanceNow(ms: number): Promise<void> {
    const target = now() + ms;
    await idle();
    for (let task = next(); task !== undefined && task.due <= target; task = next()) {
      offset += Math.max(task.due - now(), 0);
      start(task);
      await idle();
    }
    offset += Math.max(target - now(), 0);
    arm();
  }

  return {
    now,
    after: (ms, run) => add(ms, run),
    sleep: ms => new Promise(resolve => add(ms, resolve, resolve)),
    advance(ms) {
      advancing = advancing.then(() => advanceNow(ms));
      return advancing;
    },
    idle,
    reset() {
      const dropped = [...waiting];
      waiting.clear();
      for (const task of dropped) task.dropped();
      clearTimeout(timer);
      offset = 0;
    },
  };
}
