/**
 * What the shop was told of its orders by webhook, and who waits for news. In memory, as the orders are: a real shop has
 * a table here, with the webhook's id as its key.
 */
import { z } from 'zod';

/** Only what the shop shows; amounts are in major units. Fields that are not named here may come and go. */
export const orderEvent = z.object({
  type: z.string(),
  timestamp: z.iso.datetime(),
  data: z.object({
    payment_token: z.string(),
    /** Counts the events of an order from 1: they may come late, or in another order. */
    sequence: z.number().int().positive(),
    status: z.string(),
    verifying: z.boolean(),
    attempt: z.number(),
    method: z.string().nullable(),
    currency: z.string(),
    amount_received: z.number().nullable(),
    refunded_amount: z.number().nullable(),
    paid_twice: z.boolean(),
    refund: z.object({ amount: z.number(), status: z.string() }).optional(),
  }),
});

export type OrderEvent = z.infer<typeof orderEvent>;

export interface OrderEvents {
  /** False for an event that came before: webhooks are delivered at least once. */
  take(id: string, event: OrderEvent): boolean;
  /** In the order in which it happened, whatever the order in which it was told. */
  of(paymentToken: string): readonly OrderEvent[];
  /** Calls `onNews` after each event of the order, until the returned function is called. */
  subscribe(paymentToken: string, onNews: () => void): () => void;
}

export function createOrderEvents(): OrderEvents {
  const seen = new Set<string>();
  const events = new Map<string, OrderEvent[]>();
  const waiting = new Map<string, Set<() => void>>();

  return {
    take(id, event) {
      if (seen.has(id)) return false;
      seen.add(id);
      const token = event.data.payment_token;
      const known = [...(events.get(token) ?? []), event];
      events.set(
        token,
        known.sort((a, b) => a.data.sequence - b.data.sequence),
      );
      for (const onNews of waiting.get(token) ?? []) onNews();
      return true;
    },
    of: token => events.get(token) ?? [],
    subscribe(token, onNews) {
      const others = waiting.get(token) ?? new Set();
      waiting.set(token, others.add(onNews));
      return () => {
        others.delete(onNews);
        if (others.size === 0) waiting.delete(token);
      };
    },
  };
}

/** The numbers between 1 and the newest that have not come yet. */
export function missingOf(events: readonly OrderEvent[]): readonly number[] {
  const known = new Set(events.map(({ data }) => data.sequence));
  const newest = events.at(-1)?.data.sequence ?? 0;
  return Array.from({ length: newest }, (_, index) => index + 1).filter(number => !known.has(number));
}
