/** The frame of what comes, at the height of what comes. */
import { html, type TemplateResult } from 'lit';

/** Before the first Checkout, and before the texts: the label may be missing. */
export function skeleton(label: string): TemplateResult {
  return html`<div part="skeleton" class="pay" aria-busy="true" aria-label=${label} role="group">
    <div><p class="bone title-bone"></p><div class="methods"><p class="row"></p><p class="bone open-bone"></p><p class="row"></p></div></div>
    <div class="summary total">&nbsp;</div>
  </div>`;
}
