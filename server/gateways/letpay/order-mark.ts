/** The mark in an order’s `extra_data`, by which the order is found when its answer was lost. */
import type { OrderRequest } from '../../contract/order.ts';
import { fieldsOf } from '../fields.ts';

/** Not the name of a one-step payment’s mark: that payment is a part of its checkout, an order is a checkout’s own. */
const markName = 'letpay_checkout_order';

/** The order’s `extra_data` with the mark in it. */
export function markedExtraData(order: OrderRequest, mark: string): object {
  return { ...order.extra_data, [markName]: mark };
}

/** True, false, or null where LetPay does not repeat what was sent along. */
export function hasMark(body: unknown, mark: string): boolean | null {
  const extra = fieldsOf(body)['extra_data'];
  return extra === undefined || extra === null ? null : fieldsOf(extra)[markName] === mark;
}
