import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cashCountry,
  isNearLimits,
  isOutsideLimits,
} from '../../../../widget/methods/paycash/cash-country.ts';

/** LetPay, “Paycash”: country, currency, least and most of one payment. */
const documented = [
  ['MX', 'MXN', 15, 10_000],
  ['CO', 'COP', 10_000, 5_000_000],
  ['CR', 'CRC', 1100, 190_000],
  ['EC', 'USD', 2, 1000],
  ['PE', 'PEN', 10, 3500],
  ['PA', 'USD', 2, 300],
  ['GT', 'GTQ', 20, 7500],
  ['HN', 'HNL', 50, 25_000],
  ['CL', 'CLP', 1900, 1_360_000],
  ['DO', 'DOP', 120, 80_000],
] as const;

for (const [country, currency, least, most] of documented) {
  test(`takes ${least} to ${most} ${currency} in ${country}`, () => {
    const limits = cashCountry(country.toLowerCase());
    assert.ok(limits);
    assert.deepEqual([limits.currency, limits.least, limits.most], [currency, least, most]);
    const outside = [least - 1, least, most, most + 1].map(sum => isOutsideLimits(sum, currency, limits));
    assert.deepEqual(outside, [true, false, false, true]);
    assert.equal(isOutsideLimits(most + 1, 'BRL', limits), false);
  });
}

test('a limit is near within a fifth of it, on either side', () => {
  const limits = cashCountry('MX');
  assert.ok(limits);
  const near = [14, 17.99, 18, 8000, 8000.01, 12_000].map(sum => isNearLimits(sum, 'MXN', limits));
  assert.deepEqual(near, [true, true, false, false, true, true]);
  assert.equal(isNearLimits(9999, 'BRL', limits), false);
});

test('knows nothing of other countries', () => {
  assert.deepEqual(
    ['BR', 'AR', '', 'constructor'].map(country => cashCountry(country)),
    [null, null, null, null],
  );
});

test('gives tills a phrase in their language', () => {
  assert.equal(cashCountry('MX')?.phrase, 'pago de servicios, Paycash');
  assert.match(cashCountry('PE')?.phrase ?? '', /Paycash/);
});
