/**
 * The pages behind an invoice's links. They stand for whatever really takes the money there. The documents name no address
 * to send the shopper back to, so these pages have none either: the shopper goes back by themselves.
 */
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { asText } from '../letpay/money.ts';
import { paymentMethods } from './account.ts';
import type { Invoice, Word } from './invoice.ts';
import type { Invoices } from './invoices.ts';

export interface PageSettings {
  readonly invoices: Invoices;
  readonly move: (invoice: Invoice, status: Word) => Invoice;
  readonly now: () => number;
}

export function letsiaPages({ invoices, move, now }: PageSettings): Hono {
  const app = new Hono();

  function found(c: Context, show: (invoice: Invoice) => Response | Promise<Response>) {
    const invoice = invoices.find(c.req.param('code') ?? '');
    return invoice ? show(invoice) : c.html(page('No such invoice', html``), 404);
  }

  app.get('/invoice/:code', c => found(c, invoice => c.html(invoicePage(invoice, now()))));
  app.get('/pay/:code/:method', c =>
    found(c, invoice => c.html(payPage(invoice, paymentMethods.get(Number(c.req.param('method'))) ?? ''))),
  );
  app.post('/pay/:code/:method', async c => {
    const { outcome } = await c.req.parseBody();
    return found(c, invoice => {
      if (invoice.status === 'pending') move(invoice, outcome === 'paid' ? 'paid' : 'failed');
      return c.redirect(c.req.path, 303);
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

function facts({ title, amount, status }: Invoice): Markup {
  return html`<p>${title} · ${asText(amount)} · <strong id="status">${status}</strong></p>`;
}

/** Before its methods have links, an invoice's own page has nothing to pay with. */
function invoicePage(invoice: Invoice, now: number): Markup {
  const ready = invoice.linkAt !== null && invoice.linkAt <= now && invoice.status === 'pending';
  const links = ready
    ? invoice.methods.map(
        id => html`<li><a href="/letsia/pay/${invoice.code}/${id}">${paymentMethods.get(id) ?? ''}</a></li>`,
      )
    : '';
  return page('Letsia invoice', html`${facts(invoice)}<ul>${links}</ul>`);
}

function payPage(invoice: Invoice, method: string): Markup {
  const buttons = html`<form method="post">
    <button name="outcome" value="paid">Pay</button>
    <button name="outcome" value="failed">Let it fail</button>
  </form>
  <p>To leave without paying, go back.</p>`;
  const over = html`<p>Nothing is left to do here. Go back to the shop.</p>`;
  return page(`Letsia · ${method}`, html`${facts(invoice)}${invoice.status === 'pending' ? buttons : over}`);
}
