/**
 * The host, the frame, and the first screen. Layout follows the width of the element, never the window’s.
 *
 * A page’s own rules win over `:host`, and what is inherited passes into a shadow root: so everything that is inherited is
 * begun anew at the frame, where no page can reach. Two things stay the page’s: the family of its letters, so that the tag
 * belongs there, and whether it can be seen and clicked, because a page that hides or blocks its checkout means it. The size
 * of letters starts at 16 px and follows the root only upwards: that is how a browser’s setting for larger text arrives. Our
 * languages run left to right. The frame gives itself a width where a page asks its content for one (a cell, a flex item);
 * a container of inline size has none of its own.
 */
import { css } from 'lit';
import { controls } from './theme/controls.styles.ts';
import { tokens } from './theme/tokens.styles.ts';

const layout = css`
  :host { display: block }
  :host([hidden]) { display: none }
  .frame { all: initial; visibility: inherit; pointer-events: inherit; display: block; direction: ltr; container-type: inline-size; contain-intrinsic-inline-size: min(440px, 88vw);
    font-family: var(--letpay-font-family, inherit); font-size: var(--letpay-font-size, clamp(16px, 1rem, 32px)); font-variant-numeric: tabular-nums; line-height: 1.45; overflow-wrap: break-word;
    color-scheme: var(--_scheme); color: var(--_text); background: var(--_surface); border: 1px solid var(--_line); border-radius: var(--_radius); overflow: clip }
  * { box-sizing: border-box }
  p, dl, dd, ol, h2, fieldset { margin: 0; padding: 0; border: 0; min-width: 0 }
  .content { padding: var(--_4) }
  ::slotted([slot$='er']) { padding: var(--_4) }
  .title { padding: 0; font-size: 1.125em; font-weight: 600; line-height: 1.3 }
  legend { margin-bottom: var(--_3) }
  .pay, .body { display: grid; gap: var(--_4); min-width: 0 }
  .methods { border: 1px solid var(--_line); border-radius: var(--_radius-group); overflow: clip }
  .method + .method { border-top: 1px solid var(--_line) }
  .row { display: flex; align-items: center; gap: var(--_3); min-height: 60px; padding: var(--_2) var(--_4) }
  [inert] { pointer-events: none }
  .words { flex: 1; display: grid }
  .summary div { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 var(--_2) }
  dd { margin-inline-start: auto }
  .name { font-weight: 500 }
  .open, .method:hover { background: var(--_raised) }
  .body { padding: 0 var(--_4) var(--_4) }
  [part='method-intro'] { color: var(--_muted) }
  .body > :empty { position: absolute }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 0 var(--_3) }
  .field { grid-column: 1 / -1; display: grid; grid-template-rows: subgrid; grid-row: span 3; margin-bottom: var(--_4); min-width: 0 }
  .field .label { align-self: end }
  .field:last-child { margin: 0 }
  .brands { height: 18px }
  .tile { position: absolute; inset: 0 10px 0 auto; margin: auto; width: 38px; height: 24px; border-radius: var(--_radius-tile); pointer-events: none }
  .summary { display: grid; gap: var(--_1) }
  .summary-line { color: var(--_muted); font-size: .875em }
  .total { font-size: 1.25em; font-weight: 600 }
  .bone { background: var(--_raised); animation: pulse 2s ease-in-out infinite }
  .title-bone { background: var(--_line); height: 23px; margin-bottom: var(--_3) }
  .open-bone { height: 221px; border-block: 1px solid var(--_line) }
  @keyframes pulse { 50% { opacity: .45 } }
  @container (min-width: 17em) { .card_expiry, .card_cvv { grid-column: auto } }
  @container (max-width: 22.4em) {
    .content { padding: var(--_2) }
    .row, .body { padding-inline: var(--_2) }
  }
  @container (min-width: 29.8em) {
    .content { padding: var(--_6) }
    .words { grid-auto-flow: column; align-items: baseline; justify-content: space-between; gap: var(--_2) }
    .brands { grid-area: 2 / 1 / 3 / 3 }
  }
  @container (min-width: 44.8em) {
    .pay { grid-auto-flow: column; grid-template-columns: 1fr; gap: var(--_6); align-items: start }
    .summary { width: 240px; margin-top: 36px; padding: var(--_4); border-radius: var(--_radius-group); background: var(--_raised) }
    div[part] + .summary { margin: 0 }
  }
  @media (prefers-reduced-motion: reduce) { *, ::before { animation: none !important } }
`;

export const styles = [tokens, controls, layout];
