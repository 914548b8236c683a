import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { createCallbacks } from '../../demo/emulator/callbacks.ts';
import { createClock } from '../../demo/emulator/clock.ts';
import { card, noon, receiveCallbacks, runEmulator } from './running-emulator.ts';

test('calls the merchant at every change of status with reference and token alone', async t => {
  const emulator = await runEmulator(t);
  const merchant = await receiveCallbacks(t);
  const payment = await emulator.createOrder({ person_firstname: 'PAID', notification_url: merchant.url });
  await emulator.advance(0);
  assert.equal(merchant.received.length, 0);

  await emulator.send(payment, card);
  await emulator.advance(0);
  assert.equal(merchant.received.length, 1);
  await emulator.advance(400);
  assert.equal(merchant.received.length, 2);
  for (const { body, contentType } of merchant.received) {
    assert.deepEqual(body, { reference_id: 'MY_REFERENCE_ID', payment_token: payment });
    assert.equal(contentType, 'application/json');
  }
});

test('tries a failed callback again after two seconds, then four', async t => {
  const emulator = await runEmulator(t);
  const merchant = await receiveCallbacks(t, 500, 404);
  await emulator.send(await emulator.createOrder({ notification_url: merchant.url }), card);
  const counts = [];
  for (const ms of [1_999, 1, 3_999, 1, 60_000]) {
    await emulator.advance(ms);
    counts.push(merchant.received.length);
  }
  assert.deepEqual(counts, [1, 2, 2, 3, 3]);
});

test('takes a redirect for a failure and does not follow it', async t => {
  const emulator = await runEmulator(t);
  const merchant = await receiveCallbacks(t, 302);
  await emulator.send(await emulator.createOrder({ notification_url: merchant.url }), card);
  await emulator.advance(0);
  assert.equal(merchant.received.length, 1);
  await emulator.advance(2_000);
  assert.equal(merchant.received.length, 2);
});

test('gives up within six hours', async () => {
  const clock = createClock(() => noon);
  const sent: number[] = [];
  const callbacks = createCallbacks({
    clock,
    fetch: async () => {
      sent.push(clock.now() - noon);
      throw new TypeError('refused');
    },
    log: () => undefined,
  });
  callbacks.send({ url: 'http://127.0.0.1/callback', body: {} });
  await clock.advance(24 * 3_600_000);
  assert.deepEqual(sent.slice(0, 4), [0, 2_000, 6_000, 14_000]);
  assert.ok(sent.at(-1)! > 3 * 3_600_000 && sent.at(-1)! <= 6 * 3_600_000);
});

test('tries nothing again after it was told to forget', async () => {
  const clock = createClock(() => noon);
  let sent = 0;
  const callbacks = createCallbacks({
    clock,
    fetch: async () => {
      sent += 1;
      callbacks.forget();
      return new Response(null, { status: 500 });
    },
    log: () => undefined,
  });
  callbacks.send({ url: 'http://127.0.0.1/callback', body: {} });
  await clock.advance(60_000);
  assert.equal(sent, 1);
});
