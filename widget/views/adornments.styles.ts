/** What decorates the first screen: no box that is on it already changes its size. */
import { css } from 'lit';

export const adornmentStyles = css`
  .icon.PIX { padding: 2px; fill: #32bcad; stroke: none }
  @media (prefers-contrast: more) { .frame { --_muted: var(--_text); --_control: var(--_text) } }
  @media (forced-colors: active) { .primary, .open { border: 1px solid } .open { border-color: Highlight } }
`;
