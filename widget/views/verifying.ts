/** The outcome is not known yet, by us (`verifying`) or by the PSP (`pending`): do not pay again, and a way to ask. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import type { Texts } from '../i18n/texts.ts';
import { outcome } from './outcome.ts';
import { orderLine } from './result.ts';
import type { OutcomeContext } from './view.ts';

/** Short enough to be read out on the phone; long enough to find the line in a log. */
function supportCode(requestId: string | null, checkout: Checkout): string {
  return requestId ?? checkout.payment_token.slice(0, 8).toUpperCase();
}

function checkButton({ texts, checkNow, checkNote }: OutcomeContext): TemplateResult {
  return html`<button part="check-button" class="secondary" type="button" @click=${checkNow}>${texts.checkNow}</button>
    ${checkNote ? html`<p part="check-note" class="note">${checkNote}</p>` : nothing}`;
}

/** Title and body. A payment page that is not there yet is no doubt about money: the proxy knows how it stands. */
export function verifyingWords(
  { method, verifying: inDoubt }: Checkout,
  isWatching: boolean,
  texts: Texts,
): readonly [title: string, body: string] {
  if (method === 'REDIRECT' && !inDoubt) return [texts.preparingPage, isWatching ? texts.keepOpen : ''];
  return [texts.verifyingTitle, isWatching ? texts.verifyingBody : texts.doNotPayAgain];
}

export function verifying(
  checkout: Checkout,
  requestId: string | null,
  context: OutcomeContext,
): TemplateResult {
  const { texts } = context;
  const [title, body] = verifyingWords(checkout, context.isWatching, texts);
  return outcome({
    icon: 'wait',
    tone: 'quiet',
    title,
    body: html`<p>${body}</p>`,
    actions: checkButton(context),
    small: texts.supportCode(supportCode(requestId, checkout)),
  });
}

export function pending(checkout: Checkout, context: OutcomeContext): TemplateResult {
  const { texts } = context;
  return outcome({
    icon: 'wait',
    tone: 'quiet',
    title: texts.pendingTitle,
    body: html`<p>${texts.pendingBody}</p>${orderLine(checkout, texts)}`,
    actions: checkButton(context),
  });
}
