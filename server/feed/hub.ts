/** Who is looking at which checkout, within this process. */
import type { CheckoutRecord } from '../checkout/checkout-record.ts';

export interface Hub {
  /** Tells everybody who looks at the record’s checkout. */
  publish(record: CheckoutRecord): void;
  /** Calls `onChange` until the returned function is called. */
  subscribe(token: string, onChange: (record: CheckoutRecord) => void): () => void;
  /** Somebody has a feed open on this checkout. */
  isWatched(token: string): boolean;
  readonly openFeeds: number;
  close(): void;
}

export function createHub(): Hub {
  const subscribers = new Map<string, Set<(record: CheckoutRecord) => void>>();
  let openFeeds = 0;
  return {
    publish(record) {
      for (const onChange of subscribers.get(record.token) ?? []) onChange(record);
    },
    subscribe(token, onChange) {
      const others = subscribers.get(token);
      if (others) others.add(onChange);
      else subscribers.set(token, new Set([onChange]));
      openFeeds += 1;
      return () => {
        const present = subscribers.get(token);
        if (!present?.delete(onChange)) return;
        openFeeds -= 1;
        if (present.size === 0) subscribers.delete(token);
      };
    },
    isWatched: token => subscribers.has(token),
    get openFeeds() {
      return openFeeds;
    },
    close: () => subscribers.clear(),
  };
}
