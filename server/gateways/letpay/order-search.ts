/**
 * Finds an order at LetPay whose answer was lost: by the mark that went along in `extra_data`, among the payments with the
 * merchant’s reference (facts section 4.2).
 */
import type { OrderRequest } from '../../contract/order.ts';
import { fieldsOf } from '../fields.ts';
import type { CallContext, OrderSearch, OrderSearchOutcome } from '../gateway.ts';
import { AnswerLost, causeOf, isOk } from '../psp-http.ts';
import type { LetPayClient } from './client.ts';
import { readErrors } from './failure.ts';
import { hasMark } from './order-mark.ts';
import { readPaymentToken } from './translate.ts';

const noSuchPayment = '00.01.0038';

/** Longer than LetPay’s answer to a new order takes on a bad day. A late second order could be paid by nobody. */
const unmadeAfterMs = 60_000;

/** So many payments of one reference are asked about one by one when the list does not repeat `extra_data`. */
const askedOneByOne = 10;

export function letpayOrderSearch({ call }: Pick<LetPayClient, 'call'>): OrderSearch {
  async function read(route: string, ids: Readonly<Record<string, string>>, context: CallContext) {
    const request = { method: 'GET', route, ids } as const;
    // A read changes nothing: one more try on a connection that the PSP had closed.
    return call(request, context).catch(error => {
      if (error instanceof AnswerLost) return call(request, context);
      throw error;
    });
  }

  async function find(order: OrderRequest, mark: string, context: CallContext): Promise<OrderSearchOutcome> {
    const ids = { reference_id: order.reference_id };
    const list = await read('/payment/reference/{reference_id}', ids, context);
    if (readErrors(list.body).some(({ code }) => code === noSuchPayment)) return { kind: 'none' };
    const rows = fieldsOf(list.body)['payments'];
    if (!isOk(list) || !Array.isArray(rows)) return { kind: 'unreadable', cause: `status ${list.status}` };
    let bodies: readonly unknown[] = rows;
    if (rows.length > 0 && rows.every(row => hasMark(row, mark) === null)) {
      const tokens = rows.map(readPaymentToken).filter(token => token !== null);
      const asked = tokens.slice(-askedOneByOne).map(token => read('/payment/{token}', { token }, context));
      bodies = (await Promise.all(asked)).map(({ body }) => body);
    }
    const ours = bodies.find(body => hasMark(body, mark) === true);
    const token = readPaymentToken(ours);
    if (token !== null) return { kind: 'found', order: unreadOrder(token, order, ours) };
    return ours === undefined && bodies.every(body => hasMark(body, mark) !== null)
      ? { kind: 'none' }
      : { kind: 'unreadable', cause: 'no marks' };
  }

  return {
    unmadeAfterMs,
    find: (order, mark, context) =>
      find(order, mark, context).catch(error => ({ kind: 'unreadable', cause: causeOf(error) })),
  };
}

/** No status answer names prices or methods. */
function unreadOrder(token: string, order: OrderRequest, body: unknown) {
  const { currency } = fieldsOf(body);
  return {
    token,
    currency: typeof currency === 'string' ? currency : (order.payment_currency ?? order.asset),
    offer: { methods: null, installments: [], totals: null, customerFees: [] },
  };
}
