/** `payment` in the Checkout: what was submitted, of the attempt that the status speaks of, and never of another one. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { forEachDialect, merchantCalls } from './merchant-calls.ts';
import { card, checkoutOf, problemOf, startStack } from './stack.ts';
import { savedCard, storedCards } from './stored-cards.ts';

const visa = { brand: 'visa', last4: '2097' };
const mastercard = { ...card, card_number: '5240082975622454' };
const notACard = { brand: null, last4: null };

test('there is none before a submission', async t => {
  const stack = await startStack(t);
  assert.equal(checkoutOf(await stack.read(await stack.orderToken())).payment, null);
});

forEachDialect(
  'a card in installments is told by its plan, its brand and its last digits',
  async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    const { installments } = checkoutOf(await stack.read(token));
    const plan = installments.find(row => row.installments === 6) ?? assert.fail('no plan of six');
    const before = new Date(stack.clock.now()).toISOString();
    const sent = checkoutOf(await stack.send(token, { ...card, card_installments: 6 }));
    assert.ok(sent.payment);
    const { at, ...told } = sent.payment;
    assert.deepEqual(told, { method: 'CREDITCARD', ...plan, ...visa });
    assert.ok(at !== null && at >= before && at <= sent.now);
    const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.deepEqual(paid.payment, sent.payment, 'the same after the outcome, for every reader');
  },
);

for (const method of ['PIX', 'BOLETO'] as const) {
  test(`${method} is told as one payment of the whole`, async t => {
    const stack = await startStack(t, { outcomeDelayMs: 60_000 });
    const token = await stack.orderToken();
    const { payment, totals } = checkoutOf(await stack.send(token, { method }));
    const whole = totals?.customer_amount;
    assert.deepEqual(
      { ...payment, at: null },
      { method, installments: 1, amount: whole, total: whole, ...notACard, at: null },
    );
  });
}

test('of two cards, the one that lost is named nowhere', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  checkoutOf(await stack.send(token, card));
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  problemOf(await stack.send(token, mastercard), 409, 'already_paid');
  const { payment } = checkoutOf(await stack.read(token));
  assert.deepEqual([payment?.brand, payment?.last4], ['visa', '2097']);
});

test('a card after a declined one is told by itself, and an old code that is paid after all by itself again', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  checkoutOf(await stack.send(token, { method: 'PIX' }));
  checkoutOf(await stack.renew(token));
  const sent = checkoutOf(await stack.send(token, { ...mastercard, card_installments: 2 }));
  assert.deepEqual(
    [sent.payment?.method, sent.payment?.installments, sent.payment?.last4],
    ['CREDITCARD', 2, '2454'],
  );
  const [pix] = await stack.payments();
  await stack.settle(pix?.payment_token ?? '', 'PAID');
  const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.deepEqual([paid.payment?.method, paid.payment?.installments, paid.payment?.last4], ['PIX', 1, null]);
});

test('a new attempt that waits for its submission tells none', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'DECLINED' });
  await stack.send(token, card);
  const declined = await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  assert.equal(declined.payment?.last4, '2097');
  assert.equal(checkoutOf(await stack.renew(token)).payment, null);
});

forEachDialect('a stored card is told as it is filed', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const { token, cardId } = await storedCards(stack).withOrder();
  const [filed] = checkoutOf(await stack.read(token)).saved_cards;
  const { payment } = checkoutOf(await stack.send(token, savedCard(cardId, 3)));
  assert.deepEqual([payment?.installments, payment?.brand, payment?.last4], [3, filed?.brand, filed?.last4]);
});

test('a payment that was made elsewhere is told by its method alone', async t => {
  const stack = await startStack(t);
  const token = await stack.pspOrder();
  checkoutOf(await stack.read(token));
  await stack.psp('POST', `/payment/${token}/sendPayment`, { method: 'PIX' });
  await stack.settle(token, 'PAID');
  const { payment } = await merchantCalls(stack).orderWhen(token, ({ status }) => status === 'PAID');
  assert.deepEqual(payment, {
    method: 'PIX',
    installments: null,
    amount: null,
    total: null,
    ...notACard,
    at: null,
  });
});
