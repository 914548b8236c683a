import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, type RunningEmulator, receiveCallbacks, runEmulator } from './running-emulator.ts';

const delay = 400;
const day = 86_400_000;

async function paid(emulator: RunningEmulator, body: unknown = card, changes: Record<string, unknown> = {}) {
  const payment = await emulator.createOrder({ person_firstname: 'PAID', amount: 100, ...changes });
  await emulator.send(payment, body);
  await emulator.advance(delay);
  return payment;
}

const refund = (emulator: RunningEmulator, body: Record<string, unknown>) =>
  emulator.letpay('POST', '/refund', body);

test('gives a card payment back in parts, then wholly, with a callback for each', async t => {
  const emulator = await runEmulator(t);
  const merchant = await receiveCallbacks(t);
  const payment = await paid(emulator, card, { notification_url: merchant.url });
  const before = merchant.received.length;

  const { status, body } = await refund(emulator, { payment_token: payment, amount: 30 });
  assert.equal(status, 200);
  const { refresh_token: _, ...rest } = body;
  assert.deepEqual(rest, {
    refund_id: 1,
    payment_token: payment,
    created_at: '2026-11-20 12:00:00.400',
    refund_status: 'PROCESSING',
  });
  assert.equal((await emulator.read(payment)).transactionStatus, 'PAID');
  await emulator.advance(delay);
  const partly = await emulator.read(payment);
  assert.deepEqual([partly.transactionStatus, partly.refunded_amount], ['PARTIALLY_REFUNDED', 30]);
  assert.equal((await emulator.letpay('GET', '/refund/1')).body.refund_status, 'COMPLETED');

  await refund(emulator, { payment_token: payment });
  await emulator.advance(delay);
  const wholly = await emulator.read(payment);
  assert.deepEqual([wholly.transactionStatus, wholly.refunded_amount], ['REFUNDED', 100]);
  assert.equal(merchant.received.length, before + 2);
});

test('never gives back more than came in, refunds in work included', async t => {
  const emulator = await runEmulator(t);
  const payment = await paid(emulator);
  await refund(emulator, { payment_token: payment, amount: 60 });
  const second = await refund(emulator, { payment_token: payment, amount: 40.01 });
  assert.deepEqual([second.status, second.body.errors[0].code], [422, '00.04.0014']);
  assert.equal((await refund(emulator, { payment_token: payment, amount: 40 })).status, 200);
});

test('lists the refunds of a payment as a bare array without a token', async t => {
  const emulator = await runEmulator(t);
  const payment = await paid(emulator);
  await refund(emulator, { payment_token: payment, amount: 10 });
  const { body } = await emulator.letpay('GET', `/refund/payment/${payment}`);
  assert.deepEqual(body, [
    { refund_id: 1, payment_token: payment, created_at: '2026-11-20', refund_status: 'PROCESSING' },
  ]);
});

test('has no list of refunds in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await paid(emulator);
  await refund(emulator, { payment_token: payment, amount: 10 });
  const { status, body } = await emulator.letpay('GET', `/refund/payment/${payment}`);
  assert.deepEqual([status, body.message], [404, 'No message available']);
  const none = await emulator.letpay('GET', `/refund/${await paid(emulator)}`);
  assert.deepEqual([none.status, /\(00\.01\.0068\)/.test(none.body.message)], [500, true]);
});

test('a test may end a refund as it likes, once', async t => {
  const emulator = await runEmulator(t);
  const payment = await paid(emulator);
  await refund(emulator, { payment_token: payment, amount: 30 });
  await refund(emulator, { payment_token: payment, amount: 40 });
  const settle = (id: number, status: string) =>
    emulator.control('POST', `/refunds/${id}/settle`, { status });
  assert.equal((await settle(1, 'REQUESTED')).body.status, 'REQUESTED');
  assert.equal((await settle(1, 'FAILED')).body.status, 'FAILED');
  assert.equal((await settle(1, 'COMPLETED')).body.status, 'FAILED');
  assert.equal((await settle(9, 'FAILED')).status, 404);
  assert.equal((await settle(1, 'LOST')).status, 400);
  await emulator.advance(delay);
  const { transactionStatus, refunded_amount } = await emulator.read(payment);
  assert.deepEqual([transactionStatus, refunded_amount], ['PARTIALLY_REFUNDED', 40]);
  assert.deepEqual((await emulator.control('GET', '/refunds')).body.refunds, [
    { refund_id: 1, payment_token: payment, amount: 30, status: 'FAILED' },
    { refund_id: 2, payment_token: payment, amount: 40, status: 'COMPLETED' },
  ]);
});

test('reads a classic refund by the token of its payment', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await paid(emulator);
  const asked = await refund(emulator, { payment_token: payment });
  assert.equal(asked.body.errorCode, '');
  await emulator.advance(delay);
  const { refresh_token: _, ...rest } = (await emulator.letpay('GET', `/refund/${payment}`)).body;
  assert.deepEqual(rest, {
    payment_token: payment,
    created_at: '2026-11-20 12:00:00.400',
    refund_status: 'COMPLETED',
    error_code: '',
  });
});

test('refuses an unpaid payment, unknown ids and what is past the time limit', async t => {
  const emulator = await runEmulator(t);
  const unpaid = await refund(emulator, { payment_token: await emulator.createOrder() });
  assert.deepEqual([unpaid.status, unpaid.body.errors[0].code], [400, '01.05.0030']);
  const unknown = await refund(emulator, { payment_token: 'gone' });
  assert.deepEqual([unknown.status, unknown.body.errors[0].code], [404, '00.01.0038']);
  const noRefund = await emulator.letpay('GET', '/refund/99');
  assert.deepEqual([noRefund.status, noRefund.body.errors[0].code], [404, '00.01.0068']);

  const pix = await paid(emulator, { method: 'PIX' });
  await emulator.advance(90 * day);
  assert.equal((await refund(emulator, { payment_token: pix, amount: 1 })).status, 200);
  await emulator.advance(day);
  assert.equal((await refund(emulator, { payment_token: pix, amount: 1 })).body.errors[0].code, '01.05.0018');
});

test('needs a bank account or a Pix key to give a boleto back', async t => {
  const emulator = await runEmulator(t);
  const payment = await paid(emulator, { method: 'BOLETO' });
  const bare = await refund(emulator, { payment_token: payment, type: 'CHECKING' });
  assert.equal(bare.status, 400);
  assert.equal(bare.body.errors.length, 5);
  const byKey = await refund(emulator, { payment_token: payment, amount: 10, pix_key: 'alice@example.com' });
  assert.equal(byKey.status, 200);
  const account = {
    type: 'CHECKING',
    bank_number: '237',
    agency_number: '12345',
    agency_check_digit: '3',
    account_number: '123456',
    account_check_digit: '4',
  };
  assert.equal((await refund(emulator, { payment_token: payment, amount: 10, ...account })).status, 200);
});
