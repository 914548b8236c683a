/** The host, the frame, and the first screen. Layout follows the width of the element, never the window’s. */
import { css } from 'lit';
import { controls } from './theme/controls.styles.ts';
import { tokens } from './theme/tokens.styles.ts';

const layout = css`
  :host { display: block; font: inherit; font-family: var(--letpay-font-family, inherit); line-height: 1.45; color: var(--_text); container-type: inline-size; text-align: start }
  :host([hidden]) { display: none }
  * { box-sizing: border-box }
  p, dl, dd, ol, h2, fieldset { margin: 0; padding: 0; border: 0; min-width: 0 }
  .frame { font-size: 16px; background: var(--_surface); border: 1px solid var(--_line); border-radius: var(--_radius); overflow: clip }
  .content { padding: var(--_4) }
  .ribbon { padding: var(--_1) var(--_4); background: var(--_warning-surface); color: var(--_warning); font-size: 14px; text-align: center }
  .title { padding: 0; font-size: 18px; font-weight: 600; line-height: 1.3 }
  legend.title { margin-bottom: var(--_3) }
  .pay, .body { display: grid; gap: var(--_4); min-width: 0 }
  .methods { border: 1px solid var(--_line); border-radius: var(--_radius-control); overflow: clip }
  .method + .method { border-top: 1px solid var(--_line) }
  .row { display: flex; align-items: center; gap: var(--_3); min-height: 56px; padding: var(--_2) var(--_4) }
  label.row { cursor: pointer }
  .words { flex: 1; display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0 var(--_2) }
  .name { font-weight: 500 }
  .open, .method:hover { background: var(--_raised) }
  .open .name { font-weight: 600 }
  .body { padding: 0 var(--_4) var(--_4) }
  .body p { color: var(--_muted) }
  .body .error { color: var(--_danger) }
  .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 0 var(--_3) }
  .field { grid-column: 1 / -1; display: grid; grid-template-rows: subgrid; grid-row: span 3; margin-bottom: var(--_4); min-width: 0 }
  .field .label { align-self: end }
  .field:last-child { margin: 0 }
  .card_expiry, .card_cvv { grid-column: auto }
  .tile { position: absolute; inset-inline-end: 10px; top: calc(50% - 12px); width: 38px; height: 24px; border-radius: var(--_radius-tile); pointer-events: none }
  .control:has(.tile) input { padding-inline-end: 58px }
  .summary { display: grid; gap: var(--_1); font-variant-numeric: tabular-nums }
  .summary div { display: flex; align-items: baseline; justify-content: space-between; gap: var(--_4) }
  .summary-line { color: var(--_muted); font-size: 14px }
  .total { font-size: 20px; font-weight: 600 }
  .notice { display: flex; gap: var(--_2); padding: var(--_3); border-radius: var(--_radius-control); background: var(--_warning-surface); color: var(--_warning); font-size: 14px }
  .notice p { color: inherit }
  .bone { display: block; background: var(--_raised); animation: pulse 2s ease-in-out infinite }
  .title-bone { width: 55%; background: var(--_line); height: 24px; margin-bottom: var(--_3); border-radius: var(--_radius-tile) }
  .row-bone { height: 56px; background: none } .open-bone { height: 152px; border-block: 1px solid var(--_line) }
  @keyframes pulse { 50% { opacity: .45 } }
  @container (max-width: 359px) {
    .content { padding: var(--_2) }
    .row, .body { padding-inline: var(--_2) }
    .control:has(.tile) input { padding: 0 50px 0 8px }
  }
  @container (min-width: 480px) {
    .content { padding: var(--_6) }
    .narrow, .card_installments .hint { display: none }
  }
  @container (min-width: 720px) {
    .pay { grid-template-columns: 1fr 240px; gap: var(--_8); align-items: start }
    .summary { margin-top: 36px; padding: var(--_4); border-radius: var(--_radius-control); background: var(--_raised) }
  }
  @media (prefers-reduced-motion: reduce) { * { animation: none !important; transition: none !important } }
  @media (forced-colors: active) { .primary, .open, .notice { border: 1px solid } .open { border-color: Highlight } }
`;

export const styles = [tokens, controls, layout];
