/** The bodies of Lesspay's answers and webhooks. */
import { asText } from '../letpay/money.ts';
import type { Account } from './account.ts';
import { guideWords, isPending, type Order, words } from './order.ts';

export type Body = Readonly<Record<string, unknown>>;

/** "Error Codes": `code` and `msg`, beside an HTTP status. */
export interface Refusal {
  readonly status: 200 | 400 | 401 | 404 | 500;
  readonly code: number;
  readonly msg: string;
}

export const accepted = (data: unknown): Body => ({ msg: 'SUCCESS', code: 0, data });
export const refused = ({ code, msg }: Pick<Refusal, 'code' | 'msg'>): Body => ({ msg, code, data: null });

/** `payOrderDetailIdEncode` stands in the documents' sample; what it is for is not said. */
export function createdBody(order: Order, link: string, account: Account): Body {
  const orderData = { payOrderId: order.payOrderId, payOrderDetailIdEncode: order.requestId.slice(0, 8) };
  switch (account.link) {
    case 'order_data':
      return accepted({ order_data: { ...orderData, checkoutUrl: link } });
    case 'data':
      return accepted({ order_data: orderData, checkout_url: link });
    case 'nested':
      return accepted({ order_data: { ...orderData, pay_info: [{ checkout_url: link }] } });
    case 'none':
      return accepted({ order_data: orderData });
  }
}

/** What webhook and query-order say of an order. The name of the received amount is the emulator's. */
export function orderBody(order: Order, account: Account): Body {
  return {
    request_id: order.requestId,
    pay_order_id: order.payOrderId,
    order_status: (account.words === 'guide' ? guideWords : words)[order.status],
    order_status_int: order.status,
    target_currency: order.currency,
    target_amount: asText(order.amount),
    ...(order.amountReceived > 0 && { actual_amount: asText(order.amountReceived) }),
    product_name: order.productName,
    description: order.description,
  };
}

export function queryBody(
  found: readonly Order[],
  page: number,
  size: number,
  link: string,
  account: Account,
): Body {
  const rows = found.slice((page - 1) * size, page * size).map(order => ({
    ...orderBody(order, account),
    create_time: String(order.createdAt),
    ...(account.queryLink && isPending(order) && { checkout_url: `${link}/${order.payOrderId}` }),
  }));
  return accepted({ total: found.length, page, page_size: size, records: rows });
}
