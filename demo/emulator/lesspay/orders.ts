/** Every order since start or reset. Orders are never changed in place. */
import type { Order } from './order.ts';

export interface Orders {
  readonly add: (order: Order) => Order;
  readonly find: (requestId: string) => Order | undefined;
  readonly findByPayOrderId: (payOrderId: string) => Order | undefined;
  readonly update: (requestId: string, change: Partial<Order>) => Order | undefined;
  /** In order of creation. */
  readonly list: () => readonly Order[];
  readonly clear: () => void;
}

export function createOrders(): Orders {
  const orders = new Map<string, Order>();
  return {
    add(order) {
      orders.set(order.requestId, order);
      return order;
    },
    find: requestId => orders.get(requestId),
    findByPayOrderId: wanted => [...orders.values()].find(({ payOrderId }) => payOrderId === wanted),
    update(requestId, change) {
      const order = orders.get(requestId);
      if (order === undefined) return undefined;
      const changed = { ...order, ...change };
      orders.set(requestId, changed);
      return changed;
    },
    list: () => [...orders.values()],
    clear() {
      orders.clear();
    },
  };
}
