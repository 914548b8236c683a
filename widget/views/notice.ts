/** Why the last step did not work, above what can be done now. Spoken by the live region that it is put into, or by the tag’s. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Failure } from '../checkout/state.ts';
import { alertIcon } from '../drawing/icons.ts';
import { failureText, type ViewContext } from './view.ts';

export function notice(failure: Failure | null, { texts }: ViewContext): TemplateResult | typeof nothing {
  if (!failure) return nothing;
  return html`<div part="notice" class="notice">
    ${alertIcon()}<div><p>${failureText(failure, texts)}</p>
    ${failure.requestId ? html`<p>${texts.supportCode(failure.requestId)}</p>` : nothing}</div>
  </div>`;
}
