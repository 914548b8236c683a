/**
 * The demo shop: what a merchant builds around `<letpay-checkout>`. Pages are rendered here; the merchant key stays here;
 * the browser gets a payment token and talks to the proxy by itself.
 */
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { createAssets } from './assets.ts';
import { readBuyer, sampleBuyer } from './buyer.ts';
import { isBeyondCash, linesOf, totalOf, withQuantity } from './cart.ts';
import { createCustomers } from './customers.ts';
import { createEmulatorControls } from './emulator-controls.ts';
import { createOrderEvents } from './order-events.ts';
import { createOrderKnowledge } from './order-knowledge.ts';
import { orderNews } from './order-news.ts';
import { createOrderBook, refusedFields } from './orders.ts';
import { cartPage } from './pages/cart-page.ts';
import { checkoutPage } from './pages/checkout-page.ts';
import { notFoundPage } from './pages/not-found-page.ts';
import { orderPage } from './pages/order-page.ts';
import { payPage, type WidgetSource } from './pages/pay-page.ts';
import { productListPage } from './pages/product-list.ts';
import { createPanel } from './panel.ts';
import { isProductId } from './products.ts';
import { createProxyClient } from './proxy-client.ts';
import { type SecurityVariables, securityHeaders } from './security-headers.ts';
import { createStaffPages } from './staff.ts';
import { customerOf, inCountry, readVisitor, rememberCart } from './visitor.ts';
import { createWebhooks } from './webhooks.ts';

export interface ShopDeps {
  /** Where the browser and this backend reach the proxy, for example `http://127.0.0.1:8787`. */
  readonly proxyUrl: string;
  readonly merchantKey: string;
  /** The proxy's MERCHANT_WEBHOOK_SECRET. */
  readonly webhookSecret: string;
  /** Whoever knows it sees the shop's own pages. */
  readonly staffKey: string;
  readonly emulatorUrl: string;
  /** A function is asked anew for every pay page. */
  readonly widget: WidgetSource | (() => Promise<WidgetSource>);
  readonly fetch: typeof globalThis.fetch;
  /** An unguessable UUID: whoever knows an order's id sees the order. */
  readonly newId: () => string;
}

const orderId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function createShop(deps: ShopDeps): Hono<{ Variables: SecurityVariables }> {
  const proxy = createProxyClient(deps.proxyUrl, deps.merchantKey, deps.fetch);
  const orders = createOrderBook(proxy, deps.newId);
  const customers = createCustomers(proxy);
  const emulator = createEmulatorControls(deps.emulatorUrl, deps.fetch);
  const events = createOrderEvents();
  const knowledge = createOrderKnowledge(proxy, events);

  const shop = new Hono<{ Variables: SecurityVariables }>();
  shop.use(securityHeaders(deps.proxyUrl));
  shop.route('/', createAssets());
  shop.route('/webhooks', createWebhooks(deps.webhookSecret, events));
  shop.use(csrf());
  shop.use(async (c, next) => {
    await next();
    // Going back must draw a form anew, with a new order id in it.
    c.header('Cache-Control', 'no-store');
  });

  shop.get('/', c => c.html(productListPage(readVisitor(c))));
  shop.get('/cart', c => c.html(cartPage(readVisitor(c))));

  shop.post('/cart/add', async c => {
    const { cart } = readVisitor(c);
    const { product } = await c.req.parseBody();
    if (typeof product !== 'string' || !isProductId(product)) return c.text('Unknown product', 400);
    rememberCart(c, withQuantity(cart, product, (cart.get(product) ?? 0) + 1));
    return c.redirect('/cart', 303);
  });

  shop.post('/cart/quantity', async c => {
    const { cart } = readVisitor(c);
    const { product, quantity } = await c.req.parseBody();
    if (typeof product !== 'string' || !isProductId(product)) return c.text('Unknown product', 400);
    if (typeof quantity !== 'string' || !/^\d$/.test(quantity)) return c.text('Unknown quantity', 400);
    rememberCart(c, withQuantity(cart, product, Number(quantity)));
    return c.redirect('/cart', 303);
  });

  shop.get('/checkout', c => {
    const visitor = readVisitor(c);
    if (visitor.cart.size === 0) return c.redirect('/cart', 303);
    return c.html(
      checkoutPage(visitor, { orderId: deps.newId(), form: sampleBuyer(visitor.country), wrong: [] }),
    );
  });

  shop.post('/checkout', async c => {
    const visitor = readVisitor(c);
    const { country, cart } = visitor;
    const lines = linesOf(cart, country);
    if (lines.length === 0 || isBeyondCash(totalOf(lines), country)) return c.redirect('/cart', 303);

    const fields = await c.req.parseBody();
    const read = readBuyer(fields, country);
    if ('wrong' in read) {
      return c.html(checkoutPage(visitor, { orderId: deps.newId(), ...read }), 422);
    }
    const id = String(fields.order);
    const customer = customerOf(c, deps.newId);
    const placing = await orders.place({
      id: orderId.test(id) ? id : deps.newId(),
      country,
      lines,
      buyer: read.buyer,
      personId: await customers.personOf(customer),
      origin: new URL(c.req.url).origin,
    });
    if ('refusal' in placing) {
      const { refusal } = placing;
      const { buyer } = read;
      const { address, outcome, gateway, hold } = buyer;
      const form = { person: buyer, address, outcome, gateway, hold };
      const page = { orderId: deps.newId(), form, wrong: refusedFields(refusal), refusal };
      return c.html(checkoutPage(visitor, page), 502);
    }
    customers.ordered(customer, placing.order);
    rememberCart(c, new Map());
    return c.redirect(`/pay/${placing.order.id}`, 303);
  });

  shop.get('/pay/:order', async c => {
    const visitor = readVisitor(c);
    const order = orders.find(c.req.param('order'));
    if (!order) return c.html(notFoundPage(visitor), 404);
    const widget = typeof deps.widget === 'function' ? await deps.widget() : deps.widget;
    return c.html(
      payPage(inCountry(visitor, order.country), order, {
        widget,
        proxyUrl: deps.proxyUrl,
        styleNonce: c.get('styleNonce'),
      }),
    );
  });

  shop.get('/orders/:order', async c => {
    const visitor = readVisitor(c);
    const order = orders.find(c.req.param('order'));
    if (!order) return c.html(notFoundPage(visitor), 404);
    const known = c.req.query('live') === undefined ? await knowledge.read(order) : knowledge.of(order);
    return c.html(orderPage(inCountry(visitor, order.country), order, known));
  });

  shop.get('/orders/:order/news', c => {
    const order = orders.find(c.req.param('order'));
    return order ? orderNews(c, events, order.paymentToken) : c.notFound();
  });

  shop.route('/admin', createStaffPages({ key: deps.staffKey, proxy, orders, knowledge, newId: deps.newId }));

  shop.route(
    '/panel',
    createPanel(emulator, id => orders.find(id)),
  );

  shop.notFound(c => c.html(notFoundPage(readVisitor(c)), 404));
  return shop;
}
