import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatAmount, formatMajor, toMajor } from '../../demo/shop/money.ts';
import { orderDigits } from '../../server/contract/currency.ts';

/** `Intl` writes no-break spaces; a plain one reads better here. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('centavos become the decimal that the proxy takes', () => {
  assert.equal(toMajor(5490, 'BRL'), 54.9);
  assert.equal(toMajor(5, 'USD'), 0.05);
  assert.equal(toMajor(42_000, 'COP'), 42_000);
});

test('an amount sent to the proxy never has more than two decimals', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000_000 }), cents => {
      assert.match(String(toMajor(cents, 'BRL')), /^\d+(\.\d{1,2})?$/);
      assert.equal(Math.round(toMajor(cents, 'BRL') * 100), cents);
    }),
  );
});

test('a price of the shop has the decimals of its currency, or none where shops write none', () => {
  const shop = ['BRL', 'MXN', 'COP', 'CRC', 'USD', 'PEN', 'GTQ', 'HNL', 'CLP', 'DOP'] as const;
  const differing = shop.filter(currency => toMajor(1, currency) !== 1 / 10 ** orderDigits(currency));
  assert.deepEqual(differing, ['COP', 'CRC']);
  for (const currency of differing) assert.equal(toMajor(1, currency), 1);
});

test('prices are written as people of the country write them', () => {
  assert.equal(plain(formatAmount(123_456, 'BRL', 'pt-BR')), 'R$ 1.234,56');
  assert.equal(plain(formatAmount(109_000, 'MXN', 'es-MX')), '$1,090.00');
  assert.equal(plain(formatAmount(229_000, 'COP', 'es-CO')), '$ 229.000');
});

test('cents of a fee are shown even where prices have none', () => {
  assert.equal(plain(formatMajor(42_000.5, 'COP', 'es-CO')), '$ 42.000,50');
  assert.equal(plain(formatMajor(42_000, 'COP', 'es-CO')), '$ 42.000');
});
