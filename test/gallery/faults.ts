/** What can be wrong with any screen, whatever it shows. Runs in the page. */
import axe from 'axe-core';

/** The same rules as in the widget’s own tests; there is no list of exceptions. */
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Glyphs may stick out of their box by a fraction, and layout rounds. */
const tolerancePx = 1;

async function accessibilityFaults(): Promise<string[]> {
  const { violations } = await axe.run(document, {
    runOnly: { type: 'tag', values: rules },
    resultTypes: ['violations'],
  });
  return violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ target }) => target.flat().at(-1)).join(', ');
    return `axe ${id}: ${help} (${where})`;
  });
}

function named(element: Element): string {
  const part = element.getAttribute('part')?.trim() || element.className.toString() || element.localName;
  return `${part} “${(element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
}

function sidewaysFaults(host: Element): string[] {
  const page = document.documentElement;
  const frame = host.shadowRoot?.querySelector('[part=container]');
  const wide = (element: Element) => element.scrollWidth > element.clientWidth + tolerancePx;
  return [
    ...(wide(page) ? [`the page scrolls sideways: ${page.scrollWidth} px in ${page.clientWidth}`] : []),
    ...(frame && wide(frame)
      ? [`the frame is too narrow: ${frame.scrollWidth} px in ${frame.clientWidth}`]
      : []),
  ];
}

/** Hidden for the eye, there for the ear. */
function isForScreenReaders(element: Element): boolean {
  return getComputedStyle(element).clipPath !== 'none';
}

/** The boxes that cut what sticks out of them, from the inside outwards, up to one that scrolls. */
function cuttingBoxes(from: Element, host: Element): Element[] {
  const boxes: Element[] = [];
  for (let box: Element | null = from; box && box !== host; box = box.parentElement) {
    const { overflowX, overflowY } = getComputedStyle(box);
    const overflow = `${overflowX} ${overflowY}`;
    if (/auto|scroll/.test(overflow)) break;
    if (/hidden|clip/.test(overflow)) boxes.push(box);
  }
  return boxes;
}

function textRects(element: Element): DOMRect[] {
  return [...element.childNodes].flatMap(node => {
    if (node.nodeType !== Node.TEXT_NODE || !node.textContent?.trim()) return [];
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()];
  });
}

function sticksOut(text: DOMRect, box: DOMRect): boolean {
  return (
    text.left < box.left - tolerancePx ||
    text.right > box.right + tolerancePx ||
    text.top < box.top - tolerancePx ||
    text.bottom > box.bottom + tolerancePx
  );
}

/** A native select says nothing of the text that it cuts: it is measured beside it. */
function isCutSelect(select: HTMLSelectElement): boolean {
  const words = select.selectedOptions[0]?.text ?? '';
  const style = getComputedStyle(select);
  const canvas = document.createElement('canvas').getContext('2d');
  if (!canvas) return false;
  canvas.font = style.font;
  const arrowPx = 20;
  const room =
    select.clientWidth -
    Number.parseFloat(style.paddingLeft) -
    Number.parseFloat(style.paddingRight) -
    arrowPx;
  if (canvas.measureText(words).width <= room + tolerancePx) return false;
  // Where the words stand in full under the field, nothing is lost.
  const root = select.getRootNode() as ShadowRoot;
  const notes = (select.getAttribute('aria-describedby') ?? '').split(' ');
  return !notes.some(id => {
    const note = id && root.getElementById(id);
    return note && note.textContent?.trim() === words.trim() && note.getClientRects().length > 0;
  });
}

function isCut(element: Element, host: Element): boolean {
  if (element instanceof HTMLInputElement) {
    return element.type !== 'radio' && element.scrollWidth > element.clientWidth + tolerancePx;
  }
  if (element instanceof HTMLSelectElement) return isCutSelect(element);
  const rects = textRects(element);
  if (rects.length === 0 || element.closest('option, svg') || isForScreenReaders(element)) return false;
  if (
    getComputedStyle(element).display !== 'inline' &&
    element.scrollWidth > element.clientWidth + tolerancePx
  ) {
    return true;
  }
  return cuttingBoxes(element, host).some(box => {
    const { left, top, right, bottom } = box.getBoundingClientRect();
    return rects.some(rect => sticksOut(rect, new DOMRect(left, top, right - left, bottom - top)));
  });
}

/** Long codes are broken where the line ends; words and amounts must not be. */
function hasBrokenWord(element: Element): boolean {
  if (element.closest('code, option, svg') || isForScreenReaders(element)) return false;
  return [...element.childNodes].some(node => {
    if (node.nodeType !== Node.TEXT_NODE) return false;
    const range = document.createRange();
    return [...(node.textContent ?? '').matchAll(/[\p{L}\p{N}.,$]+/gu)].some(({ index, 0: word }) => {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    });
  });
}

function brokenWordFaults(host: Element): string[] {
  return [...(host.shadowRoot?.querySelectorAll('*') ?? [])]
    .filter(element => element.checkVisibility() && hasBrokenWord(element))
    .map(element => `broken word: ${named(element)}`);
}

function cutTextFaults(host: Element): string[] {
  return [...(host.shadowRoot?.querySelectorAll('*') ?? [])]
    .filter(element => element.checkVisibility() && isCut(element, host))
    .map(element => `cut text: ${named(element)}`);
}

/** More than one main button leaves the shopper wondering. */
function mainButtonFaults(host: Element): string[] {
  const buttons = host.shadowRoot?.querySelectorAll('.primary').length ?? 0;
  return buttons > 1 ? [`${buttons} main buttons`] : [];
}

export async function faultsOnScreen(host: Element): Promise<readonly string[]> {
  return [
    ...sidewaysFaults(host),
    ...cutTextFaults(host),
    ...brokenWordFaults(host),
    ...mainButtonFaults(host),
    ...(await accessibilityFaults()),
  ];
}
