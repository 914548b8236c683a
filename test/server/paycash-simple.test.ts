/** Paycash in one step, where LetPay’s own list of an order lacks it. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { oneStepContract } from '../../demo/emulator/letpay/account.ts';
import { fitsPaycash } from '../../server/gateways/letpay/paycash-limits.ts';
import { forEachDialect } from './merchant-calls.ts';
import { checkoutOf, mexicanOrder, newKey, problemOf, type StackOptions, startStack } from './stack.ts';
import { storedCards } from './stored-cards.ts';

const simple: StackOptions = { env: { LETPAY_SIMPLE_METHODS: 'PAYCASH' }, outcomeDelayMs: 60_000 };
const cashOrder = { ...mexicanOrder, contract_id: oneStepContract.id };
const paycash = { method: 'PAYCASH' };

forEachDialect(
  'Paycash is offered after the PSP’s own methods, and its reference looks as ever',
  async (t, era) => {
    const stack = await startStack(t, simple);
    await stack.dialect(era);
    const token = await stack.orderToken(cashOrder);
    assert.deepEqual(checkoutOf(await stack.read(token)).methods, ['CREDITCARD', 'PAYCASH']);

    const sent = checkoutOf(await stack.send(token, paycash));
    assert.deepEqual([sent.status, sent.method, sent.attempt], ['PROCESSING', 'PAYCASH', 1]);
    const { instrument } = sent;
    assert.ok(instrument?.method === 'PAYCASH');
    assert.match(instrument.barcode, /^\d{13}$/);
    assert.deepEqual([instrument.amount, sent.can], [123.45, { submit: false, renew: true }]);
    assert.match(instrument.instructions_link ?? '', /^https:/);
    assert.ok(instrument.barcode_png);

    const [payment, ...others] = await storedCards(stack).taken();
    assert.equal(others.length, 0);
    await stack.settle(payment?.payment_token ?? '', 'PAID');
    const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal(paid.instrument, null);
  },
);

test('a country without other methods offers Paycash alone', async t => {
  const stack = await startStack(t, simple);
  const place = { asset: 'COP', payment_country: 'CO', payment_currency: 'COP', amount: 20_000 };
  const token = await stack.orderToken({ ...cashOrder, ...place });
  assert.deepEqual(checkoutOf(await stack.read(token)).methods, ['PAYCASH']);
});

test('the merchant’s own order of methods is kept', async t => {
  const stack = await startStack(t, simple);
  const token = await stack.orderToken({ ...cashOrder, methods: ['PAYCASH', 'CREDITCARD'] });
  assert.deepEqual(checkoutOf(await stack.read(token)).methods, ['PAYCASH', 'CREDITCARD']);
});

const without = [
  ['the variable does not name it', {}, {}],
  ['the order does not want it', simple.env, { methods: ['CREDITCARD'] }],
  ['the amount is too small', simple.env, { amount: 14.99 }],
  ['the amount is too large', simple.env, { amount: 10_000.01 }],
] as const;

for (const [why, env, changes] of without) {
  test(`Paycash is not offered where ${why}`, async t => {
    const stack = await startStack(t, { env: env ?? {} });
    const token = await stack.orderToken({ ...cashOrder, ...changes });
    assert.deepEqual(checkoutOf(await stack.read(token)).methods, ['CREDITCARD']);
    problemOf(await stack.send(token, paycash), 422, 'method_not_offered');
  });
}

test('an order whose own list has Paycash is submitted in two steps', async t => {
  const stack = await startStack(t, simple);
  const token = await stack.orderToken(mexicanOrder);
  checkoutOf(await stack.send(token, paycash));
  assert.equal((await stack.stats()).calls['POST /paycash/simple'], undefined);
  assert.equal((await stack.payment(token)).send_accepted, 1);
});

test('the ten countries have their limits, in their own currency', () => {
  assert.deepEqual(
    [
      fitsPaycash('MX', 'MXN', 1_500),
      fitsPaycash('MX', 'MXN', 1_499),
      fitsPaycash('CL', 'CLP', 190_000),
      fitsPaycash('CL', 'CLP', 136_000_100),
      fitsPaycash('PA', 'USD', 30_000),
      fitsPaycash('EC', 'PEN', 30_000),
      fitsPaycash('BR', 'BRL', 10_000),
      fitsPaycash('constructor', 'MXN', 10_000),
    ],
    [true, false, true, false, true, false, false, false],
  );
});

for (const kind of ['drop_after', 'garbage', 'truncate', 'status_after'] as const) {
  forEachDialect(
    `a reference whose answer was lost (${kind}) is found, and not made twice`,
    async (t, era) => {
      const stack = await startStack(t, simple);
      await stack.dialect(era);
      const token = await stack.orderToken(cashOrder);
      await stack.fault({ path: '/paycash/simple', kind, status: 502 });
      checkoutOf(await stack.send(token, paycash), 202);
      const seen = await stack.checkoutWhen(token, ({ verifying }) => !verifying);
      // The code itself was lost with the answer; the shopper can have a new one.
      assert.deepEqual([seen.status, seen.method, seen.instrument], ['PROCESSING', 'PAYCASH', null]);
      assert.equal(seen.can.renew, true);
      assert.equal((await storedCards(stack).taken()).length, 1);
    },
  );
}

test('a reference that never was made is given up after two minutes, and can then be had', async t => {
  const stack = await startStack(t, simple);
  const token = await stack.orderToken(cashOrder);
  const key = newKey();
  await stack.fault({ path: '/paycash/simple', kind: 'drop_before' });
  checkoutOf(await stack.send(token, paycash, key), 202);
  stack.clock.advance(125_000);
  await stack.checkoutWhen(token, ({ can }) => can.submit);
  assert.equal(checkoutOf(await stack.send(token, paycash, key)).instrument?.method, 'PAYCASH');
  assert.equal((await storedCards(stack).taken()).length, 1);
});

test('a reference that the shopper leaves stays watched, and a new one is a payment of its own', async t => {
  const stack = await startStack(t, simple);
  const token = await stack.orderToken(cashOrder);
  checkoutOf(await stack.send(token, paycash));
  const [left] = await storedCards(stack).taken();
  assert.equal(checkoutOf(await stack.renew(token)).attempt, 2);
  checkoutOf(await stack.send(token, paycash));
  assert.equal((await storedCards(stack).taken()).length, 2);
  await stack.settle(left?.payment_token ?? '', 'PAID');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
});
