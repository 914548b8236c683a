/** Bars on their white tile, as wide as there is room: always dark on white, whatever the theme, or no scanner reads them. */
import { html, type TemplateResult } from 'lit';
import type { Bars } from './bars.ts';

export function barsSvg({ width, path }: Bars, label: string): TemplateResult {
  // By the property and not by an attribute, which a strict policy forbids. See `.bars` in the style sheet.
  return html`<svg part="barcode" class="bars" viewBox="0 0 ${width} 1" preserveAspectRatio="none" .style=${`--_modules:${width}`}
    shape-rendering="crispEdges" role="img" aria-label=${label}><rect width=${width} height="1" fill="#fff"></rect><path d=${path} fill="#000"></path></svg>`;
}
