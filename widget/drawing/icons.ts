/** Line icons of 24 px, one stroke width, coloured by `currentColor`. Decorative: what they mean stands beside them in words. */
import { html, type TemplateResult } from 'lit';

/** For what is wrong, wherever it is said. */
export function alertIcon(): TemplateResult {
  return drawn('alert', 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5v5.5M12 16.5h.01');
}

export function drawn(name: string, path: string): TemplateResult {
  return html`<svg class="icon ${name}" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}
