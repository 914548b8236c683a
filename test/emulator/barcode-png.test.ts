import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { code128Png, itfPng } from '../../demo/emulator/letpay/barcode-png.ts';
import { readBars } from './read-png.ts';

const scale = 2;
const digitStrings = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map(digits => digits.join(''));

/** The runs of every pair 00 to 99, taken from the emulator's own drawings and checked to be distinct symbols. */
const pairRuns = new Map(
  Array.from({ length: 100 }, (_, value) => {
    const runs = readBars(code128Png(String(value).padStart(2, '0')), scale);
    return [runs.slice(6, 12), value] as const;
  }),
);

test('draws a hundred distinct Code 128 symbols of eleven modules with an even number of dark ones', () => {
  assert.equal(pairRuns.size, 100);
  for (const runs of pairRuns.keys()) {
    const widths = [...runs].map(Number);
    assert.equal(
      widths.reduce((sum, width) => sum + width, 0),
      11,
    );
    assert.equal((widths[0]! + widths[2]! + widths[4]!) % 2, 0);
  }
});

/** Symbols of ISO/IEC 15417 as its tables print them: start C, start B, code C, stop and some pairs. */
test('draws the symbols that the standard prints', () => {
  const known: [value: number, runs: string][] = [
    [0, '212222'],
    [1, '222122'],
    [10, '221312'],
    [42, '112133'],
    [64, '111422'],
    [75, '241211'],
    [99, '113141'],
  ];
  for (const [value, runs] of known) assert.equal(pairRuns.get(runs), value);
  const even = readBars(code128Png('12'), scale);
  assert.ok(even.startsWith('211232') && even.endsWith('2331112'));
  assert.ok(readBars(code128Png('123'), scale).startsWith('211214'));
});

test('draws sixteen digits that read back, with the check symbol', () => {
  fc.assert(
    fc.property(digitStrings(16), reference => {
      const runs = readBars(code128Png(reference), scale);
      const symbols = runs
        .slice(6, -13)
        .match(/.{6}/g)!
        .map(symbol => pairRuns.get(symbol));
      assert.equal(symbols.map(value => String(value).padStart(2, '0')).join(''), reference);
      const sum = symbols.reduce<number>((total, value, index) => total + value! * (index + 1), 105);
      const check = pairRuns.get(runs.slice(-13, -7));
      if (sum % 103 < 100) assert.equal(check, sum % 103);
      assert.equal(
        [...runs].reduce((total, width) => total + Number(width), 0),
        123,
      );
    }),
    { numRuns: 20 },
  );
});

test('draws thirteen digits with the first one in set B, in 123 modules', () => {
  fc.assert(
    fc.property(digitStrings(13), reference => {
      const runs = readBars(code128Png(reference), scale);
      const pairs = runs
        .slice(18, -13)
        .match(/.{6}/g)!
        .map(symbol => pairRuns.get(symbol));
      assert.equal(runs.slice(12, 18), '113141');
      assert.equal(pairRuns.get(runs.slice(6, 12)), 16 + Number(reference[0]));
      assert.equal(pairs.map(value => String(value).padStart(2, '0')).join(''), reference.slice(1));
      assert.equal(
        [...runs].reduce((total, width) => total + Number(width), 0),
        123,
      );
    }),
    { numRuns: 20 },
  );
});

test('draws 44 digits as interleaved 2 of 5 in 405 modules, with start and stop', () => {
  const runs = readBars(itfPng('00197723700000010000000001014051000000078717'), scale);
  assert.equal(
    [...runs].reduce((total, width) => total + Number(width), 0),
    405,
  );
  assert.ok(runs.startsWith('1111') && runs.endsWith('311'));
  const first = runs.slice(4, 14);
  assert.equal(first, '1111333311', 'two zeros, bars and spaces alike');
});
