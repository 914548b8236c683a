/**
 * Runs in the browser: many codes at once. Draws many codes under one another with the element’s own views, style sheets and widths. What is
 * no code is hidden and bars are cut low, so that many codes fit into one picture; nothing else is changed.
 */
import { css, html, render } from 'lit';
import type { Checkout, Instrument } from '../../server/contract/checkout.ts';
import { texts } from '../../widget/i18n/pt-br.ts';
import { styles } from '../../widget/letpay-checkout.styles.ts';
import { loadInstrumentView } from '../../widget/methods/instrument-views.ts';
import type { CopyController } from '../../widget/views/copy-controller.ts';
import { outcomeStyles } from '../../widget/views/outcomes.styles.ts';
import type { OutcomeContext, ScreenHost } from '../../widget/views/view.ts';

export type ScannedInstrument = Extract<Instrument, { method: 'PIX' | 'BOLETO' | 'PAYCASH' }>;

/** In CSS pixels from the page’s corner: a code with the white around it. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const codesOnly = css`
  .instrument > :not(.voucher-bars, .beside, .fold), .voucher-bars > p, .beside > div + div, summary { display: none }
  .white-tile { padding-block: 0 }
  .bars { height: 12px }
`;

const slipsOnly = css`
  .frame { display: none }
  .print-frame { position: static; display: block; width: 174mm; height: 18mm }
`;

/** What the slip leaves free around its bars is 2.5 mm and more: 9 CSS pixels of 0.265 mm. */
const slipWhite = 9;

const now = Date.parse('2026-11-20T12:00:00.000Z');
const checkout = { country: 'BR', currency: 'BRL', reference_id: 'ORDER-1', totals: null } as Checkout;
const noCopy = { outcome: 'none' } as unknown as CopyController;
/** A view asks its host for another render when the shopper does something; here nobody does. */
const host = { addController: () => undefined, requestUpdate: () => undefined } as unknown as ScreenHost;

function placeOf(element: Element): Place {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
}

/** The codes of one method in place of what was there before. */
async function draw(instruments: readonly ScannedInstrument[], width: number): Promise<ShadowRoot> {
  const view = instruments[0] && (await loadInstrumentView(instruments[0].method, host));
  if (!view) throw new Error('There is no view of this instrument.');
  const box = document.createElement('div');
  box.style.width = `${width}px`;
  document.body.style.margin = '0';
  document.body.replaceChildren(box);
  const root = box.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [...styles, outcomeStyles, codesOnly].flatMap(sheet => sheet.styleSheet ?? []);
  const nothing = () => undefined;
  const context: OutcomeContext = {
    texts,
    locale: 'pt-BR',
    now,
    actions: { choose: nothing, submit: nothing, renew: nothing, retry: nothing },
    pause: html``,
    adornments: null,
    screen: width < 480 ? 'narrow' : 'wide',
    checkNote: null,
    isWatching: true,
    isDoubted: false,
    hasOtherWay: true,
    isLeaving: false,
    retryWait: '',
    askToLeave: nothing,
    checkNow: nothing,
    retry: nothing,
  };
  render(
    html`<div class="frame"><div class="content">${instruments.map(
      instrument =>
        html`<section class="instrument">${view.render(instrument, checkout, context, noCopy)}</section>`,
    )}</div></div>`,
    root,
  );
  return root;
}

/** On screen. The white tiles, in the order given. */
async function showCodes(instruments: readonly ScannedInstrument[], width: number): Promise<Place[]> {
  const root = await draw(instruments, width);
  return [...root.querySelectorAll('.white-tile, .qr')].map(placeOf);
}

/** On the slips that are printed, on A4 without its margins. The bars with the white of the slip, in the order given. */
async function showSlips(instruments: readonly ScannedInstrument[]): Promise<Place[]> {
  const root = await draw(instruments, 1024);
  root.adoptedStyleSheets.push(...[slipsOnly].flatMap(sheet => sheet.styleSheet ?? []));
  const append = root.appendChild.bind(root);
  // A frame is filled and printed in the task that adds it: instead of going to the printer it stays.
  root.appendChild = <T extends Node>(node: T): T => {
    const added = append(node);
    if (added instanceof HTMLIFrameElement && added.contentWindow)
      added.contentWindow.print = () => undefined;
    return added;
  };
  for (const section of root.querySelectorAll('section')) {
    // An element has one code, and its slip takes the bars that it finds first.
    root.querySelector = (selector: string) => section.querySelector(selector);
    section.querySelector<HTMLElement>('[part~="print-button"]')?.click();
  }
  return [...root.querySelectorAll('iframe')].map(frame => {
    const slip = frame.contentDocument;
    const bars = slip?.querySelector('svg');
    if (!slip || !bars) throw new Error('The slip has no bars.');
    bars.style.height = '4mm';
    for (const line of slip.querySelectorAll<HTMLElement>('body > :not(svg)')) line.hidden = true;
    const { x, y } = frame.getBoundingClientRect();
    const { x: left, y: top, width, height } = bars.getBoundingClientRect();
    return {
      x: x + left - slipWhite,
      y: y + top - slipWhite,
      width: width + 2 * slipWhite,
      height: height + 2 * slipWhite,
    };
  });
}

export type ShowCodes = typeof showCodes;
export type ShowSlips = typeof showSlips;

Object.assign(globalThis, { showCodes, showSlips });
