/** Buttons, inputs and small text. Boxes in px: a page that sets its root to 62.5 % must not shrink a pay button. Letters in em of the frame’s. */
import { css } from 'lit';

export const controls = css`
  button, input, select { font: inherit; color: inherit }
  :where(button, a[class]) { display: flex; align-items: center; justify-content: center; width: 100%;
    min-height: var(--letpay-button-height, 52px); margin: 0; padding: var(--_2); border: 1px solid transparent; border-radius: var(--_radius-control);
    background: none; text-align: center; text-decoration: none; cursor: pointer }
  .primary { background: var(--_accent); color: var(--_on-accent); font-weight: 600 }
  .control { position: relative; display: block }
  .control input, select { width: 100%; height: var(--_control-height); padding: 0 32px 0 12px; appearance: none; border: 1px solid var(--_control);
    border-radius: var(--_radius-control); background: var(--_surface); color: var(--_text); font-size: max(16px, 1em); text-overflow: ellipsis }
  input[type='radio'] { flex: none; width: 20px; height: 20px; margin: 0; accent-color: var(--_accent) }
  .label { display: block; margin: 0 0 var(--_1); font-size: .875em; font-weight: 500 }
  .hint, .row-hint { font-size: .875em; color: var(--_muted) }
  .hint, .error { margin: var(--_1) 0 0 }
  .icon { flex: none; width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.6 }
  .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`;
