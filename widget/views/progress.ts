/** Something is under way and there is no form to show it on. */
import { html, type TemplateResult } from 'lit';
import type { Texts } from '../i18n/texts.ts';
import { outcome } from './outcome.ts';

/** A renewal, or a submission that shows no form. */
export function progress(texts: Texts): TemplateResult {
  return html`<div part="progress" class="progress" aria-busy="true">${outcome({
    icon: 'wait',
    tone: 'quiet',
    title: texts.processing,
    body: texts.keepOpen,
  })}</div>`;
}
