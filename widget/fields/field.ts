/** One field: label, control, hint and error, wired for assistive technology. The control must carry `id` and `describedBy`. */
import { html, nothing, type TemplateResult } from 'lit';
import { alertIcon } from '../drawing/icons.ts';

export interface FieldParts {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | null;
  readonly error?: string | null;
  /** `describedBy` for `aria-describedby`: the ids of what is said about the field, or nothing. */
  readonly control: (describedBy: string | typeof nothing) => TemplateResult;
}

export function field({ id, label, hint, error, control }: FieldParts): TemplateResult {
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return html`<div part="field" class="field ${id}">
    <label part="label" class="label" for=${id}>${label}</label>
    ${control(described || nothing)}
    ${error ? html`<p part="error" class="error" id="${id}-error">${alertIcon()}<span>${error}</span></p>` : nothing}
    ${hint ? html`<p part="hint" class=${error ? 'hint hidden' : 'hint'} id="${id}-hint">${hint}</p>` : nothing}
  </div>`;
}
