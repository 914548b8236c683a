/** The tag could not work: why, whom to ask, and another try. */
import { html, type TemplateResult } from 'lit';
import type { Failure } from '../checkout/state.ts';
import { outcome } from './outcome.ts';
import { failureText, type ViewContext } from './view.ts';

export function failure(problem: Failure, { texts, actions }: ViewContext): TemplateResult {
  const { code, requestId } = problem;
  return outcome({
    icon: 'alert',
    tone: 'bad',
    title: texts.failureTitle,
    body: failureText(problem, texts),
    actions: html`<button part="retry-button" class="primary" type="button" @click=${actions.retry}>${texts.tryAgain}</button>`,
    small: texts.supportCode(requestId ? `${code} · ${requestId}` : code),
  });
}

/** No language could be loaded, so there are no words of ours: all three say the same. */
export function wordlessFailure(retry: () => void): TemplateResult {
  return html`<section part="outcome" class="outcome bad">
    <p>Não foi possível carregar · No se pudo cargar · Could not load</p>
    <button part="retry-button" class="primary" type="button" @click=${retry}>↻<span class="hidden"> Tentar de novo · Reintentar · Try again</span></button>
  </section>`;
}
