/** The screens after a submission. */
import { css, unsafeCSS } from 'lit';

/**
 * Where a module of a bar code has hardly two dots of the screen, a fraction of a dot more or less hides it from scanners:
 * there the bars are as wide as whole dots allow. Not when even one dot a module is too wide: then they fill the tile.
 * Denser screens need none of this. An engine that cannot round is asked first: a declaration with a variable in it is not
 * passed over there, it would leave the bars as wide as their drawing, many screens.
 */
const dots = unsafeCSS(
  [1, 1.25, 1.5]
    .map(
      density =>
        `@media (resolution: ${density}dppx) { .bars { --_dots: calc(var(--_modules, 1) * 1px / ${density}); width: max(min(100%, var(--_dots)), round(down, 100%, var(--_dots))) } }`,
    )
    .join('\n'),
);

export const outcomeStyles = css`
  a, summary { color: inherit }
  .secondary { border-color: var(--_control); color: var(--_text); min-height: 44px; font-weight: 600 }
  .secondary:hover, :where(button, a).quiet:hover { background: var(--_raised) }
  :where(button, a).quiet { color: var(--_accent); min-height: 44px; font-weight: 500 }
  .outcome { display: grid; justify-items: center; gap: var(--_3); padding: var(--_4) 0; text-align: center }
  [aria-disabled='true']:not(.busy) { filter: grayscale(1); cursor: default }
  .badge { display: grid; place-items: center; width: 56px; height: 56px; border-radius: 50%; background: var(--_raised); color: var(--_accent) }
  .badge .icon { width: 30px; height: 30px }
  .bad .badge { color: var(--_danger) }
  .notice { display: flex; gap: var(--_2); padding: var(--_3); border-radius: var(--_radius-group); background: var(--_warning-surface); color: var(--_warning); font-size: .875em }
  @media (forced-colors: active) { .notice { border: 1px solid } }
  .message .notice { width: 100%; text-align: start }
  .message { color: var(--_muted); display: grid; gap: var(--_2); justify-items: center; max-width: 46ch }
  .actions { display: grid; gap: var(--_2); width: 100%; max-width: 400px }
  .instrument { max-width: 720px; margin: 0 auto }
  .instrument, .beside, .beside > div { display: grid; gap: var(--_4); min-width: 0 }
  .good .badge, .note.copied { color: var(--_success) }
  .amount { font-size: 1.5em; font-weight: 600; color: var(--_text) }
  .actions.inline { grid-template-columns: repeat(auto-fit, minmax(min(200px, 100%), 1fr)); gap: 0 var(--_2); max-width: none; border-top: 1px solid var(--_line); padding-top: var(--_2) }
  .facts { display: grid; gap: var(--_1) }
  .facts div { display: flex; align-items: baseline; justify-content: space-between; flex-wrap: wrap; gap: 0 var(--_4) }
  .facts dt { color: var(--_muted) }
  .facts dd { text-align: end; overflow-wrap: anywhere }
  .facts :first-child dd { font-size: 1.25em; font-weight: 600 }
  .code-block { display: grid; min-width: 0 }
  .whole { display: inline-block; max-width: 100% }
  .code { display: block; padding: var(--_3); border: 1px dashed var(--_control); border-radius: var(--_radius-group); background: var(--_raised);
    font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; user-select: all; -webkit-user-select: all }
  .code:not(.spoken) { word-break: break-all }
  .code.spoken { font-size: 1.0625em; text-align: center }
  .spoken[part='paycash-reference'] { font-size: 1.375em; font-weight: 600 }
  .small, .note { font-size: .875em; color: var(--_muted) }
  .note .icon { width: 18px; height: 18px; margin-top: 1px; stroke-width: 2 }
  .note { display: flex; gap: 6px; justify-content: center; text-align: center }
  .note.copied { font-weight: 500 }
  .code-block .note { min-height: 1.45em; margin: var(--_1) 0 }
  .steps { padding-inline-start: 1.4em; color: var(--_muted) }
  .steps li { padding-inline-start: 4px }
  .steps li + li { margin-top: var(--_1) }
  .steps ::marker { font-weight: 600; color: var(--_text) }
  .countdown { align-items: center; font-size: 1em; color: var(--_text) }
  .qr, .white-tile { border: 1px solid var(--_line); border-radius: var(--_radius-tile); background: #fff; forced-color-adjust: none }
  .qr { display: block; width: 240px; max-width: 100%; aspect-ratio: 1; margin: 0 auto }
  .white-tile { padding: 12px 0 }
  .bars { display: block; width: 100%; height: 72px; margin: 0 auto }
  @supports (width: round(1px, 1px)) { ${dots} }
  .fold { min-width: 0 }
  .voucher-bars { display: grid; gap: var(--_1) }
  .fold summary { min-height: 44px; padding: 10px 0; color: var(--_accent); font-weight: 500; cursor: pointer }
  .status { display: flex; gap: var(--_2); align-items: center; justify-content: center; padding: var(--_3) var(--_4); border-top: 1px solid var(--_line); background: var(--_raised); color: var(--_muted); font-size: .875em }
  .status::before { content: ''; flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--_accent); animation: pulse 2s ease-in-out 2 }
  .pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr)); gap: var(--_2) }
  [aria-pressed='true'] { gap: var(--_2); border-color: var(--_accent); box-shadow: 0 0 0 1px var(--_accent); color: var(--_accent) }
  .bank-page { max-height: 480px; overflow: auto; border: 1px solid var(--_line); border-radius: var(--_radius-tile); background: #fff }
  .bank-page iframe { display: block; width: 720px; height: 1100px; border: 0; color-scheme: light }
  .print-frame { position: absolute; width: 0; height: 0; border: 0 }
  .busy { cursor: progress }
  .busy::before { content: ''; flex: none; width: 18px; height: 18px; margin-inline-end: var(--_2); border: 2px solid; border-inline-start-color: transparent; border-radius: 50%; animation: turn 1s linear infinite }
  @keyframes turn { to { transform: rotate(1turn) } }
  @container (min-width: 29.8em) {
    .narrow { display: none }
    .beside { grid-template-columns: 240px 1fr; gap: var(--_6); align-items: start }
  }
`;
