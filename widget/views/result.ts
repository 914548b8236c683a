/** How it ended: paid, refunded, canceled, disputed, or without a code to pay with. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import { renewalOf } from '../checkout/renewal.ts';
import type { Failure } from '../checkout/state.ts';
import type { MethodForm } from '../methods/method.ts';
import { notice } from './notice.ts';
import { outcome } from './outcome.ts';
import { moneyOwed, type ViewContext } from './view.ts';

/** Only a web address is a way back; the proxy passes on what the merchant gave it. */
function backLink({ return_url: url }: Checkout, { texts }: ViewContext): TemplateResult | typeof nothing {
  return url && /^https?:\/\//i.test(url)
    ? html`<a part="return-link" class="primary" href=${url}>${texts.backToShop}</a>`
    : nothing;
}

/** `receipt`: the card that this page just sent; after a reload only the method is known. */
export function paid(
  checkout: Checkout,
  receipt: MethodForm['receipt'],
  context: ViewContext,
): TemplateResult {
  const { texts } = context;
  const { method, status, reference_id: reference } = checkout;
  const withWhat =
    method === 'CREDITCARD' && receipt
      ? texts.cardEnding(receipt.brand || texts.methodName.CREDITCARD, receipt.last4)
      : method && texts.methodName[method];
  const amount = moneyOwed(checkout, context);
  return outcome({
    icon: 'done',
    tone: 'good',
    title: texts.paidTitle(method, status === 'PRE_AUTHORIZED'),
    body: html`${amount ? html`<p part="amount" class="amount">${amount}</p>` : nothing}
      <p>${[withWhat, texts.order(reference)].filter(Boolean).join(' · ')}</p>`,
    actions: backLink(checkout, context),
  });
}

export function ended(checkout: Checkout, failure: Failure | null, context: ViewContext): TemplateResult {
  const { texts, actions } = context;
  const next = renewalOf(checkout);
  const { status, method, can } = checkout;
  const codeLost = status === 'PROCESSING' || status === 'UNKNOWN';
  return outcome({
    icon: 'alert',
    tone: 'quiet',
    title: texts.endedTitle(status, method),
    body: html`<p>${codeLost ? texts.codeLost : texts.order(checkout.reference_id)}</p>${notice(failure, context)}`,
    actions: can.renew
      ? html`<button part="renew-button" class="primary" type="button" @click=${() => actions.renew(next, 'keep')}>${
          next.kind === 'submit' ? texts.newCode : texts.startAgain
        }</button>
        ${
          next.kind === 'submit'
            ? html`<button part="other-method-button" class="quiet" type="button" @click=${() =>
                actions.renew({ kind: 'choose', method: null }, 'keep')}>${texts.otherWay}</button>`
            : nothing
        }`
      : backLink(checkout, context),
  });
}
