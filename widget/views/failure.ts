/** The tag could not work: why, whom to ask, and another try. */
import { html, type TemplateResult } from 'lit';
import type { Failure } from '../checkout/state.ts';
import { outcome } from './outcome.ts';
import { failureText, type OutcomeContext } from './view.ts';

export function failure(problem: Failure, { texts, retry }: OutcomeContext): TemplateResult {
  const { code, requestId } = problem;
  return outcome({
    icon: 'alert',
    tone: 'bad',
    title: texts.failureTitle,
    body: failureText(problem, texts),
    actions: html`<button part="retry-button" class="primary" type="button" @click=${retry}>${texts.tryAgain}</button>`,
    small: texts.supportCode(requestId ? `${code} · ${requestId}` : code),
  });
}
