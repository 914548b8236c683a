/** How an order stands, as buyer and shop see it. */
import { html } from 'hono/html';
import { formatMajor } from '../money.ts';
import type { Markup } from '../pictures.ts';
import type { OrderReport } from '../proxy-client.ts';
import type { Visitor } from '../visitor.ts';

/** `report` is null when the proxy could not be read. */
export function reportOf(visitor: Visitor, report: OrderReport | null): Markup {
  const { texts, locale } = visitor;
  const words = texts.order;
  if (!report) return html`<p class="notice" role="alert">${words.unavailable}</p>`;
  const money = (amount: number | null | undefined) =>
    amount === null || amount === undefined ? '–' : formatMajor(amount, report.currency, locale);
  const status = report.verifying ? 'UNKNOWN' : report.status;
  return html`${report.paid_twice ? html`<p class="notice" role="alert">${words.paidTwice}</p>` : ''}
    <dl class="report">
      <div><dt>${words.status}</dt><dd><span class="status" data-status="${status}">${words.statuses[status] ?? status}</span></dd></div>
      <div><dt>${words.method}</dt><dd>${report.method === null ? '–' : (words.methods[report.method] ?? report.method)}</dd></div>
      <div><dt>${words.due}</dt><dd>${money(report.amount_owed ?? report.totals?.customer_amount)}</dd></div>
      <div><dt>${words.received}</dt><dd>${money(report.amount_received)}</dd></div>
      <div><dt>${words.refunded}</dt><dd>${money(report.refunded_amount)}</dd></div>
      <div><dt>${words.attempts}</dt><dd>${report.attempt}</dd></div>
    </dl>`;
}
