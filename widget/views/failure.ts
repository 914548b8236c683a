/** The tag could not work: why, whom to ask, and another try where that may help. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import type { Failure } from '../checkout/state.ts';
import { outcome } from './outcome.ts';
import { backLink } from './result.ts';
import { failureText, type OutcomeContext } from './view.ts';

/** Only the shop can put these right: another try brings the same answer, unless the shop was quick. */
const forTheShop: readonly string[] = ['not_found', 'origin_not_allowed', 'no_methods'];

/** `checkout` as far as it is known: it may name the way back. */
export function failure(
  problem: Failure,
  context: OutcomeContext,
  checkout: Checkout | null = null,
): TemplateResult {
  const { texts, retry, retryWait } = context;
  const isWaiting = retryWait !== '';
  const { code, requestId } = problem;
  const look = forTheShop.includes(code) ? 'quiet' : 'primary';
  return outcome({
    icon: 'alert',
    tone: 'bad',
    title: texts.failureTitle,
    body: failureText(problem, texts),
    actions: html`${checkout && backLink(checkout, context)}
      <button part="retry-button" class=${look} type="button" aria-disabled=${isWaiting} @click=${isWaiting ? nothing : retry}>${isWaiting ? texts.tryAgainIn(retryWait) : texts.tryAgain}</button>`,
    small: texts.supportCode(requestId ? `${code} · ${requestId}` : code),
  });
}
