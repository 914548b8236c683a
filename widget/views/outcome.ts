/** The frame of every screen that tells rather than asks: an icon, a title, a sentence, the next steps. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Failure } from '../checkout/state.ts';
import { type IconName, icon } from '../drawing/icons.ts';
import { failureText, type ViewContext } from './view.ts';

export interface OutcomeParts {
  readonly icon: IconName;
  readonly tone: 'good' | 'bad' | 'quiet';
  readonly title: string;
  readonly body?: unknown;
  readonly actions?: unknown;
  readonly small?: string | null;
}

export function outcome({ icon: name, tone, title, body, actions, small }: OutcomeParts): TemplateResult {
  return html`<section part="outcome" class="outcome ${tone}">
    <span part="outcome-icon" class="badge">${icon(name)}</span>
    <h2 part="title" class="title" tabindex="-1">${title}</h2>
    ${body ? html`<div part="message" class="message">${body}</div>` : nothing}
    ${actions ? html`<div part="actions" class="actions">${actions}</div>` : nothing}
    ${small ? html`<p part="support-code" class="small">${small}</p>` : nothing}
  </section>`;
}

/** Why the last step did not work, above what can be done now. */
export function notice(failure: Failure | null, { texts }: ViewContext): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  return html`<div part="notice" class="notice" role="alert">
    ${icon('alert')}<div><p>${failureText(failure, texts)}</p>
    ${failure.requestId ? html`<p class="small">${texts.supportCode(failure.requestId)}</p>` : nothing}</div>
  </div>`;
}
