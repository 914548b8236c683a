/** What the shop's backend knows of an order. Only this, and never an event in the page, would make it ship. */
import { html } from 'hono/html';
import { formatMajor } from '../money.ts';
import type { Order } from '../orders.ts';
import type { Markup } from '../pictures.ts';
import type { OrderReport } from '../proxy-client.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';
import { summaryLines } from './order-summary.ts';

/** Statuses after which no more money is expected from the buyer. */
const settled = new Set(['PAID', 'PRE_AUTHORIZED', 'PARTIALLY_REFUNDED', 'REFUNDED']);

/** `report` is null when the proxy could not be read. */
export function orderPage(visitor: Visitor, order: Order, report: OrderReport | null): Markup {
  const { texts } = visitor;
  return layout(visitor, {
    title: `${texts.order.title} ${order.reference}`,
    countryIsFixed: true,
    content: html`<h1>${texts.order.title} ${order.reference}</h1>
      <div class="with-side">
        <section class="box">
          ${report ? reportList(visitor, report) : html`<p class="notice" role="alert">${texts.order.unavailable}</p>`}
          <p class="buttons">
            <a class="button secondary" href="/orders/${order.id}">${texts.order.update}</a>
            ${report && settled.has(report.status) ? '' : html`<a class="button secondary" href="/pay/${order.id}">${texts.order.toPayment}</a>`}
            <a class="button secondary" href="/">${texts.shop.backToShop}</a>
          </p>
          <p class="hint">${texts.order.source}</p>
        </section>
        <aside class="box"><h2>${texts.pay.summary}</h2>${summaryLines(order.lines, visitor)}</aside>
      </div>`,
  });
}

function reportList({ texts, locale }: Visitor, report: OrderReport): Markup {
  const words = texts.order;
  const money = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? '–' : formatMajor(amount, report.currency, locale);
  const status = report.verifying ? 'UNKNOWN' : report.status;
  return html`${report.paid_twice ? html`<p class="notice" role="alert">${words.paidTwice}</p>` : ''}
    <dl class="report">
      <div><dt>${words.status}</dt><dd><span class="status" data-status="${status}">${words.statuses[status] ?? status}</span></dd></div>
      <div><dt>${words.method}</dt><dd>${report.method === null ? '–' : (words.methods[report.method] ?? report.method)}</dd></div>
      <div><dt>${words.due}</dt><dd>${money(report.totals?.customer_amount)}</dd></div>
      <div><dt>${words.received}</dt><dd>${money(report.amount_received)}</dd></div>
      <div><dt>${words.refunded}</dt><dd>${money(report.refunded_amount)}</dd></div>
      <div><dt>${words.attempts}</dt><dd>${report.attempt}</dd></div>
    </dl>`;
}
