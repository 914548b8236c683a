import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { code128 } from '../../../widget/drawing/code-128.ts';
import { barWidths } from './bar-widths.ts';

/** The symbols of a code as texts of six widths, without the stop. */
function symbolsOf(text: string): string[] {
  const widths = barWidths(code128(text)).join('');
  assert.match(widths, /2331112$/);
  return widths.slice(0, -7).match(/.{6}/g) ?? [];
}

/** Patterns by value, learned from set B and set C, so that the table is used from two sides. */
const patternOfValue = new Map<string, number>();
for (let value = 0; value < 95; value++) {
  patternOfValue.set(symbolsOf(String.fromCharCode(value + 32))[1] ?? '', value);
}
for (let value = 95; value < 100; value++) patternOfValue.set(symbolsOf(String(value))[1] ?? '', value);
patternOfValue.set('114131', 100);
patternOfValue.set('311141', 101);
patternOfValue.set('411131', 102);
const startB = '211214';
const startC = '211232';

function decode(text: string): string {
  const [start, ...symbols] = symbolsOf(text);
  const values = symbols.map(symbol => patternOfValue.get(symbol) ?? Number.NaN);
  const sum = values
    .slice(0, -1)
    .reduce((total, value, i) => total + value * (i + 1), start === startC ? 105 : 104);
  assert.equal(values.at(-1), sum % 103);
  let inC = start === startC;
  let result = '';
  for (const value of values.slice(0, -1)) {
    if (inC && value === 100) inC = false;
    else if (!inC && value === 99) inC = true;
    else result += inC ? String(value).padStart(2, '0') : String.fromCharCode(value + 32);
  }
  return result;
}

test('every symbol is eleven modules of three bars and three spaces, bars even in sum, and no two are alike', () => {
  assert.equal(patternOfValue.size, 103);
  for (const pattern of patternOfValue.keys()) {
    const widths = [...pattern].map(Number);
    assert.equal(widths.length, 6);
    assert.equal(
      widths.reduce((a, b) => a + b),
      11,
    );
    assert.equal(((widths[0] ?? 0) + (widths[2] ?? 0) + (widths[4] ?? 0)) % 2, 0);
  }
});

test('digits and letters have the patterns of the standard', () => {
  const published = {
    '0': '123122',
    '1': '123221',
    '9': '321122',
    A: '111323',
    Z: '312311',
    a: '121124',
    ' ': '212222',
    '~': '131141',
  };
  for (const [character, pattern] of Object.entries(published)) {
    assert.equal(symbolsOf(character)[1], pattern, character);
  }
});

test('“Wikipedia” has check value 88 and starts in set B', () => {
  const symbols = symbolsOf('Wikipedia');
  assert.equal(symbols[0], startB);
  assert.equal(patternOfValue.get(symbols.at(-1) ?? ''), 88);
});

test('13 and 16 digits are both 123 modules, with ten of light on either side', () => {
  assert.equal(code128('1234567890123').width, 123 + 20);
  assert.equal(code128('1234567890123456').width, 123 + 20);
});

test('digits are drawn in pairs and letters one by one', () => {
  assert.equal(symbolsOf('12345678')[0], startC);
  assert.equal(symbolsOf('12345678').length, 1 + 4 + 1);
  assert.equal(symbolsOf('AB12')[0], startB);
  assert.equal(symbolsOf('AB123456').length, 1 + 2 + 1 + 3 + 1);
  assert.equal(symbolsOf('A12345').length, 1 + 2 + 1 + 2 + 1);
});

test('the bars say the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.stringMatching(/^[ -~]{1,30}$/), fc.stringMatching(/^([A-C]|\d{1,7}){1,5}$/)),
      text => {
        assert.equal(decode(text), text);
      },
    ),
  );
});

test('nothing and what is not printable ASCII is refused', () => {
  for (const text of ['', 'ção', 'a\nb']) assert.throws(() => code128(text), RangeError);
});
