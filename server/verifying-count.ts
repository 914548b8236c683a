/** Which submissions of this process have an unknown outcome. Another proxy may end such a doubt, and tells nobody here. */
import { newestAttempt } from './checkout/checkout.ts';
import type { CheckoutRecord } from './checkout/checkout-record.ts';
import type { Clock } from './clock.ts';
import type { Store } from './store/store.ts';

export interface VerifyingCount {
  /** A checkout that changed here. */
  note(record: CheckoutRecord): void;
  /** How many there are, after a look at those that nothing was heard of for a while. */
  count(): Promise<number>;
}

const lookAgainMs = 5_000;
const looksAtOnce = 200;

export function createVerifyingCount(find: Store['find'], monotonic: Clock): VerifyingCount {
  /** By the page’s token: when it was noted or looked at last; oldest first. */
  const seen = new Map<string, number>();

  function note(record: CheckoutRecord): void {
    seen.delete(record.token);
    if (newestAttempt(record).inDoubtSince !== null) seen.set(record.token, monotonic());
  }

  async function lookAgain(token: string): Promise<void> {
    const record = await find(token);
    if (record) note(record);
    else seen.delete(token);
  }

  return {
    note,
    async count() {
      const old = [...seen].filter(([, at]) => monotonic() - at >= lookAgainMs).slice(0, looksAtOnce);
      // What cannot be looked at stays counted.
      await Promise.allSettled(old.map(([token]) => lookAgain(token)));
      return seen.size;
    },
  };
}
