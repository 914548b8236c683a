/** Failures that nobody owned: each of them would have ended a real process. */
import type { TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';

/** Listens until the test ends. The names of what nobody caught so far. */
export function unownedFailures(t: TestContext): () => Promise<string[]> {
  const names: string[] = [];
  const note = (error: unknown) => {
    names.push(error instanceof Error ? `${error.name} ${error.stack}` : String(error));
  };
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  t.after(() => {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  });
  return async () => {
    // Node tells of a rejection when the microtasks after it are done.
    await setImmediate();
    return names;
  };
}
