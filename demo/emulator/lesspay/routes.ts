/** Lesspay's pay-in API as a Hono app ("API List"). */
import { type Context, Hono } from 'hono';
import { type Account, credentials } from './account.ts';
import { type Body, createdBody, queryBody, type Refusal, refused } from './bodies.ts';
import type { Order } from './order.ts';
import { type CreateFields, readCreate, readQuery } from './order-fields.ts';
import type { Orders } from './orders.ts';
import { sign } from './signature.ts';

export interface RouteSettings {
  readonly orders: Orders;
  /** As it is at this moment. */
  readonly account: () => Account;
  readonly open: (fields: CreateFields) => Order;
}

const unsigned: Refusal = { status: 401, code: 5004, msg: 'invalid app id or signature' };
const parameterError = (detail: string): Refusal => ({
  status: 400,
  code: 11,
  msg: `parameter error: ${detail}`,
});

export function lesspayRoutes({
  orders,
  account,
  open,
}: RouteSettings): Hono<{ Variables: { fields: Body } }> {
  const app = new Hono<{ Variables: { fields: Body } }>();
  const refuse = (c: Context, refusal: Refusal) => c.json(refused(refusal), refusal.status);
  const cashierOf = (c: Context) => `${new URL(c.req.url).origin}/lesspay/cashier`;

  app.post('/api/*', async (c, next) => {
    const fields: unknown = await c.req.json().catch(() => undefined);
    if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
      return refuse(c, parameterError('body'));
    }
    const isKnown = c.req.header('x-auth-appid') === credentials.appId;
    const isTimed = /^\d{13}$/.test(c.req.header('x-auth-timestamp') ?? '');
    if (!isKnown || !isTimed || c.req.header('x-auth-signature') !== sign(fields as Body)) {
      return refuse(c, unsigned);
    }
    c.set('fields', fields as Body);
    return next();
  });

  app.post('/api/global/v1/pay/create-order', c => {
    const fields = readCreate(c.get('fields'));
    if ('complaint' in fields) return refuse(c, parameterError(fields.complaint));
    const known = orders.find(fields.value.request_id);
    if (known) {
      orders.update(known.requestId, { received: known.received + 1 });
      return refuse(c, { status: 200, code: 1201, msg: 'duplicate data' });
    }
    const order = open(fields.value);
    return c.json(createdBody(order, `${cashierOf(c)}/${order.payOrderId}`, account()));
  });

  app.post('/api/global/v1/pay/query-order', c => {
    const fields = readQuery(c.get('fields'));
    if ('complaint' in fields) return refuse(c, parameterError(fields.complaint));
    const { page, page_size, start_time, end_time, request_id, pay_order_id } = fields.value;
    const found = orders
      .list()
      .filter(order => order.createdAt >= start_time && order.createdAt <= end_time)
      .filter(order => request_id === undefined || order.requestId === request_id)
      .filter(order => pay_order_id === undefined || order.payOrderId === pay_order_id);
    const { absent } = account();
    if (found.length === 0 && absent === '1202')
      return refuse(c, { status: 200, code: 1202, msg: 'data not found' });
    if (found.length === 0 && absent === '5003')
      return refuse(c, { status: 200, code: 5003, msg: 'record not found' });
    return c.json(queryBody(found, page, page_size, cashierOf(c), account()));
  });

  app.all('*', c => refuse(c, { status: 404, code: 10, msg: 'no such address' }));
  return app;
}
