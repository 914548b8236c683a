/** The screens after a submission. */
import { css } from 'lit';

export const outcomeStyles = css`
  .secondary { border-color: var(--_control); color: var(--_text); min-height: 44px; font-weight: 600 }
  .secondary:hover, button.quiet:hover { background: var(--_raised) }
  button.quiet { color: var(--_accent); min-height: 44px; font-weight: 500 }
  .outcome { display: grid; justify-items: center; gap: var(--_3); padding: var(--_4) 0; text-align: center }
  .badge { display: grid; place-items: center; width: 56px; height: 56px; border-radius: 50%; background: var(--_raised); color: var(--_accent) }
  .badge .icon { width: 30px; height: 30px }
  .bad .badge { color: var(--_danger) }
  .message { color: var(--_muted); display: grid; gap: var(--_2); justify-items: center; max-width: 46ch }
  .actions { display: grid; gap: var(--_2); width: 100%; max-width: 400px }
  .instrument { max-width: 720px; margin: 0 auto }
  .instrument, .code-block, .beside > div { display: grid; gap: var(--_4); min-width: 0 }
  .good .badge, .note.copied { color: var(--_success) }
  .amount { font-size: 24px; font-weight: 600; color: var(--_text); font-variant-numeric: tabular-nums }
  .actions.inline { grid-auto-flow: column; grid-auto-columns: 1fr; max-width: none; border-top: 1px solid var(--_line); padding-top: var(--_2) }
  .facts { display: grid; gap: var(--_1); font-variant-numeric: tabular-nums }
  .facts div { display: flex; align-items: baseline; justify-content: space-between; gap: var(--_4) }
  .facts dt { color: var(--_muted) }
  .facts dd { text-align: end; overflow-wrap: anywhere }
  .facts :first-child dd { font-size: 20px; font-weight: 600 }
  .code-block { gap: var(--_2) }
  .code { display: block; padding: var(--_3); border: 1px dashed var(--_control); border-radius: var(--_radius-control); background: var(--_raised);
    font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-variant-numeric: tabular-nums; max-height: 96px; overflow: auto; overflow-wrap: anywhere; user-select: all; -webkit-user-select: all }
  .code.spoken { max-height: none; font-size: 17px; text-align: center; overflow-wrap: normal }
  .note { display: flex; gap: 6px; justify-content: center; text-align: center }
  .note.copied { font-weight: 500 }
  .note:empty { display: none }
  .steps { padding-inline-start: 22px; color: var(--_muted) }
  .steps li { padding-inline-start: 4px }
  .steps li + li { margin-top: var(--_1) }
  .steps ::marker { font-weight: 600; color: var(--_text) }
  .countdown { align-items: center; font-size: 16px; color: var(--_text); font-variant-numeric: tabular-nums }
  .qr, .white-tile { border: 1px solid var(--_line); border-radius: var(--_radius-tile); background: #fff; forced-color-adjust: none }
  .qr { display: block; width: 240px; max-width: 100%; aspect-ratio: 1; margin: 0 auto }
  .white-tile { padding: 12px 4px }
  .bars { display: block; width: 100%; height: 72px }
  .fold summary { min-height: 44px; padding: 10px 0; color: var(--_accent); font-weight: 500; cursor: pointer }
  .status { display: flex; gap: var(--_2); align-items: center; justify-content: center; padding: var(--_3) var(--_4); border-top: 1px solid var(--_line); background: var(--_raised); color: var(--_muted); font-size: 14px }
  .status::before { content: ''; flex: none; width: 8px; height: 8px; border-radius: 50%; background: var(--_accent); animation: pulse 2s ease-in-out infinite }
  .print-frame { position: absolute; width: 0; height: 0; border: 0 }
  @container (min-width: 480px) {
    .beside { display: grid; grid-template-columns: 240px 1fr; gap: var(--_6); align-items: start }
  }
`;
