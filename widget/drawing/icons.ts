/** Line icons of 24 px, one stroke width, coloured by `currentColor`. Decorative: what they mean stands beside them in words. */
import { html, type TemplateResult } from 'lit';

/** Path data; strokes, except Pix, whose mark is a filled shape (Banco Central, “Manual de uso da marca Pix”). */
const paths = {
  CREDITCARD: 'M3 6.5h18v11H3zM3 10.5h18M6.5 14.5h4',
  DEBITCARD: 'M3 6.5h18v11H3zM3 10.5h18M13.5 14.5h4',
  BOLETO: 'M4 6v12M7 6v12M11 6v12M14 6v12M17 6v12M20 6v12M12.5 6v12',
  PAYCASH: 'M3 7h18v10H3zM12 9.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6M6.5 12h.01M17.5 12h.01',
  REDIRECT: 'M10 6H5v13h13v-5M13 5h6v6M19 5l-8 8',
  PIX: 'M5.3 18.4a3.5 3.5 0 0 0 2.5-1l3.6-3.6a.7.7 0 0 1 .9 0l3.6 3.6a3.5 3.5 0 0 0 2.5 1h.7L14.6 23a3.6 3.6 0 0 1-5.2 0l-4.5-4.6zM18.4 5.6a3.5 3.5 0 0 0-2.5 1l-3.6 3.7a.7.7 0 0 1-.9 0L7.8 6.7a3.5 3.5 0 0 0-2.5-1h-.4L9.4 1a3.6 3.6 0 0 1 5.2 0l4.5 4.6zM1.1 9.4l2.7-2.7h1.5a2.5 2.5 0 0 1 1.7.7l3.6 3.6a1.7 1.7 0 0 0 2.4 0l3.7-3.6a2.5 2.5 0 0 1 1.7-.7h1.8l2.7 2.7a3.6 3.6 0 0 1 0 5.2l-2.7 2.7h-1.8a2.5 2.5 0 0 1-1.7-.7L13 13a1.8 1.8 0 0 0-2.4 0L7 16.6a2.5 2.5 0 0 1-1.7.7H3.8l-2.7-2.7a3.6 3.6 0 0 1 0-5.2',
  alert: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7.5v5.5M12 16.5h.01',
} as const;

type IconName = keyof typeof paths;

export function icon(name: IconName): TemplateResult {
  return drawn(name, paths[name]);
}

export function drawn(name: string, path: string): TemplateResult {
  return html`<svg class="icon ${name}" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;
}
