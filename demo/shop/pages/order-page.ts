/** The buyer's order. Only what the shop's backend knows, and never an event in the page, would make it ship. */
import { html } from 'hono/html';
import type { KnownOrder } from '../order-knowledge.ts';
import type { Order } from '../orders.ts';
import type { Markup } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';
import { reportOf } from './order-report.ts';
import { summaryLines } from './order-summary.ts';
import { buyersTimeline } from './timeline.ts';

/** Statuses after which no more money is expected from the buyer. */
const settled = new Set(['PAID', 'PRE_AUTHORIZED', 'PARTIALLY_REFUNDED', 'REFUNDED']);

export function orderPage(visitor: Visitor, order: Order, { report, events }: KnownOrder): Markup {
  const { texts } = visitor;
  return layout(visitor, {
    title: `${texts.order.title} ${order.reference}`,
    countryIsFixed: true,
    head: html`<script type="module" src="/live.js"></script>`,
    content: html`<h1>${texts.order.title} ${order.reference}</h1>
      <div class="with-side" data-feed="/orders/${order.id}/news">
        <div class="side">
          <section class="box">
            <div class="live" id="report" data-live role="status">${reportOf(visitor, report)}</div>
            <div class="buttons" id="ways" data-live>
              <a class="button secondary without-script" href="/orders/${order.id}">${texts.order.update}</a>
              ${report && settled.has(report.status) ? '' : html`<a class="button secondary" href="/pay/${order.id}">${texts.order.toPayment}</a>`}
              <a class="button secondary" href="/">${texts.shop.backToShop}</a>
            </div>
            <p class="hint">${texts.order.source}</p>
          </section>
          <section class="box">
            <h2>${texts.order.timeline}</h2>
            <div class="live" id="timeline" data-live>${buyersTimeline(visitor, events)}</div>
          </section>
        </div>
        <aside class="box"><h2>${texts.pay.summary}</h2>${summaryLines(order.lines, visitor)}</aside>
      </div>`,
  });
}
