import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { statuses } from '../../demo/emulator/letpay/status.ts';
import { card, receiveCallbacks, runEmulator } from './running-emulator.ts';

test('keeps a ledger of payments, whole or by reference', async t => {
  const emulator = await runEmulator(t);
  const first = await emulator.createOrder({ reference_id: 'A' });
  await emulator.createOrder({ reference_id: 'B' });
  await emulator.send(first, card);
  assert.equal((await emulator.control('GET', '/payments')).body.payments.length, 2);
  const { body } = await emulator.control('GET', '/payments?reference_id=A');
  assert.deepEqual(body.payments, [
    {
      payment_token: first,
      gateway: 'letpay',
      reference_id: 'A',
      status: 'PROCESSING',
      method: 'CREDITCARD',
      send_received: 1,
      send_accepted: 1,
      amount_received: 0,
      refunded_amount: 0,
      card_last4: '2097',
    },
  ]);
});

test('settles a payment into every status, with a callback for each', async t => {
  const emulator = await runEmulator(t);
  const merchant = await receiveCallbacks(t);
  const payment = await emulator.createOrder({ notification_url: merchant.url });
  for (const status of statuses) {
    const { body } = await emulator.control('POST', `/payments/${payment}/settle`, { status });
    assert.equal(body.status, status);
    assert.equal((await emulator.read(payment)).transactionStatus, status);
  }
  await emulator.advance(0);
  assert.equal(merchant.received.length, statuses.length);
});

test('settles with the amount that came in and the code of the decline', async t => {
  const emulator = await runEmulator(t);
  const paid = await emulator.createOrder();
  await emulator.control('POST', `/payments/${paid}/settle`, { status: 'PAID', amount_received: 100.5 });
  assert.equal((await emulator.read(paid)).amount_received, 100.5);

  const declined = await emulator.createOrder({ amount: 10.05 });
  const settlement = { status: 'DECLINED', error_code: '01.05.0012' };
  await emulator.control('POST', `/payments/${declined}/settle`, settlement);
  assert.equal((await emulator.read(declined)).errorCode, '01.05.0012');
});

test('settles refunds with the whole or half the amount unless told', async t => {
  const emulator = await runEmulator(t);
  const settle = async (settlement: Record<string, unknown>) => {
    const payment = await emulator.createOrder({ amount: 100 });
    await emulator.control('POST', `/payments/${payment}/settle`, { status: 'PAID' });
    await emulator.control('POST', `/payments/${payment}/settle`, settlement);
    return (await emulator.read(payment)).refunded_amount;
  };
  assert.equal(await settle({ status: 'REFUNDED' }), 100);
  assert.equal(await settle({ status: 'PARTIALLY_REFUNDED' }), 50);
  assert.equal(await settle({ status: 'PARTIALLY_REFUNDED', refunded_amount: 30 }), 30);
});

test('understands the classic words in a settlement and speaks them in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await emulator.createOrder();
  for (const [word, status] of [
    ['APPROVED', 'PAID'],
    ['REJECTED', 'DECLINED'],
    ['IN_MEDIATION', 'DISPUTE'],
    ['CHARGED_BACK', 'DISPUTE_FINAL'],
  ]) {
    const { body } = await emulator.control('POST', `/payments/${payment}/settle`, { status: word });
    assert.equal(body.status, status);
    assert.equal((await emulator.read(payment)).payment_status, word);
  }
});

test('counts log-ins and calls by their path, and starts again after a reset', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await emulator.send(payment, card);
  await emulator.read(payment);
  await emulator.letpay('GET', '/payment/reference/A');
  await emulator.call('POST', '/auth', { apiKey: 'demo', apiSecret: 'wrong' });
  assert.deepEqual((await emulator.control('GET', '/stats')).body, {
    logins: 1,
    calls: {
      'POST /auth': 2,
      'POST /payment': 1,
      'POST /payment/{token}/sendPayment': 1,
      'GET /payment/{token}': 1,
      'GET /payment/reference/{reference_id}': 1,
    },
  });
  await emulator.control('POST', '/reset');
  assert.deepEqual((await emulator.control('GET', '/stats')).body, { logins: 0, calls: {} });
});

test('forgets payments, faults, the dialect and the moved clock on reset', async t => {
  const emulator = await runEmulator(t);
  await emulator.createOrder();
  await emulator.dialect('classic');
  await emulator.advance(60_000);
  await emulator.control('POST', '/faults', { path: '/*', kind: 'drop_before', times: 9 });
  await emulator.control('POST', '/reset');
  assert.deepEqual((await emulator.control('GET', '/payments')).body, { payments: [] });
  const { body } = await emulator.letpay('GET', '/payment/gone');
  assert.equal(body.timestamp, '2026-11-20T15:00:00.000+00:00');
  assert.equal(body.errors[0].code, '00.01.0038');
});

const wrong: [path: string, body: unknown, message: RegExp][] = [
  ['/payments/x/settle', {}, /^status: /],
  ['/payments/x/settle', { status: 'DONE' }, /^status: must be one of CREATED, /],
  ['/payments/x/settle', { status: 'PAID', amount_received: 1.234 }, /^amount_received: /],
  ['/payments/x/settle', '{', /^body: /],
  ['/faults', { path: '/payment', kind: 'explode' }, /^kind: /],
  ['/faults', { path: 'payment', kind: 'delay' }, /^path: /],
  ['/faults', { path: '/payment', kind: 'delay', times: 0 }, /^times: /],
  ['/clock', { advance_ms: -1 }, /^advance_ms: /],
  ['/dialect', { era: 'modern' }, /^era: /],
];

test('answers a wrong control call with 400 and what is wrong with it', async t => {
  const emulator = await runEmulator(t);
  for (const [path, request, message] of wrong) {
    const { status, body } = await emulator.control('POST', path, request);
    assert.equal(status, 400, path);
    assert.match(body.message, message);
  }
});

test('answers 404 for a payment or a control that does not exist', async t => {
  const emulator = await runEmulator(t);
  assert.equal((await emulator.control('POST', '/payments/x/settle', { status: 'PAID' })).status, 404);
  assert.equal((await emulator.control('GET', '/nothing')).status, 404);
});

test('is open to pages of other origins, preflight included, and LetPay itself is not', async t => {
  const { url } = await runEmulator(t);
  const headers = {
    Origin: 'https://shop.example',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'content-type',
  };
  const preflight = await fetch(`${url}/_emulator/faults`, { method: 'OPTIONS', headers });
  assert.equal(preflight.status, 204);
  assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /POST/);
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type');

  const origin = { headers: { Origin: 'https://shop.example' } };
  const stats = await fetch(`${url}/_emulator/stats`, origin);
  assert.equal(stats.headers.get('access-control-allow-origin'), '*');
  const letpay = await fetch(`${url}/payment/x`, origin);
  assert.equal(letpay.headers.has('access-control-allow-origin'), false);
});

test('logs one line for a call and nothing of a card', async t => {
  const lines: string[] = [];
  const emulator = await runEmulator(t, { log: line => lines.push(line) });
  const payment = await emulator.createOrder();
  lines.length = 0;
  await emulator.send(payment, card);
  assert.deepEqual(lines, [`POST /payment/${payment}/sendPayment 200`]);
  const ledger = JSON.stringify((await emulator.control('GET', '/payments')).body);
  assert.equal(ledger.includes(card.card_number), false);
});
