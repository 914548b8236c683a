/**
 * Every `--letpay-…` token with its default. A token that a merchant does not set has the value of the theme; inside, only
 * the short names with two dashes and an underscore are used. Contrast figures of the defaults stand in the design notes
 * and hold for every pair: text 4.5 : 1 and more, controls 3 : 1 and more. Boxes that hold more than one line take a radius
 * only as far as it cuts nothing: a pill is for buttons and inputs.
 */
import { css, unsafeCSS } from 'lit';

/** Light and dark, by the token’s name after `--letpay-color-`. */
const colors: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  surface: ['#fff', '#15181e'],
  raised: ['#f6f7f9', '#1f242c'],
  text: ['#15181e', '#f2f4f7'],
  muted: ['#555d6b', '#a9b2c0'],
  line: ['#d5d9e0', '#39404c'],
  control: ['#7b8494', '#7f8999'],
  accent: ['#0a5bd3', '#8ab4ff'],
  'on-accent': ['#fff', '#0b1a33'],
  danger: ['#b3261e', '#ff9e95'],
  warning: ['#7a5200', '#f6cf6b'],
  'warning-surface': ['#fff4d6', '#3a2f10'],
  success: ['#10693a', '#7fd6a2'],
};

const palette = (theme: 0 | 1) =>
  unsafeCSS(
    Object.entries(colors)
      .map(([name, values]) => `--_${name}:var(--letpay-color-${name},${values[theme]})`)
      .join(';'),
  );

export const tokens = css`
  :host { ${palette(0)}; --_scheme: light;
    --_radius: min(var(--letpay-radius-box, 10px), 24px); --_radius-control: var(--letpay-radius-control, 8px); --_radius-group: min(var(--_radius-control), 12px); --_radius-tile: min(var(--letpay-radius-tile, 6px), 8px);
    --_1: var(--letpay-space, 4px); --_2: calc(var(--_1) * 2); --_3: calc(var(--_1) * 3); --_4: calc(var(--_1) * 4); --_6: calc(var(--_1) * 6); --_control-height: var(--letpay-control-height, 48px) }
  :host([theme='dark']) { ${palette(1)}; --_scheme: dark }
  @media (prefers-color-scheme: dark) { :host([theme='auto']) { ${palette(1)}; --_scheme: dark } }
`;
