/** The shop's own pages: its orders, and one order with what may be done about its money. */
import { html } from 'hono/html';
import { formatAmount, formatMajor } from '../money.ts';
import type { KnownOrder } from '../order-knowledge.ts';
import type { Order } from '../orders.ts';
import type { Markup } from '../pictures.ts';
import type { OrderReport } from '../proxy-client.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';
import { reportOf } from './order-report.ts';
import { summaryLines } from './order-summary.ts';
import { staffTimeline } from './timeline.ts';

export function staffOrderListPage(visitor: Visitor, orders: readonly Order[]): Markup {
  const { staff } = visitor.texts;
  return layout(visitor, {
    title: staff.title,
    countryIsFixed: true,
    content: html`<h1>${staff.title}</h1>
      <section class="box">
        <h2>${staff.orders}</h2>
        ${
          orders.length === 0
            ? html`<p class="hint">${staff.noOrders}</p>`
            : html`<ul class="order-list">${orders.map(
                order => html`<li><a href="/admin/orders/${order.id}">${order.reference}</a>
                  <span class="amount">${formatAmount(order.total, order.country.currency, visitor.locale)}</span></li>`,
              )}</ul>`
        }
      </section>`,
  });
}

export interface StaffOrder {
  /** How the last deed ended: `done`, or why the proxy refused it. */
  readonly note: string | null;
  /** A new one for each drawing of the page: two presses are one deed. */
  readonly formId: string;
}

export function staffOrderPage(
  visitor: Visitor,
  order: Order,
  { report, events }: KnownOrder,
  { note, formId }: StaffOrder,
): Markup {
  const { texts } = visitor;
  return layout(visitor, {
    title: `${texts.staff.title}: ${order.reference}`,
    countryIsFixed: true,
    head: html`<script type="module" src="/live.js"></script>`,
    content: html`<p class="hint crumb"><a href="/admin">${texts.staff.title}</a></p>
      <h1>${texts.order.title} ${order.reference}</h1>
      <div class="with-side" data-feed="/orders/${order.id}/news">
        <div class="side">
          <section class="box">
            <div class="live" id="report" data-live role="status">${reportOf(visitor, report)}</div>
          </section>
          <section class="box">
            <h2>${texts.staff.money}</h2>
            ${note === null ? '' : noteOf(visitor, note)}
            <div class="live" id="deeds" data-live>${deeds(visitor, order, report, formId)}</div>
          </section>
          <section class="box">
            <h2>${texts.order.timeline}</h2>
            <div class="live" id="timeline" data-live>${staffTimeline(visitor, events)}</div>
          </section>
        </div>
        <aside class="box">
          <h2>${texts.pay.summary}</h2>${summaryLines(order.lines, visitor)}
          <p class="hint"><a href="/orders/${order.id}">${texts.staff.buyersView}</a></p>
        </aside>
      </div>`,
  });
}

function noteOf({ texts }: Visitor, note: string): Markup {
  const words = texts.staff.notes;
  if (note === 'done') return html`<p class="done" role="status">${words['done']}</p>`;
  return html`<p class="notice" role="alert">${words[note] ?? texts.staff.refused(note)}</p>`;
}

function deeds(visitor: Visitor, order: Order, report: OrderReport | null, formId: string): Markup {
  const { staff } = visitor.texts;
  if (report?.status === 'PRE_AUTHORIZED') return holdForms(visitor, order, report, formId);
  const left = report ? leftToRefund(report) : 0;
  if (!report || left <= 0) return html`<p class="hint">${staff.nothingToRefund}</p>`;
  return html`${refundForms(visitor, order, report, { left, formId })}
    ${report.status === 'PAID' && cancelsPaid.has(report.gateway ?? '') ? cancelForm(visitor, order, formId) : ''}`;
}

/** Providers that cancel what was paid (the proxy's README, “Letsia”). */
const cancelsPaid = new Set(['letsia']);

/** Statuses in which money is there that can be given back. */
const refundable = new Set(['PAID', 'PARTIALLY_REFUNDED']);

/** In major units, for the words only: what may really be given back is the proxy's to say. */
function leftToRefund(report: OrderReport): number {
  if (!refundable.has(report.status)) return 0;
  const received = report.amount_received || report.totals?.customer_amount || 0;
  return Math.round((received - (report.refunded_amount ?? 0)) * 100) / 100;
}

function refundForms(
  visitor: Visitor,
  order: Order,
  report: OrderReport,
  { left, formId }: { readonly left: number; readonly formId: string },
): Markup {
  const { staff } = visitor.texts;
  const money = formatMajor(left, report.currency, visitor.locale);
  // A boleto has no account of its own to give back to (LetPay, “Request a refund”).
  const account =
    report.method === 'BOLETO'
      ? html`<div class="field"><label for="pix_key">${staff.pixKey}</label>
          <input id="pix_key" name="pix_key" autocomplete="off" required></div>`
      : '';
  return html`<form class="deed" method="post" action="/admin/orders/${order.id}/refund">
      <input type="hidden" name="form" value="${formId}">
      ${account}
      <div class="field"><label for="amount">${staff.refundAmount}</label>
        <input id="amount" name="amount" inputmode="decimal" autocomplete="off" aria-describedby="amount-hint">
        <p class="hint" id="amount-hint">${staff.refundHint(money)}</p></div>
      <button class="secondary">${staff.refund}</button>
    </form>`;
}

function cancelForm({ texts: { staff } }: Visitor, order: Order, formId: string): Markup {
  return html`<form class="deed" method="post" action="/admin/orders/${order.id}/cancel">
      <input type="hidden" name="form" value="${formId}-undo">
      <p class="hint" id="cancel-hint">${staff.cancelPaidHint}</p>
      <button class="secondary" aria-describedby="cancel-hint">${staff.cancelPaid}</button>
    </form>`;
}

function holdForms(visitor: Visitor, order: Order, report: OrderReport, formId: string): Markup {
  const { staff } = visitor.texts;
  const held = report.totals
    ? formatMajor(report.totals.customer_amount, report.currency, visitor.locale)
    : '';
  return html`<form class="deed" method="post" action="/admin/orders/${order.id}/capture">
      <input type="hidden" name="form" value="${formId}-take">
      <div class="field"><label for="amount">${staff.captureAmount}</label>
        <input id="amount" name="amount" inputmode="decimal" autocomplete="off" aria-describedby="amount-hint">
        <p class="hint" id="amount-hint">${staff.captureHint(held)}</p></div>
      <button class="secondary">${staff.capture}</button>
    </form>
    <form class="deed" method="post" action="/admin/orders/${order.id}/cancel">
      <input type="hidden" name="form" value="${formId}-free">
      <button class="secondary">${staff.cancel}</button>
    </form>`;
}
