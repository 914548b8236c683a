/** Money rules 1 and 2: one attempt, at most one charge, and nothing is called failed unless the PSP said so. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { card, checkoutOf, environment, newKey, problemOf, startStack, until } from './stack.ts';

const sendPath = '/payment/*/sendPayment';
/** Longer than a “nothing submitted” needs to be believed. */
const longEnough = 5_000;

const lostAfter = [
  { kind: 'drop_after' },
  { kind: 'status_after', status: 500 },
  { kind: 'status_after', status: 502 },
  { kind: 'garbage' },
  { kind: 'truncate' },
] as const;

for (const fault of lostAfter) {
  const name = 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind;
  test(`a charge whose answer was lost (${name}) is found again by asking, and not made twice`, async t => {
    const stack = await startStack(t);
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    await stack.fault({ path: sendPath, ...fault });
    const sent = checkoutOf(await stack.send(token, card), 202);
    assert.deepEqual([sent.verifying, sent.can], [true, { submit: false, renew: false }]);
    assert.equal(sent.decline, null);
    const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal(paid.verifying, false);
    assert.equal((await stack.payment(token)).send_received, 1);
  });
}

const nothingHappened = [
  { kind: 'drop_before' },
  { kind: 'status', status: 502 },
  { kind: 'status', status: 500 },
];

for (const fault of nothingHappened) {
  const name = 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind;
  test(`a submission that the PSP never took (${name}) can be sent again once the PSP has said so`, async t => {
    const stack = await startStack(t);
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    await stack.fault({ path: sendPath, ...fault });
    const sent = checkoutOf(await stack.send(token, card), 202);
    assert.equal(sent.verifying, true);
    problemOf(await stack.send(token, card), 409, 'submission_in_flight');
    problemOf(await stack.renew(token), 409, 'not_renewable');

    stack.clock.advance(longEnough);
    const open = await stack.checkoutWhen(token, ({ can }) => can.submit);
    assert.deepEqual([open.verifying, open.status, open.method, open.attempt], [false, 'CREATED', null, 1]);
    checkoutOf(await stack.send(token, card));
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal((await stack.payment(token)).send_accepted, 1);
  });
}

test('“nothing submitted” is not believed while the lost submission may still be on its way', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.fault({ path: sendPath, kind: 'delay_before', ms: 700 });
  checkoutOf(await stack.send(token, card), 202);
  assert.equal((await stack.payment(token)).send_accepted, 0);
  // The PSP says CREATED now; the late submission is taken half a second later.
  stack.clock.advance(1_100);
  assert.equal(checkoutOf(await stack.read(token)).verifying, true);
  await until(async () => (await stack.payment(token)).send_accepted === 1);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('a submission that arrives after it was given up takes the attempt, and the second one is turned to it', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' }, outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.fault({ path: sendPath, kind: 'delay_before', ms: 600 });
  checkoutOf(await stack.send(token, { method: 'PIX' }), 202);
  stack.clock.advance(longEnough);
  await stack.checkoutWhen(token, ({ can }) => can.submit);
  await until(async () => (await stack.payment(token)).send_accepted === 1);
  // The PSP answers 00.04.0022: what it took was the Pix.
  checkoutOf(await stack.send(token, card), 202);
  const seen = await stack.checkoutWhen(token, ({ verifying }) => !verifying);
  assert.deepEqual([seen.status, seen.method], ['PROCESSING', 'PIX']);
  assert.equal((await stack.payment(token)).send_accepted, 1);
  // Its code was lost with the answer; the shopper can have a new one.
  assert.deepEqual([seen.instrument, seen.can.renew], [null, true]);
});

for (const era of ['current', 'classic'] as const) {
  test(`“token already used” means that it was sent: the status decides (${era})`, async t => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    // 401 after it happened: the proxy logs in again and repeats, and the repetition finds the token used.
    await stack.fault({ path: sendPath, kind: 'status_after', status: 401 });
    const sent = checkoutOf(await stack.send(token, card), 202);
    assert.equal(sent.verifying, true);
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal((await stack.payment(token)).send_accepted, 1);
  });
}

test('a doubt lasts as long as the PSP cannot be read', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.fault({ path: sendPath, kind: 'drop_after' });
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'status', status: 500, times: 1_000 });
  checkoutOf(await stack.send(token, card), 202);
  for (let minutes = 0; minutes < 3; minutes += 1) {
    stack.clock.advance(20 * 60_000);
    const seen = checkoutOf(await stack.read(token));
    assert.deepEqual([seen.verifying, seen.can], [true, { submit: false, renew: false }]);
  }
  await stack.control('DELETE', '/faults');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
});

