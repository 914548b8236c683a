/** How it ended: paid, refunded, canceled, disputed, or without a code to pay with. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import { renewalOf } from '../checkout/renewal.ts';
import type { Failure } from '../checkout/state.ts';
import { toMinor } from '../i18n/money.ts';
import type { Texts } from '../i18n/texts.ts';
import { isCardMethod } from '../methods/card/card-method.ts';
import { brandName } from '../methods/saved-card/saved-card.ts';
import { notice } from './notice.ts';
import { outcome } from './outcome.ts';
import { money, moneyOwed, type ViewContext } from './view.ts';

/** Only a web address is a way back; the proxy passes on what the merchant gave it. */
export function backLink(
  { return_url: url }: Checkout,
  { texts }: ViewContext,
): TemplateResult | typeof nothing {
  return url && /^https?:\/\//i.test(url)
    ? html`<a part="return-link" class="primary" href=${url}>${texts.backToShop}</a>`
    : nothing;
}

/** A reference is in one piece, however it is hyphenated. */
function order({ reference_id: reference }: Checkout, texts: Texts): TemplateResult {
  return html`<span class="whole">${texts.order(reference)}</span>`;
}

export function orderLine(checkout: Checkout, texts: Texts): TemplateResult {
  return html`<p>${order(checkout, texts)}</p>`;
}

/** For when nothing is left to do here. */
export function askShop(checkout: Checkout, texts: Texts): TemplateResult {
  return html`<p part="ask-shop">${texts.askShop}</p><p class="small">${order(checkout, texts)}</p>`;
}

/** A wire amount, in major units, as money in the checkout’s currency. */
function moneyOf(major: number, checkout: Checkout, context: ViewContext): string {
  const { totals, currency } = checkout;
  return money(toMinor(major, totals?.asset || currency), checkout, context);
}

/** “Visa final 1112”, or the method; null while nothing was submitted. */
function means({ payment, method }: Checkout, texts: Texts): string | null {
  if (payment?.last4)
    return texts.cardEnding(
      brandName(payment.brand ?? '') || texts.methodName[payment.method],
      payment.last4,
    );
  const shown = payment?.method ?? method;
  return shown && texts.methodName[shown];
}

/**
 * What was submitted: amount, means, order. Of the attempt that the status speaks of, and not of the order, because
 * installments cost more, and another tab or an earlier code may have paid.
 */
export function paymentFacts(checkout: Checkout, context: ViewContext): TemplateResult {
  const { texts } = context;
  const { payment } = checkout;
  const inMoney = (major: number | null | undefined) =>
    major == null ? '' : moneyOf(major, checkout, context);
  const { installments, amount } = payment ?? {};
  const total =
    inMoney(payment?.total) || (payment?.installments === null ? '' : moneyOwed(checkout, context));
  const isPlan = (installments ?? 1) > 1 && amount != null;
  const figure = isPlan ? texts.inInstallments(installments ?? 1, inMoney(amount)) : total;
  const details = [isPlan && `${texts.total} ${total}`, means(checkout, texts)].filter(Boolean);
  return html`${figure ? html`<p part="amount" class="amount" translate="no">${figure}</p>` : nothing}
    <p part="payment-facts">${details.map(detail => html`<span class="whole" translate="no">${detail}</span> · `)}${order(checkout, texts)}</p>`;
}

export function paid(checkout: Checkout, context: ViewContext): TemplateResult {
  const { texts } = context;
  const { method, status } = checkout;
  return outcome({
    icon: 'done',
    tone: 'good',
    title: texts.paidTitle(method, status === 'PRE_AUTHORIZED'),
    body: paymentFacts(checkout, context),
    actions: backLink(checkout, context),
  });
}

/** A page of the PSP is no code: where its link was lost or it was left there is nothing to throw away. */
function hasCode(method: Checkout['method']): boolean {
  return method !== null && !isCardMethod(method) && method !== 'REDIRECT';
}

/** What an end means for the shopper’s money. */
export function endingOf({ status, method, can }: Checkout): keyof Texts['endedBody'] {
  switch (status) {
    case 'REFUNDED':
    case 'DISPUTE_REFUNDED':
      return 'refunded';
    case 'PARTIALLY_REFUNDED':
      return 'refundedInPart';
    case 'CANCELED':
      if (hasCode(method)) return 'codeOver';
      // Some PSPs cancel what was paid, and nobody says what becomes of the money.
      return can.renew ? 'canceled' : 'canceledForGood';
    case 'PROCESSING':
    case 'UNKNOWN':
      return hasCode(method) ? 'codeLost' : 'notCompleted';
    case 'CREATED':
    case 'ERROR':
      return 'notCompleted';
    default:
      return 'disputed';
  }
}

/** On screen and in the live region alike. */
export function endingTitle(checkout: Checkout, texts: Texts): string {
  const { status, method } = checkout;
  const isBroken = endingOf(checkout) === 'notCompleted';
  return texts.endedTitle(isBroken ? 'ERROR' : status, hasCode(method) ? method : null);
}

export function ended(checkout: Checkout, failure: Failure | null, context: ViewContext): TemplateResult {
  const { texts, actions } = context;
  const next = renewalOf(checkout);
  const { method, methods, can } = checkout;
  const ending = endingOf(checkout);
  const isOpen = ending !== 'refunded' && ending !== 'refundedInPart' && ending !== 'disputed';
  return outcome({
    icon: ending === 'refunded' || ending === 'refundedInPart' ? 'done' : 'alert',
    tone: 'quiet',
    title: endingTitle(checkout, texts),
    body: html`${paymentFacts(checkout, context)}<p part="ended-reason">${texts.endedBody[ending]}</p>
      ${can.renew || !isOpen ? nothing : html`<p part="ask-shop">${texts.askShop}</p>`}${notice(failure, context)}`,
    actions: can.renew
      ? html`<button part="renew-button" class="primary" type="button" @click=${() => actions.renew(next, 'secret')}>${
          hasCode(method) && next.kind === 'submit' ? texts.newCode : texts.startAgain
        }</button>
        ${
          next.kind === 'submit' && methods.length > 1
            ? html`<button part="other-method-button" class="quiet" type="button" @click=${() =>
                actions.renew({ kind: 'choose', method: null }, 'secret')}>${texts.otherWay}</button>`
            : nothing
        }`
      : backLink(checkout, context),
  });
}
