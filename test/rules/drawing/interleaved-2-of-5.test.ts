import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { interleaved2of5 } from '../../../widget/drawing/interleaved-2-of-5.ts';
import { barWidths } from './bar-widths.ts';

/** The digit of five elements by its weights 1, 2, 4, 7 and parity (ISO/IEC 16390): an independent way to the same table. */
function digitOf(elements: readonly number[]): number {
  const sum = elements.reduce((total, width, i) => total + (width === 3 ? ([1, 2, 4, 7, 0][i] ?? 0) : 0), 0);
  assert.equal(elements.filter(width => width === 3).length, 2);
  return sum === 11 ? 0 : sum;
}

function decode(widths: readonly number[]): string {
  assert.deepEqual(widths.slice(0, 4), [1, 1, 1, 1]);
  assert.deepEqual(widths.slice(-3), [3, 1, 1]);
  let digits = '';
  for (let at = 4; at < widths.length - 3; at += 10) {
    const pair = widths.slice(at, at + 10);
    digits += digitOf(pair.filter((_, i) => i % 2 === 0));
    digits += digitOf(pair.filter((_, i) => i % 2 === 1));
  }
  return digits;
}

test('a boleto is 405 modules wide, with ten of light on either side', () => {
  const { width } = interleaved2of5('00197723700000010000000001014051000000078717');
  assert.equal(width, 405 + 20);
});

test('the bars say the digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^(\d\d){1,22}$/), digits => {
      assert.equal(decode(barWidths(interleaved2of5(digits))), digits);
    }),
  );
});

test('an odd number of digits and anything but digits is refused', () => {
  for (const text of ['', '123', '12a4']) assert.throws(() => interleaved2of5(text), RangeError);
});
