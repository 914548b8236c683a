/**
 * The shop's own view of its orders, with the deeds that only the shop may do: refunds, and what becomes of held money.
 * Behind a key that is printed at the start; a real shop has its own log-in here.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { OrderKnowledge } from './order-knowledge.ts';
import type { Order } from './orders.ts';
import { deniedPage } from './pages/denied-page.ts';
import { notFoundPage } from './pages/not-found-page.ts';
import { staffOrderListPage, staffOrderPage } from './pages/staff-pages.ts';
import type { ProxyAnswer, ProxyClient } from './proxy-client.ts';
import { inCountry, readVisitor } from './visitor.ts';

export interface StaffDeps {
  readonly key: string;
  readonly proxy: ProxyClient;
  readonly orders: { find(id: string): Order | undefined; all(): readonly Order[] };
  readonly knowledge: OrderKnowledge;
  /** For the forms: pressing twice is one refund. */
  readonly newId: () => string;
}

const isId = /^[\w-]{8,64}$/;

export function createStaffPages({ key, proxy, orders, knowledge, newId }: StaffDeps): Hono {
  const staff = new Hono();

  staff.get('/', (c, next) => {
    const given = c.req.query('key');
    if (given === undefined) return next();
    if (!isSame(given, key)) return c.html(deniedPage(readVisitor(c)), 403);
    setCookie(c, 'staff', key, { path: '/admin', httpOnly: true, sameSite: 'Strict' });
    return Promise.resolve(c.redirect('/admin', 303));
  });

  staff.use(async (c, next) => {
    if (isSame(getCookie(c, 'staff') ?? '', key)) return next();
    return c.html(deniedPage(readVisitor(c)), 403);
  });

  staff.get('/', c => c.html(staffOrderListPage(readVisitor(c), orders.all())));

  staff.get('/orders/:order', async c => {
    const visitor = readVisitor(c);
    const order = orders.find(c.req.param('order'));
    if (!order) return c.html(notFoundPage(visitor), 404);
    const isLive = c.req.query('live') !== undefined;
    const known = isLive ? knowledge.of(order) : await knowledge.read(order);
    const note = c.req.query('note') ?? null;
    return c.html(staffOrderPage(inCountry(visitor, order.country), order, known, { note, formId: newId() }));
  });

  /** Reads the form, does the deed, and leads back to the page with a word about it. */
  async function act(
    c: Context,
    deed: (token: string, fields: Fields, id: string) => Promise<ProxyAnswer<null>>,
  ) {
    const order = orders.find(c.req.param('order') ?? '');
    if (!order) return c.html(notFoundPage(readVisitor(c)), 404);
    const form = await c.req.parseBody();
    const id = String(form['form'] ?? '');
    const amount = readAmount(form['amount']);
    if (!isId.test(id) || amount === 'wrong') return back(c, order, 'validation_failed');
    const pixKey = typeof form['pix_key'] === 'string' ? form['pix_key'].trim() : '';
    const fields = {
      ...(amount !== null && { amount }),
      ...(pixKey !== '' && { pix_key: pixKey }),
    };
    const answer = await deed(order.paymentToken, fields, id);
    return back(c, order, 'refusal' in answer ? answer.refusal.code : 'done');
  }

  staff.post('/orders/:order/refund', c => act(c, (token, fields, id) => proxy.refund(token, fields, id)));
  staff.post('/orders/:order/capture', c =>
    act(c, (token, { amount }, id) => proxy.capture(token, amount === undefined ? {} : { amount }, id)),
  );
  staff.post('/orders/:order/cancel', c => act(c, (token, _, id) => proxy.cancel(token, id)));

  return staff;
}

interface Fields {
  readonly amount?: number;
  readonly pix_key?: string;
}

function back(c: Context, order: Order, note: string): Response {
  return c.redirect(`/admin/orders/${order.id}?note=${encodeURIComponent(note)}`, 303);
}

/**
 * As people write it: `10`, `10,50`, `10.50`, `1.234,56`. A mark with one or two digits after it at the end is the decimal
 * one. Null when nothing was written: then it is the whole.
 */
export function readAmount(text: unknown): number | null | 'wrong' {
  if (typeof text !== 'string' || text.trim() === '') return null;
  const [, whole = '', mark = '', decimals = '0'] = /^(.*?)(?:([.,])(\d{1,2}))?$/.exec(text.trim()) ?? [];
  const isPlain = /^\d+$/.test(whole);
  const isGrouped = /^\d{1,3}([.,\s])\d{3}(\1\d{3})*$/.exec(whole);
  if (!isPlain && (!isGrouped || isGrouped[1] === mark)) return 'wrong';
  const amount = Number(`${whole.replace(/\D/g, '')}.${decimals}`);
  return amount > 0 ? amount : 'wrong';
}

/** Compares hashes, because their lengths are equal and tell nothing. */
function isSame(given: string, key: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(key));
}