test('the same key gives 202 while the outcome is unknown, and sends nothing', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const key = newKey();
  await stack.fault({ path: sendPath, kind: 'status', status: 502 });
  checkoutOf(await stack.send(token, card, key), 202);
  checkoutOf(await stack.send(token, card, key), 202);
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('a key whose submission came to nothing can be used for it again', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  const key = newKey();
  await stack.fault({ path: sendPath, kind: 'drop_before' });
  checkoutOf(await stack.send(token, card, key), 202);
  stack.clock.advance(longEnough);
  await stack.checkoutWhen(token, ({ can }) => can.submit);
  checkoutOf(await stack.send(token, card, key));
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
});

test('with the PSP unreachable nothing is sent, and the same key works when it is back', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  const key = newKey();
  // The log-in cannot be had: the call itself never leaves.
  await stack.control('POST', '/clock', { advance_ms: 10 * 60_000 });
  stack.clock.advance(10 * 60_000);
  await stack.fault({ path: '/auth', kind: 'drop_before', times: 2 });
  const reply = await stack.send(token, card, key);
  problemOf(reply, 503, 'psp_unavailable');
  assert.ok(Number(reply.headers.get('retry-after')) > 0);
  assert.deepEqual(checkoutOf(await stack.read(token)).can, { submit: true, renew: false });
  assert.equal((await stack.payment(token)).send_received, 0);

  await stack.control('DELETE', '/faults');
  checkoutOf(await stack.send(token, card, key));
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
});

test('nothing listens at the PSP’s address: the caller is told that nothing was sent', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.closeEmulator();
  for (let tries = 0; tries < 2; tries += 1) {
    problemOf(await stack.send(token, { method: 'PIX' }), 503, 'psp_unavailable');
  }
  assert.deepEqual(checkoutOf(await stack.read(token)).can, { submit: true, renew: false });
});

test('another proxy over the same store finishes what a dead one was sending', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const stack = await startStack(t, { deps: { store } });
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.fault({ path: sendPath, kind: 'delay', ms: 1_500 });
  const first = stack.send(token, card);
  await until(async () => (await stack.payment(token)).status === 'PAID');

  const lines: string[] = [];
  const other = createProxy(readConfig({ ...environment, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'), {
    store,
    now: stack.clock.now,
    monotonic: stack.clock.monotonic,
    log: createLog(line => lines.push(line), stack.clock.now),
  });
  const paid = await until(async () => {
    stack.clock.advance(200);
    const seen = (await (await other.request(`/v1/checkout/${token}`)).json()) as { status: string };
    return seen.status === 'PAID' && seen;
  });
  assert.equal(paid.status, 'PAID');
  assert.equal(checkoutOf(await first).status, 'PAID');
  assert.equal((await stack.payment(token)).send_received, 1);
  await stack.close();
  await other.close();
});

test('another proxy does not take a submission for lost while its time-out runs', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const stack = await startStack(t, { deps: { store } });
  const token = await stack.orderToken();
  await stack.fault({ path: sendPath, kind: 'delay_before', ms: 400 });
  const first = stack.send(token, { method: 'PIX' });
  await until(async () => (await stack.payment(token)).send_received === 1);
  const other = createProxy(readConfig({ ...environment, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'), {
    store,
    now: stack.clock.now,
    monotonic: stack.clock.monotonic,
    log: () => undefined,
  });
  // 2 s of time-out and 4 s of doubt have not passed.
  stack.clock.advance(5_000);
  const seen = (await (await other.request(`/v1/checkout/${token}`)).json()) as { verifying: boolean };
  assert.equal(seen.verifying, true);
  assert.equal(checkoutOf(await first).instrument?.method, 'PIX');
  await stack.close();
  await other.close();
});

test('closing the proxy waits for the submission that is on its way', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.fault({ path: sendPath, kind: 'delay', ms: 200 });
  const sent = stack.send(token, { method: 'PIX' });
  await until(async () => (await stack.payment(token)).send_received === 1);
  await Promise.all([stack.close(), sent.then(reply => assert.equal(reply.status, 200))]);
});

test('the key of a card that was given up is answered with its payment when it turns up', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  const key = newKey();
  await stack.fault({ path: sendPath, kind: 'delay_before', ms: 600 });
  checkoutOf(await stack.send(token, card, key), 202);
  stack.clock.advance(longEnough);
  await stack.checkoutWhen(token, ({ can }) => can.submit);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.equal(checkoutOf(await stack.send(token, card, key)).status, 'PAID');
  assert.equal((await stack.payment(token)).send_accepted, 1);
});
