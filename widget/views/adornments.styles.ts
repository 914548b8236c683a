/**
 * What decorates the first screen: no box that is on it already changes its size. Letters of an input are never larger than a
 * card number that fits in it.
 */
import { css } from 'lit';

export const adornmentStyles = css`
  .control input { font-size: max(16px, min(1em, 5cqi)) }
  .control input:autofill { box-shadow: 0 0 0 99px var(--_surface) inset; -webkit-text-fill-color: var(--_text) }
  .field:has([aria-invalid='true']) .label { color: var(--_danger) }
  .primary:hover { filter: brightness(1.08) }
  .title:focus { outline: none }
  .control:has(.tile) input { padding-right: 58px }
  .ribbon { padding: var(--_1) var(--_4); background: var(--_warning-surface); color: var(--_warning); font-size: .875em; text-align: center }
  .error { display: flex; gap: 6px; font-size: .875em; color: var(--_danger) }
  [aria-invalid='true'] { border-color: var(--_danger); box-shadow: 0 0 0 1px var(--_danger) }
  .error .icon { width: 18px; height: 18px; margin-top: 1px; stroke-width: 2 }
  :focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px }
  label { cursor: pointer }
  .brands { display: flex; flex-wrap: wrap; gap: 4px; overflow: hidden }
  .brands .tile { position: static; width: auto; height: 18px; margin: 0 }
  .free { color: var(--_success); font-weight: 500 }
  .secure { text-align: center }
  .secure .icon { width: 14px; height: 14px; vertical-align: -2px; stroke-width: 2 }
  .icon { stroke-linecap: round; stroke-linejoin: round }
  .icon.PIX { padding: 2px; fill: #32bcad; stroke: none }
  @media (prefers-contrast: more) { .frame { --_muted: var(--_text); --_control: var(--_text) } }
  @media (forced-colors: active) { .open { border: 1px solid Highlight } .primary { border: 2px solid ButtonText; background: ButtonText; color: ButtonFace; forced-color-adjust: none } }
`;
