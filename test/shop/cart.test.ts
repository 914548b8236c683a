import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isBeyondCash, linesOf, readCart, totalOf, withQuantity, writeCart } from '../../demo/shop/cart.ts';
import { brazil, countries, findCountry } from '../../demo/shop/countries.ts';
import { toMajor } from '../../demo/shop/money.ts';
import { priceOf, productIds } from '../../demo/shop/products.ts';

const panama = findCountry('PA')!;

test('a cart survives its cookie', () => {
  const entries = fc.uniqueArray(fc.tuple(fc.constantFrom(...productIds), fc.integer({ min: 1, max: 9 })), {
    selector: ([product]) => product,
  });
  fc.assert(
    fc.property(entries, list => {
      assert.deepEqual([...readCart(writeCart(new Map(list)))], list);
    }),
  );
});

test('whatever stands in the cookie, quantities stay between one and nine and products known', () => {
  fc.assert(
    fc.property(fc.string(), cookie => {
      for (const [product, quantity] of readCart(cookie)) {
        assert.ok(productIds.includes(product));
        assert.ok(quantity >= 1 && quantity <= 9);
      }
    }),
  );
  assert.deepEqual([...readCart('coffee.2_gold.1_mug.0_lamp.-3_planter.1e9')], [['coffee', 2]]);
});

test('a tenth piece is not added, and none removes the line', () => {
  const nine = readCart('coffee.9');
  assert.equal(withQuantity(nine, 'coffee', 10).get('coffee'), 9);
  assert.equal(withQuantity(nine, 'coffee', 0).size, 0);
});

test('the total is the sum of the price list times the quantities', () => {
  const lines = linesOf(readCart('coffee.3_hammock.1'), brazil);
  assert.equal(totalOf(lines), 3 * 5490 + 28_900);
});

test('every product alone can be paid in cash in every cash country', () => {
  for (const country of countries.filter(candidate => candidate.cashLimits)) {
    for (const product of productIds) {
      assert.equal(isBeyondCash(priceOf(product, country.currency), country), false);
    }
  }
});

test('more than 300 dollars is beyond cash in Panama and not in Ecuador', () => {
  const lines = linesOf(readCart('lamp.4_blanket.1'), panama);
  assert.equal(toMajor(totalOf(lines), 'USD'), 320);
  assert.equal(isBeyondCash(totalOf(lines), panama), true);
  assert.equal(isBeyondCash(totalOf(lines), findCountry('EC')!), false);
});

test('the limit itself can still be paid', () => {
  assert.equal(isBeyondCash(30_000, panama), false);
  assert.equal(isBeyondCash(30_001, panama), true);
  assert.equal(isBeyondCash(199, panama), true);
});
