import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { askedMinor, toMajor, toMinor } from '../../server/money.ts';

const anyMinor = fc.integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 });

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
      assert.match(String(toMajor(minor, 'PYG')), /^-?\d+$/);
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
  [20000.5, 'COP', 2_000_050],
  // LetPay’s documents: `"amount": 123.45, "asset": "CLP"`.
  [123.45, 'CLP', 12345],
  [1900, 'PYG', 1900],
  ['1900.00', 'PYG', 1900],
  ['1900.50', 'PYG', null],
  [1.234, 'KWD', 1234],
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

for (const [asked, currency, minor] of [
  [4999.5, 'BRL', 499_950],
  [4999, 'CLP', 499_900],
  [4999.5, 'CLP', null],
  [4999.5, 'COP', 499_950],
  [1.234, 'KWD', null],
] as const) {
  test(`a merchant who asks for ${asked} ${currency} asks for ${minor} minor units`, () => {
    assert.equal(askedMinor(asked, currency), minor);
  });
}
