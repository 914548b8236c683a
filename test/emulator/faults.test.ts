import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, type RunningEmulator, runEmulator } from './running-emulator.ts';

const ask = (emulator: RunningEmulator, fault: Record<string, unknown>) =>
  emulator.control('POST', '/faults', { path: '/payment/*/sendPayment', times: 1, ...fault });

async function row(emulator: RunningEmulator, payment: string) {
  const { body } = await emulator.control('GET', '/payments');
  return body.payments.find((entry: { payment_token: string }) => entry.payment_token === payment);
}

test('drop_before cuts the connection and nothing happened, not even an arrival', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'drop_before' });
  await assert.rejects(emulator.send(payment, card), TypeError);
  const { status, send_received, send_accepted } = await row(emulator, payment);
  assert.deepEqual([status, send_received, send_accepted], ['CREATED', 0, 0]);
  assert.equal((await emulator.send(payment, card)).status, 200);
});

test('drop_after cuts the connection after the payment was taken', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'drop_after' });
  await assert.rejects(emulator.send(payment, card), TypeError);
  const { status, send_received, send_accepted } = await row(emulator, payment);
  assert.deepEqual([status, send_received, send_accepted], ['PROCESSING', 1, 1]);
  assert.equal((await emulator.send(payment, card)).body.errors[0].code, '00.04.0022');
  assert.equal((await row(emulator, payment)).send_received, 2);
});

test('status answers that status and nothing happened but the arrival', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'status', status: 502 });
  const { status, body } = await emulator.send(payment, card);
  assert.deepEqual([status, body.errors[0].code], [502, '00.03.0001']);
  const after = await row(emulator, payment);
  assert.deepEqual([after.status, after.send_received, after.send_accepted], ['CREATED', 1, 0]);
});

test('status_after answers that status although the payment was taken', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'status_after', status: 503 });
  assert.equal((await emulator.send(payment, card)).status, 503);
  assert.equal((await row(emulator, payment)).status, 'PROCESSING');
});

test('a 401 by fault has neither errors nor a refresh token', async t => {
  const emulator = await runEmulator(t);
  await ask(emulator, { kind: 'status', status: 401 });
  const { status, body } = await emulator.send(await emulator.createOrder(), card);
  assert.equal(status, 401);
  assert.deepEqual(Object.keys(body), ['timestamp', 'status', 'error', 'message', 'path']);
});

test('a fault by status speaks the dialect of the moment', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  await ask(emulator, { kind: 'status', status: 500 });
  const { body } = await emulator.send(await emulator.createOrder(), card);
  assert.equal('errors' in body, false);
});

test('garbage answers 200 with what is no JSON, after the payment was taken', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'garbage' });
  await assert.rejects(emulator.send(payment, card), SyntaxError);
  assert.equal((await row(emulator, payment)).status, 'PROCESSING');
});

test('truncate announces the whole body and sends half of it', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  const { body: login } = await emulator.call('POST', '/auth', { apiKey: 'demo', apiSecret: 'demo' });
  const read = () =>
    fetch(`${emulator.url}/payment/${payment}`, { headers: { 'X-Auth-Token': login.token } });
  const whole = await (await read()).text();

  await emulator.control('POST', '/faults', { path: '/payment/*', kind: 'truncate' });
  const answer = await read();
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  assert.equal(answer.headers.get('content-length'), String(Buffer.byteLength(whole)));
  await assert.rejects(answer.text(), TypeError);
});

test('delay holds the answer back after the payment was taken', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'delay', ms: 30_000 });
  const answer = emulator.send(payment, card);
  await arrival(emulator, payment);
  assert.equal((await row(emulator, payment)).send_accepted, 1);
  await emulator.advance(30_000);
  assert.equal((await answer).status, 200);
});

test('delay_before holds the call itself back, so that it takes effect late', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'delay_before', ms: 30_000 });
  const answer = emulator.send(payment, card);
  await arrival(emulator, payment);
  assert.equal((await row(emulator, payment)).status, 'CREATED');
  await emulator.advance(30_000);
  assert.equal((await answer).status, 200);
});

async function arrival(emulator: RunningEmulator, payment: string): Promise<void> {
  while ((await row(emulator, payment)).send_received === 0);
}

test('a reset lets delayed answers go', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await ask(emulator, { kind: 'delay', ms: 30_000 });
  const answer = emulator.send(payment, card);
  await arrival(emulator, payment);
  await emulator.control('POST', '/reset');
  assert.equal((await answer).status, 200);
});

test('strikes as many calls as asked, of its path and method only', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await emulator.control('POST', '/faults', {
    path: '/payment/*',
    method: 'get',
    kind: 'status',
    status: 500,
    times: 2,
  });
  const statuses = [];
  for (const path of [`/payment/${payment}`, '/merchant/contracts', '/payment/x', `/payment/${payment}`]) {
    statuses.push((await emulator.letpay('GET', path)).status);
  }
  assert.deepEqual(statuses, [500, 200, 500, 200]);
  assert.equal((await emulator.send(payment, card)).status, 200);
});

test('strikes in the order of asking and stops when cleared', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  for (const status of [500, 503, 504]) {
    await emulator.control('POST', '/faults', { path: '/payment/*', kind: 'status', status });
  }
  const read = async () => (await emulator.letpay('GET', `/payment/${payment}`)).status;
  assert.deepEqual([await read(), await read()], [500, 503]);
  await emulator.control('DELETE', '/faults');
  assert.equal(await read(), 200);
});

test('never strikes the controls', async t => {
  const emulator = await runEmulator(t);
  await emulator.control('POST', '/faults', { path: '/*', kind: 'status', status: 500 });
  assert.equal((await emulator.control('GET', '/stats')).status, 200);
});
