/** The page that a merchant would write: one script, one tag. Everything else on it is the shop. */
import { html } from 'hono/html';
import type { Order } from '../orders.ts';
import type { Markup } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';
import { summaryLines } from './order-summary.ts';
import { panelView } from './panel-view.ts';

/** Where the built widget is, and its Subresource Integrity hash (`sha384-…`). */
export interface WidgetSource {
  readonly src: string;
  readonly integrity: string;
}

export interface TagSource {
  readonly widget: WidgetSource;
  readonly proxyUrl: string;
  /** That of the page’s policy. */
  readonly styleNonce: string;
}

export function payPage(visitor: Visitor, order: Order, { widget, proxyUrl, styleNonce }: TagSource): Markup {
  const { texts } = visitor;
  return layout(visitor, {
    title: texts.pay.title,
    countryIsFixed: true,
    head: html`<script type="module" src="/pay.js"></script>
<script type="module" src="${widget.src}" integrity="${widget.integrity}" crossorigin="anonymous"></script>`,
    content: html`<h1>${texts.pay.title}</h1>
      <div class="with-side pay">
        <div class="pay-form">
          <div class="thanks" id="thanks" role="status" hidden>
            <h2>${texts.pay.thanks}</h2>
            <p>${texts.pay.thanksDetail} <a href="/orders/${order.id}">${texts.pay.toOrder}</a></p>
          </div>
          <div class="thanks" id="held" role="status" hidden>
            <h2>${texts.pay.held}</h2>
            <p>${texts.pay.heldDetail} <a href="/orders/${order.id}">${texts.pay.toOrder}</a></p>
          </div>
          <letpay-checkout payment-token="${order.paymentToken}" proxy-url="${proxyUrl}" locale="${visitor.locale}" theme="auto" nonce="${styleNonce}" class="${order.country.methods.length > 1 ? 'several' : 'single'}"></letpay-checkout>
          <noscript><p class="notice">${texts.pay.noScript}</p></noscript>
          <dialog class="test-only" id="demo-bank" aria-labelledby="demo-bank-title">
            <form method="dialog">
              <h2 id="demo-bank-title">${texts.pay.bank}</h2>
              <p>${texts.pay.bankAsks} <strong data-amount></strong></p>
              <p class="hint">•••• <span data-card></span></p>
              <button class="primary" value="confirm">${texts.pay.bankConfirm}</button>
              <button class="secondary" value="refuse">${texts.pay.bankRefuse}</button>
            </form>
          </dialog>
          <p class="notice" id="tag-missing" role="alert" hidden>${texts.pay.tagMissing}</p>
        </div>
        <aside class="side">
          <section class="box">
            <h2>${texts.pay.summary}</h2>
            <p class="hint">${texts.pay.order} <a href="/orders/${order.id}">${order.reference}</a></p>
            ${summaryLines(order.lines, visitor)}
          </section>
          ${panelView(order, texts)}
        </aside>
      </div>`,
  });
}
