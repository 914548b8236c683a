/** The frame of what comes, at the height of what comes. */
import { html, type TemplateResult } from 'lit';

/** Before the first Checkout, and before the texts: the label may be missing. */
export function skeleton(label: string): TemplateResult {
  return html`<div part="skeleton" aria-busy="true" aria-label=${label} role="group">
    <i class="bone title-bone"></i><div class="methods"><i class="bone row-bone"></i><i class="bone open-bone"></i><i class="bone row-bone"></i></div>
  </div>`;
}
