/**
 * Prints one slip without a pop-up and without the page around it: a frame inside our shadow root, filled by DOM calls,
 * printed, removed. Nothing is parsed as HTML, and the style sheet is constructed, so a strict CSP has nothing to refuse;
 * where browsers cannot construct one, a style element carries the nonce of the tag.
 */
import { addSheet } from '../newer-apis.ts';

export interface Slip {
  readonly title: string;
  readonly lines: readonly string[];
  readonly code: string;
  /** The bars on screen; copied into the slip. */
  readonly bars: SVGSVGElement | null;
  readonly steps: readonly string[];
}

/**
 * FEBRABAN, “Layout Padrão do Código de Barras”: bars 103 mm wide and 13 mm high, 5 mm of white on either side. 44 digits
 * of 9 modules (wide = 3 narrow), 4 to start and 5 to stop are 405: the narrow bar has 0.254 mm, the 10 mil of scanners.
 * The 0.33 to 0.38 mm that some print shops name would make 134 to 154 mm of it, wider than a slip has room for.
 */
const barsWidthMm = 103;
const barsModules = 405;

/** The white that is drawn beside the bars is 2.54 mm of the 5; the margin has the rest. */
const sheetText = `
  body { font: 12pt/1.5 system-ui, sans-serif; margin: 0; color: #000; background: #fff }
  h1 { font-size: 16pt } p { margin: 0 0 2mm } code { font: 11pt/1.6 ui-monospace, monospace }
  svg { display: block; height: 13mm; margin: 6mm 2.5mm } li { break-inside: avoid } @page { margin: 18mm }`;

export function printSlip(root: ShadowRoot, { title, lines, code, bars, steps }: Slip): void {
  const focused = root.activeElement;
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.className = 'print-frame';
  root.appendChild(frame);
  const page = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!page) return;
  const { document: slip } = page;

  const add = (tag: string, text: string, parent: Element = slip.body) => {
    const element = slip.createElement(tag);
    element.textContent = text;
    return parent.appendChild(element);
  };
  slip.title = title;
  addSheet(slip, sheetText, (root.host as HTMLElement).nonce);
  add('h1', title);
  for (const line of lines) add('p', line);
  add('code', code);
  if (bars) {
    const copy = slip.body.appendChild(slip.importNode(bars, true));
    // Its size on screen.
    copy.removeAttribute('style');
    copy.setAttribute('width', `${(bars.viewBox.baseVal.width / barsModules) * barsWidthMm}mm`);
  }
  const list = add('ol', '');
  for (const step of steps) add('li', step, list);

  page.addEventListener('afterprint', () => {
    frame.remove();
    if (focused instanceof HTMLElement) focused.focus();
  });
  page.focus();
  page.print();
}
