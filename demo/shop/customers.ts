/**
 * Who comes back. A customer is known here by a cookie, where a real shop has its accounts; what the payment provider
 * calls the same customer is in the order view once a card was stored (`stored_card`), and named in the next order.
 */
import type { Order } from './orders.ts';
import type { ProxyClient } from './proxy-client.ts';

export interface Customers {
  /** The provider's id of the person whose cards may be offered; null while none is known. */
  personOf(customer: string): Promise<string | null>;
  ordered(customer: string, order: Order): void;
}

export function createCustomers(proxy: Pick<ProxyClient, 'readOrder'>): Customers {
  const persons = new Map<string, string>();
  /** The last order of each, until it is known whether a card was stored with it. */
  const lastOrders = new Map<string, Order>();

  return {
    async personOf(customer) {
      const order = lastOrders.get(customer);
      const answer = order && (await proxy.readOrder(order.paymentToken));
      const stored = answer && 'value' in answer ? answer.value.stored_card : null;
      if (stored) {
        persons.set(customer, stored.public_person_id);
        lastOrders.delete(customer);
      }
      return persons.get(customer) ?? null;
    },
    ordered(customer, order) {
      lastOrders.set(customer, order);
    },
  };
}
