import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { installmentOffers } from '../../../../widget/methods/card/installments.ts';

const row = (installments: number, amount: number) => ({
  installments,
  amount,
  total: Math.round(installments * amount * 100) / 100,
});

test('finds the monthly rate of LetPay’s sample, 2.99 % (psp-api-facts 2.1), from the order total', () => {
  const [offer] = installmentOffers([{ installments: 2, amount: 64.51, total: 129.02 }], 2, 123.45);
  assert.deepEqual(offer, {
    installments: 2,
    amount: 6451,
    total: 12902,
    interestFree: false,
    monthlyRate: 0.0299,
  });
});

test('tells one rate for the whole of LetPay’s sample table, though cents of rounding blur each row', () => {
  const amounts = [123.45, 64.51, 43.64, 33.2, 26.95, 22.78, 19.81, 17.58, 15.85, 14.46, 13.33, 12.39];
  const rates = installmentOffers(
    amounts.map((amount, at) => row(at + 1, amount)),
    2,
  ).map(({ monthlyRate }) => monthlyRate);
  assert.deepEqual(rates, [null, ...Array.from({ length: 11 }, () => 0.0299)]);
});

test('tells different rates where rows really differ', () => {
  const rates = installmentOffers([row(1, 1000), row(2, 522.61), row(12, 100.46)], 2).map(
    ({ monthlyRate }) => monthlyRate,
  );
  assert.deepEqual(rates, [null, 0.03, 0.03]);
  const [, two, twelve] = installmentOffers([row(1, 1000), row(2, 522.61), row(12, 112.83)], 2);
  assert.deepEqual([two?.monthlyRate, twelve?.monthlyRate], [0.03, 0.05]);
});

test('takes the row of one payment as the price, before the order total', () => {
  const [one, two] = installmentOffers([row(1, 123.45), row(2, 64.51)], 2, 999);
  assert.deepEqual(one, {
    installments: 1,
    amount: 12345,
    total: 12345,
    interestFree: true,
    monthlyRate: null,
  });
  assert.equal(two?.monthlyRate, 0.0299);
});

test('calls a row interest-free when only rounding makes it dearer', () => {
  const offers = installmentOffers([row(1, 100), row(3, 33.34), row(6, 16.67), row(7, 14.29)], 2);
  assert.deepEqual(
    offers.map(({ interestFree }) => interestFree),
    [true, true, true, true],
  );
});

test('calls a row with one minor unit more than rounding explains a row with interest', () => {
  const offers = installmentOffers([row(1, 100), { installments: 3, amount: 33.35, total: 100.05 }], 2);
  assert.equal(offers[1]?.interestFree, false);
  assert.ok(Number(offers[1]?.monthlyRate) > 0);
});

test('calls nothing interest-free when the price in one payment is unknown', () => {
  const [two] = installmentOffers([row(2, 64.51)], 2);
  assert.equal(two?.interestFree, false);
  assert.equal(two?.monthlyRate, null);
});

test('believes a total that is more than its payments', () => {
  const [, two] = installmentOffers([row(1, 100), { installments: 2, amount: 50, total: 110 }], 2);
  assert.equal(two?.interestFree, false);
});

test('tells no rate that would read as none: a surcharge below a basis point, or beyond any offer', () => {
  const [, small, huge] = installmentOffers(
    [row(1, 10_000), { installments: 2, amount: 5000.05, total: 10_000.1 }, row(3, 99_999)],
    2,
  );
  assert.deepEqual([small?.interestFree, small?.monthlyRate], [false, null]);
  assert.deepEqual([huge?.interestFree, huge?.monthlyRate], [false, null]);
});

test('sorts by count and counts in the currency’s own minor unit', () => {
  const offers = installmentOffers([row(3, 4000), row(1, 12000)], 0);
  assert.deepEqual(
    offers.map(({ installments, total }) => [installments, total]),
    [
      [1, 12000],
      [3, 12000],
    ],
  );
});

test('finds the rate that a Price table was made with, to the basis point', () => {
  fc.assert(
    fc.property(fc.integer({ min: 50, max: 1500 }), fc.integer({ min: 2, max: 24 }), (basisPoints, count) => {
      const rate = basisPoints / 10_000;
      const price = 1_000_000;
      const amount = Math.round((price * 100 * rate) / (1 - (1 + rate) ** -count)) / 100;
      const offer = installmentOffers([row(1, price), row(count, amount)], 2)[1];
      assert.equal(offer?.monthlyRate, rate);
    }),
  );
});

test('money is always whole minor units', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), fc.integer({ min: 1, max: 24 }), (cents, count) => {
      const [offer] = installmentOffers(
        [{ installments: count, amount: cents / 100, total: (cents * count) / 100 }],
        2,
      );
      assert.equal(offer?.amount, cents);
      assert.equal(offer?.total, cents * count);
    }),
  );
});
