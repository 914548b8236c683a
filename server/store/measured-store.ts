/** A store whose operations are timed. */
import type { Clock } from '../clock.ts';
import type { Store } from './store.ts';

export function measuredStore(
  store: Store,
  monotonic: Clock,
  observe: (operation: string, ms: number) => void,
): Store {
  function timed<A extends unknown[], T>(
    name: string,
    run: (...args: A) => Promise<T>,
  ): (...args: A) => Promise<T> {
    return (...args) => {
      const started = monotonic();
      return run(...args).finally(() => observe(name, monotonic() - started));
    };
  }
  return {
    ...store,
    create: timed('create', store.create),
    find: timed('find', store.find),
    findByAttempt: timed('find_by_attempt', store.findByAttempt),
    advance: timed('advance', store.advance),
    takeDue: timed('take_due', store.takeDue),
    setDue: timed('set_due', store.setDue),
    claimOrderKey: timed('claim_order_key', store.claimOrderKey),
  };
}
