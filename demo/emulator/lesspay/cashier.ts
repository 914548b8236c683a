/** The page behind `checkout_url` ("Step 2: Redirect User"): it takes no card, it has a button for each way to leave it. */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { asText } from '../letpay/money.ts';
import { type Code, isPending, type Order, words } from './order.ts';
import type { Orders } from './orders.ts';

export interface CashierSettings {
  readonly orders: Orders;
  readonly move: (order: Order, status: Code) => Order;
  /** A card was declined, and the order stays payable ("Fraud & Dispute Webhook Notifications"). */
  readonly declineCard: (order: Order) => void;
}

export function lesspayCashier({ orders, move, declineCard }: CashierSettings): Hono {
  const app = new Hono();

  function found(c: Context, show: (order: Order) => Response | Promise<Response>) {
    const order = orders.findByPayOrderId(c.req.param('id') ?? '');
    return order ? show(order) : c.html(page('No such order', html``), 404);
  }

  app.get('/cashier/:id', c =>
    found(c, order => c.html(cashierPage(order, c.req.query('card') === 'declined'))),
  );

  app.post('/cashier/:id', async c => {
    const { way } = await c.req.parseBody();
    return found(c, order => {
      if (way === 'leave') return c.redirect(order.failUrl, 303);
      if (!isPending(order)) return c.redirect(c.req.path, 303);
      switch (way) {
        case 'pay':
          move(order, 2);
          return c.redirect(order.successUrl, 303);
        case 'fail':
          move(order, 3);
          return c.redirect(order.failUrl, 303);
        default:
          declineCard(order);
          return c.redirect(`${c.req.path}?card=declined`, 303);
      }
    });
  });
  return app;
}

type Markup = ReturnType<typeof html>;

function page(title: string, content: Markup): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title></head>
<body><main><h1>${title}</h1>${content}<p>This is a test page. No money moves.</p></main></body></html>`;
}

function cashierPage(order: Order, wasDeclined: boolean): Markup {
  const ways = isPending(order)
    ? html`<button name="way" value="pay">Pay</button>
      <button name="way" value="decline">Decline this card</button>
      <button name="way" value="fail">Let it fail</button>`
    : html``;
  return page(
    'Lesspay cashier',
    html`<p>${order.productName} · ${asText(order.amount)} ${order.currency} ·
        <strong id="status">${words[order.status]}</strong></p>
      ${wasDeclined ? html`<p role="alert">This card was declined. Another one may work.</p>` : ''}
      <form method="post">${ways} <button name="way" value="leave">Back to the shop</button></form>`,
  );
}
