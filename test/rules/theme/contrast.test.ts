/** The default colours in light and dark, by WCAG 2.2’s formula: every pair that stands on screen at or above its figure. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { tokens } from '../../../widget/theme/tokens.styles.ts';

/** Foreground, background, least ratio. Text 4.5 by the standard (1.4.3), controls 3 (1.4.11); the design asks for more. */
const pairs: readonly (readonly [color: string, on: string, least: number, leastInDark?: number])[] = [
  ['text', 'surface', 17, 16],
  ['text', 'raised', 7],
  ['muted', 'surface', 6],
  ['muted', 'raised', 6],
  ['control', 'surface', 3],
  ['control', 'raised', 3],
  ['on-accent', 'accent', 6, 8],
  ['accent', 'surface', 3],
  ['accent', 'raised', 4.5],
  ['danger', 'surface', 6],
  ['danger', 'raised', 6],
  ['warning', 'warning-surface', 6],
  ['success', 'surface', 6],
  ['success', 'raised', 6],
];

/** Every default by its name, in the order in which the sheet has the themes: light, dark, dark by the system. */
function themes(): readonly ReadonlyMap<string, string>[] {
  return tokens.cssText.split(':host').flatMap(rule => {
    const colors = [...rule.matchAll(/--letpay-color-([a-z-]+),(#[0-9a-f]{3,6})\)/g)];
    return colors.length > 0 ? [new Map(colors.map(([, name = '', value = '']) => [name, value]))] : [];
  });
}

/** Relative luminance, 0 to 1 (WCAG 2.2, “relative luminance”). */
function luminance(color: string): number {
  const digits =
    color.length === 4 ? [...color.slice(1)].map(digit => digit + digit).join('') : color.slice(1);
  const [red = 0, green = 0, blue = 0] = (digits.match(/../g) ?? []).map(pair => {
    const channel = Number.parseInt(pair, 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('the formula', () => {
  it('gives the figures of the standard', () => {
    assert.equal(contrast('#000', '#fff'), 21);
    assert.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54');
  });
});

describe('the default colours', () => {
  const [light, dark, bySystem] = themes();

  it('are the same in dark whether the page or the system asks for it', () => {
    assert.deepEqual(bySystem, dark);
    assert.equal(light?.size, 12);
  });

  for (const [theme, colors] of Object.entries({ light, dark })) {
    for (const [color, on, least, leastInDark = least] of pairs) {
      const wanted = theme === 'dark' ? leastInDark : least;
      it(`${theme}: ${color} on ${on} has ${wanted} to 1 and more`, () => {
        const [front, back] = [colors?.get(color), colors?.get(on)];
        assert.ok(front && back, `no ${color} or ${on}`);
        const ratio = contrast(front, back);
        assert.ok(ratio >= wanted, `${front} on ${back} has ${ratio.toFixed(2)}`);
      });
    }
  }
});
