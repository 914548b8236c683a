/** Lesspay 2.0 as one of the emulator's PSPs: its state, its routes, its page and its own controls. */
import { Hono } from 'hono';
import { z } from 'zod';
import type { Callback } from '../callbacks.ts';
import type { Clock } from '../clock.ts';
import { asNumber } from '../letpay/money.ts';
import type { LedgerRow, Psp } from '../psp.ts';
import { digits, type Random } from '../random.ts';
import type { Stats } from '../stats.ts';
import { type Account, absences, linkPlaces, usualAccount, wordings } from './account.ts';
import { type Body, orderBody, refused } from './bodies.ts';
import { lesspayCashier } from './cashier.ts';
import { type Code, codeFor, isPending, ledgerStatus, type Order } from './order.ts';
import type { CreateFields } from './order-fields.ts';
import { createOrders } from './orders.ts';
import { lesspayRoutes } from './routes.ts';
import { sign } from './signature.ts';

export interface LesspayParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly stats: Stats;
  readonly notify: (callback: Callback) => void;
}

const path = '/lesspay';
/** An order that nobody pays is closed; the documents name no time. */
const orderLifeMs = 24 * 3_600_000;

const accountBody = z
  .object({
    link: z.enum(linkPlaces),
    query_link: z.boolean(),
    words: z.enum(wordings),
    absent: z.enum(absences),
    webhooks: z.boolean(),
  })
  .partial();

export function createLesspay({ clock, random, stats, notify }: LesspayParts): Psp {
  const orders = createOrders();
  let account: Account = usualAccount;

  /** "Payin webhook". `SUCCESS` is the only receipt; the steps of the repetition are the emulator's. */
  function tell(order: Order, more: Body = {}): void {
    const body = { ...orderBody(order, account), ...more };
    if (!account.webhooks) return;
    notify({ url: order.notifyUrl, body, headers: { 'x-auth-signature': sign(body) }, receipt: 'SUCCESS' });
  }

  function move(order: Order, status: Code, amountReceived?: number): Order {
    const inFull = status === 2 ? order.amount : order.amountReceived;
    const moved =
      orders.update(order.requestId, { status, amountReceived: amountReceived ?? inFull }) ?? order;
    tell(moved);
    return moved;
  }

  /** Events that do not change the status come with the same body and two fields more. */
  const declineCard = (order: Order) =>
    tell(order, { event: 'payment_declined', event_data: { response_code: '41101' } });
  const dispute = (order: Order) =>
    tell(order, { event: 'dispute_received', event_data: { category: 'fraudulent' } });

  function open(fields: CreateFields): Order {
    const order = orders.add({
      payOrderId: `P${digits(random, 19)}`,
      requestId: fields.request_id,
      amount: fields.target_amount,
      currency: fields.target_currency,
      productName: fields.product_name,
      description: fields.description,
      notifyUrl: fields.notify_url,
      successUrl: fields.success_url,
      failUrl: fields.fail_url,
      status: 1,
      amountReceived: 0,
      received: 1,
      createdAt: clock.now(),
    });
    clock.after(orderLifeMs, () => {
      const now = orders.find(order.requestId);
      if (now && isPending(now)) move(now, 6);
    });
    return order;
  }

  const routes = new Hono();
  routes.route('/', lesspayCashier({ orders, move, declineCard }));
  routes.route('/', lesspayRoutes({ orders, account: () => account, open }));

  const controls = new Hono();
  controls.post('/', async c => {
    const body = accountBody.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return c.json({ message: 'not a setting of the account' }, 400);
    const { link, query_link, words, absent, webhooks } = body.data;
    account = {
      link: link ?? account.link,
      queryLink: query_link ?? account.queryLink,
      words: words ?? account.words,
      absent: absent ?? account.absent,
      webhooks: webhooks ?? account.webhooks,
    };
    return c.json(account);
  });

  return {
    path,
    routes,
    controls,
    arrived: (method, called) => stats.called(`${method} ${called.replace(cashier, '$1{id}')}`),
    errorAnswer: (_path, status) => Response.json(refused({ code: 10, msg: 'system exception' }), { status }),
    ledger: reference =>
      orders
        .list()
        .filter(({ description }) => reference === undefined || description === reference)
        .map(ledgerRow),
    settle(token, status, amountReceived) {
      const order = orders.find(token);
      if (!order) return undefined;
      if (status === 'DISPUTE') {
        dispute(order);
        return ledgerRow(order);
      }
      const code = codeFor[status];
      if (code === undefined) return 'no_such_word';
      const received = amountReceived ?? (code === 12 ? Math.floor(order.amount / 2) : undefined);
      const differs = code === 2 && received !== undefined && received !== order.amount;
      return ledgerRow(move(order, differs ? 12 : code, received));
    },
    reset() {
      orders.clear();
      account = usualAccount;
    },
  };
}

const cashier = /^(\/lesspay\/cashier\/)[^/]+$/;

/** Lesspay has no reference of the merchant's but its description. */
function ledgerRow({ requestId, description, status, received, amountReceived }: Order): LedgerRow {
  return {
    payment_token: requestId,
    gateway: 'lesspay',
    reference_id: description,
    status: ledgerStatus[status],
    method: 'REDIRECT',
    send_received: received,
    send_accepted: 1,
    amount_received: asNumber(amountReceived),
    refunded_amount: status === 5 ? asNumber(amountReceived) : 0,
    card_last4: null,
  };
}
