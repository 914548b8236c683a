/** In which order methods stand where the merchant names none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { inOrderOfUse } from '../../../server/checkout/method-order.ts';
import { methods } from '../../../server/contract/checkout.ts';
import { checkoutOf, startStack } from '../stack.ts';

test('in Brazil Pix comes first, then cards, then boletos, however the PSP lists them', () => {
  const listed = ['BOLETO', 'REDIRECT', 'DEBITCARD', 'PIX', 'CREDITCARD'] as const;
  assert.deepEqual(inOrderOfUse(listed, 'BR'), ['PIX', 'CREDITCARD', 'DEBITCARD', 'BOLETO', 'REDIRECT']);
});

test('elsewhere cards come first', () => {
  assert.deepEqual(inOrderOfUse(['PAYCASH', 'CREDITCARD'], 'MX'), ['CREDITCARD', 'PAYCASH']);
});

test('every method stays, once, wherever the order is from', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...methods]),
      fc.constantFrom('BR', 'MX', 'CO', ''),
      (offered, country) => {
        assert.deepEqual(inOrderOfUse(offered, country).toSorted(), offered.toSorted());
      },
    ),
  );
});

test('the merchant’s own order stands; without one it is the shoppers’', async t => {
  const stack = await startStack(t);
  const methodsOf = async (wish: Record<string, unknown>) =>
    checkoutOf(await stack.read(await stack.orderToken(wish))).methods;
  assert.deepEqual(await methodsOf({ methods: ['BOLETO', 'PIX'] }), ['BOLETO', 'PIX']);
  assert.deepEqual(await methodsOf({ methods: undefined }), ['PIX', 'CREDITCARD', 'BOLETO']);
});

test('a Checkout names the brands that are taken: LetPay’s, or the operator’s, and none without cards', async t => {
  const brandsOf = async (env: Record<string, string>, wish: Record<string, unknown> = {}) => {
    const stack = await startStack(t, { env });
    return checkoutOf(await stack.read(await stack.orderToken(wish))).card_brands;
  };
  assert.deepEqual(await brandsOf({}), ['visa', 'mastercard', 'elo', 'hipercard', 'amex']);
  assert.deepEqual(await brandsOf({ CARD_BRANDS: 'elo, visa' }), ['elo', 'visa']);
  assert.deepEqual(await brandsOf({}, { methods: ['PIX'] }), []);
});
