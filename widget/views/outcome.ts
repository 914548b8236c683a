/** The frame of every screen that tells rather than asks: an icon, a title, a sentence, the next steps. */
import { html, nothing, type TemplateResult } from 'lit';
import { type OutcomeIconName, outcomeIcon } from '../drawing/outcome-icons.ts';

export interface OutcomeParts {
  readonly icon: OutcomeIconName;
  readonly tone: 'good' | 'bad' | 'quiet';
  readonly title: string;
  readonly body?: unknown;
  readonly actions?: unknown;
  readonly small?: string | null;
}

export function outcome({ icon: name, tone, title, body, actions, small }: OutcomeParts): TemplateResult {
  return html`<section part="outcome" class="outcome ${tone}">
    <span part="outcome-icon" class="badge">${outcomeIcon(name)}</span>
    <h2 part="title" class="title" tabindex="-1">${title}</h2>
    ${body ? html`<div part="message" class="message">${body}</div>` : nothing}
    ${actions ? html`<div part="actions" class="actions">${actions}</div>` : nothing}
    ${small ? html`<p part="support-code" class="small">${small}</p>` : nothing}
  </section>`;
}
