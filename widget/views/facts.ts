/** Names and values of an instrument: amount, due date, receiver. */
import { html, nothing, type TemplateResult } from 'lit';

/** Pairs without a value are left out. The first is the one that matters most. */
export function facts(pairs: readonly (readonly [name: string, value: string | null])[]): TemplateResult {
  return html`<dl part="facts" class="facts">${pairs.map(([name, value]) =>
    value ? html`<div><dt>${name}</dt><dd translate="no">${value}</dd></div>` : nothing,
  )}</dl>`;
}

export function stepList(steps: readonly string[]): TemplateResult {
  return html`<ol part="steps" class="steps">${steps.map(step => html`<li>${step}</li>`)}</ol>`;
}
