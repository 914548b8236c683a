import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { currencyDigits, toMajor, toMinor } from '../../server/money.ts';

const anyMinor = fc.integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 });

test('minor units survive the way out and back in every currency', () => {
  fc.assert(
    fc.property(anyMinor, fc.constantFrom('BRL', 'MXN', 'USD', 'CLP', 'COP', 'XXX'), (minor, currency) => {
      assert.equal(toMinor(toMajor(minor, currency), currency), minor);
    }),
  );
});

test('every amount with two decimals is read exactly, from a number and from text', () => {
  for (let minor = 0; minor <= 100_000; minor += 1) {
    const text = `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
    assert.equal(toMinor(text, 'BRL'), minor);
    assert.equal(toMinor(Number(text), 'BRL'), minor);
  }
});

test('what leaves prints with no more decimals than the currency has', () => {
  fc.assert(
    fc.property(anyMinor, minor => {
      assert.match(String(toMajor(minor, 'BRL')), /^-?\d+(\.\d{1,2})?$/);
      assert.match(String(toMajor(minor, 'CLP')), /^-?\d+$/);
    }),
  );
});

for (const [given, currency, minor] of [
  // The amounts of the documents’ samples; 33.2 has lost its zero.
  [33.2, 'BRL', 3320],
  ['123.45', 'BRL', 12345],
  ['190', 'BRL', 19000],
  [897.51, 'BRL', 89751],
  [0.1, 'BRL', 10],
  [1.005, 'BRL', null],
  [0.1 + 0.2, 'BRL', null],
  ['12.340', 'BRL', 1234],
  ['12.341', 'BRL', null],
  [1900, 'CLP', 1900],
  ['1900.00', 'CLP', 1900],
  ['1900.50', 'CLP', null],
  ['-5.10', 'BRL', -510],
  ['-0', 'BRL', 0],
  ['1e3', 'BRL', null],
  [1e21, 'BRL', null],
  ['1,50', 'BRL', null],
  ['', 'BRL', null],
  ['.5', 'BRL', null],
  ['99999999999999999', 'BRL', null],
  [Number.NaN, 'BRL', null],
  [Number.POSITIVE_INFINITY, 'BRL', null],
] as const) {
  test(`${JSON.stringify(given)} in ${currency} is ${minor} minor units`, () => {
    assert.equal(toMinor(given, currency), minor);
  });
}

test('digits follow ISO 4217, and an unknown currency has two', () => {
  assert.deepEqual(['BRL', 'CLP', 'PEN', 'brl', 'NOPE'].map(currencyDigits), [2, 0, 2, 2, 2]);
});
