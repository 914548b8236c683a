/**
 * Runs each step, whatever the others do: what one throws becomes an uncaught error of the page, where monitoring sees it,
 * and keeps nothing else from running. For what decorates a payment: focus, events, custom states, the trace.
 */
export function runEach(...steps: readonly (() => void)[]): void {
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      setTimeout(() => {
        throw error;
      });
    }
  }
}
