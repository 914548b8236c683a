/**
 * What the shop knows of an order: what it read from the proxy when somebody opened a page, and what it was told by
 * webhook since. A page that is open is kept up by webhooks alone; nothing is polled.
 */
import type { OrderEvent, OrderEvents } from './order-events.ts';
import type { Order } from './orders.ts';
import type { OrderReport, ProxyClient } from './proxy-client.ts';

export interface KnownOrder {
  /** Null when the proxy could not be read and nothing was told. */
  readonly report: OrderReport | null;
  readonly events: readonly OrderEvent[];
}

export interface OrderKnowledge {
  /** Asks the proxy. */
  read(order: Order): Promise<KnownOrder>;
  /** Asks nobody. */
  of(order: Order): KnownOrder;
}

export function createOrderKnowledge(proxy: ProxyClient, events: OrderEvents): OrderKnowledge {
  const readings = new Map<string, OrderReport>();
  const newestOf = (token: string) => events.of(token).at(-1);

  function known({ paymentToken: token }: Order): KnownOrder {
    const reading = readings.get(token) ?? null;
    const newest = newestOf(token);
    const isNews = newest !== undefined && newest.data.sequence > (reading?.sequence ?? 0);
    return {
      report: isNews ? withEvent(reading, newest) : reading,
      events: events.of(token),
    };
  }

  return {
    async read(order) {
      const answer = await proxy.readOrder(order.paymentToken);
      if ('refusal' in answer) return { report: null, events: events.of(order.paymentToken) };
      readings.set(order.paymentToken, answer.value);
      return known(order);
    },
    of: known,
  };
}

function withEvent(report: OrderReport | null, { data }: OrderEvent): OrderReport {
  const { sequence, status, verifying, method, currency, amount_received, refunded_amount } = data;
  const { paid_twice, attempt } = data;
  const told = { sequence, status, verifying, method, currency, amount_received, refunded_amount };
  // Of what was held the buyer owes what was captured.
  const captured = report?.status === 'PRE_AUTHORIZED' ? amount_received : null;
  return {
    totals: null,
    ...report,
    ...told,
    paid_twice,
    attempt,
    ...(captured && { amount_owed: captured }),
  };
}
