/** The outcome is not known yet, by us (`verifying`) or by the PSP (`pending`): do not pay again, and a way to ask. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import { outcome } from './outcome.ts';
import type { OutcomeContext } from './view.ts';

/** Short enough to be read out on the phone; long enough to find the line in a log. */
function supportCode(requestId: string | null, checkout: Checkout): string {
  return requestId ?? checkout.payment_token.slice(0, 8).toUpperCase();
}

function checkButton({ texts, checkNow, checkNote }: OutcomeContext): TemplateResult {
  return html`<button part="check-button" class="secondary" type="button" @click=${checkNow}>${texts.checkNow}</button>
    ${checkNote ? html`<p part="check-note" class="note" role="status">${checkNote}</p>` : nothing}`;
}

export function verifying(
  checkout: Checkout,
  requestId: string | null,
  context: OutcomeContext,
): TemplateResult {
  const { texts } = context;
  return outcome({
    icon: 'wait',
    tone: 'quiet',
    title: texts.verifyingTitle,
    body: html`<p>${texts.verifyingBody}</p>`,
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
    body: html`<p>${texts.pendingBody}</p><p>${texts.order(checkout.reference_id)}</p>`,
    actions: checkButton(context),
  });
}
