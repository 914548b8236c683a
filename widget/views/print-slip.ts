/**
 * Prints one slip without a pop-up and without the page around it: a frame inside our shadow root, filled by DOM calls,
 * printed, removed. Nothing is parsed as HTML, and the style sheet is constructed, so a strict CSP has nothing to refuse.
 */

export interface Slip {
  readonly title: string;
  readonly lines: readonly string[];
  readonly code: string;
  /** The bars on screen; copied into the slip. */
  readonly bars: SVGElement | null;
}

/** 13 mm is the least height of a boleto’s bars, 103 mm their width (FEBRABAN, “Layout Padrão do Código de Barras”). */
const sheetText = `
  body { font: 12pt/1.5 system-ui, sans-serif; margin: 0; color: #000; background: #fff }
  h1 { font-size: 16pt } p { margin: 0 0 2mm } code { font: 11pt/1.6 ui-monospace, monospace }
  svg { display: block; width: 110mm; height: 14mm; margin: 6mm 0 } @page { margin: 18mm }`;

export function printSlip(root: ParentNode & Node, { title, lines, code, bars }: Slip): void {
  const frame = document.createElement('iframe');
  frame.title = title;
  frame.className = 'print-frame';
  root.appendChild(frame);
  const page = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!page) return;
  const { document: slip } = page;

  const add = (tag: string, text: string) => {
    const element = slip.createElement(tag);
    element.textContent = text;
    slip.body.appendChild(element);
  };
  slip.title = title;
  const sheet = new page.CSSStyleSheet();
  sheet.replaceSync(sheetText);
  slip.adoptedStyleSheets = [sheet];
  add('h1', title);
  for (const line of lines) add('p', line);
  add('code', code);
  if (bars) slip.body.appendChild(slip.importNode(bars, true));

  page.addEventListener('afterprint', () => frame.remove());
  page.focus();
  page.print();
}
