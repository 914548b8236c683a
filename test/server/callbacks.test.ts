/** A callback is never believed: it only makes the proxy read the PSP’s status. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import type { Store } from '../../server/store/store.ts';
import { openFeed } from './open-feed.ts';
import { card, checkoutOf, problemOf, type Stack, startStack, until } from './stack.ts';

const address = '/v1/callbacks/letpay';
const unknownToken = '00000000-0000-4000-8000-000000000000';
const statusReads = async (stack: Stack) => (await stack.stats()).calls['GET /payment/{token}'] ?? 0;
const callBack = (stack: Stack, payment_token: unknown) =>
  stack.call('POST', address, { body: { reference_id: 'ORDER-1', payment_token } });

test('a callback makes the proxy read the status, well before its own time', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  const feed = await openFeed(t, stack.url, token);
  await until(() => feed.events[0]);
  await stack.settle(token, 'PAID');
  const called = Date.now();
  assert.equal((await callBack(stack, token)).status, 200);
  await until(() => feed.events.at(-1)?.checkout.status === 'PAID');
  assert.ok(Date.now() - called < 250, `${Date.now() - called} ms`);
});

test('the PSP’s own callback does it', async t => {
  const stack = await startStack(t, { callbacks: true, outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'BOLETO' });
  const feed = await openFeed(t, stack.url, token);
  await stack.settle(token, 'PAID');
  await until(() => feed.events.at(-1)?.checkout.status === 'PAID');
});

test('a callback for the second attempt reaches the checkout', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  await stack.renew(token);
  await stack.send(token, { method: 'PIX' });
  const second = (await stack.payments())[1]?.payment_token ?? '';
  await stack.settle(second, 'PAID');
  const feed = await openFeed(t, stack.url, token);
  await callBack(stack, second);
  await until(() => feed.events.at(-1)?.checkout.status === 'PAID');
});

test('a callback that says PAID is not believed', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  const before = await statusReads(stack);
  await stack.call('POST', address, {
    body: { payment_token: token, status: 'PAID', transaction_status: 'PAID', amount_received: 123.45 },
  });
  await until(async () => (await statusReads(stack)) > before);
  assert.equal(checkoutOf(await stack.read(token)).status, 'PROCESSING');
});

test('forged callbacks get the same answer and cost the PSP nothing', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  const known = await callBack(stack, token);
  await until(async () => (await statusReads(stack)) > 0);
  const before = await statusReads(stack);
  const logins = (await stack.stats()).logins;
  const bodies = [
    { payment_token: unknownToken },
    { payment_token: 7 },
    { payment_token: 'x'.repeat(1_000) },
    { payment_token: { $ne: '' } },
    {},
    [],
    'null',
    'not json',
    '',
  ];
  for (const body of bodies) {
    const forged = await stack.call('POST', address, { body });
    assert.deepEqual([forged.status, forged.body], [known.status, known.body]);
  }
  assert.ok((await statusReads(stack)) - before <= 1, 'but for the watch on the open Pix');
  assert.equal((await stack.stats()).logins, logins);
});

test('a callback before anything was submitted changes nothing', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await callBack(stack, token);
  await until(async () => (await statusReads(stack)) === 1);
  const seen = checkoutOf(await stack.read(token));
  assert.deepEqual([seen.status, seen.can.submit], ['CREATED', true]);
});

test('a callback while the submission is on its way does not end it', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'delay', ms: 150 });
  const sent = stack.send(token, { method: 'PIX' });
  await until(async () => (await stack.payment(token)).send_accepted === 1);
  await callBack(stack, token);
  assert.equal(checkoutOf(await sent).instrument?.method, 'PIX');
});

test('of two callbacks the later one’s news is not lost while the earlier one is read', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, card);
  await stack.settle(token, 'PAID');
  // The first read is answered late with what was true when it was asked.
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'delay', ms: 200 });
  const before = await statusReads(stack);
  await callBack(stack, token);
  await until(async () => (await statusReads(stack)) > before);
  await stack.settle(token, 'REFUNDED');
  for (let n = 0; n < 20; n += 1) await callBack(stack, token);
  const feed = await openFeed(t, stack.url, token);
  await until(() => feed.events.at(-1)?.checkout.status === 'REFUNDED');
  assert.ok((await statusReads(stack)) - before <= 4, 'and twenty callbacks are not twenty questions');
});

test('no other gateway is called back', async t => {
  const stack = await startStack(t);
  problemOf(await stack.call('POST', '/v1/callbacks/unknown', { body: {} }), 404, 'not_found');
});

test('a store that fails under a callback stops neither the answer nor the proxy', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  let broken = false;
  const find: Store['find'] = token => (broken ? Promise.reject(new Error('store lost')) : store.find(token));
  const stack = await startStack(t, { deps: { store: { ...store, find } } });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  broken = true;
  assert.equal((await callBack(stack, token)).status, 200);
  await until(() => stack.log.some(line => line.includes('"event":"status_unread"')));
  broken = false;
  assert.equal(checkoutOf(await stack.read(token)).status, 'PROCESSING');
});
