/** The cancellation of a paid Letsia invoice, by the merchant’s call and at Letsia itself: the money goes one way at most. */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { openStore } from '../../server/store/open-store.ts';
import { type Letsia, logInAtLetsia, paidOrder, redirect, startLetsia } from './letsia-stack.ts';
import { orderOf } from './merchant-calls.ts';
import { checkoutOf, environment, merchantKey, newKey, problemOf, until } from './stack.ts';
import { assertComplete, startWebhookReceiver } from './webhook-receiver.ts';

const cancelPath = '/letsia/invoices/*/cancel';
const cancelCall = 'POST /letsia/invoices/{reference}/cancel';
const refundCall = 'POST /letsia/invoices/{reference}/refund';
const readCall = 'GET /letsia/invoices/{reference}/status';
/** Until “still paid” is believed. */
const longEnough = 13_000;

const decisionOf = (order: Awaited<ReturnType<Letsia['order']>>) => order.attempts[0]?.hold_decision ?? null;

async function statusAtLetsia(letsia: Letsia, token: string): Promise<string> {
  return (await letsia.stack.payment(token)).status;
}

test('POST /invoices/{reference}/cancel: a paid order is canceled, its money still told, and nobody can pay again', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  const reply = await letsia.cancel(token);
  const canceled = orderOf(reply);
  assert.deepEqual(
    [canceled.status, canceled.amount_received, canceled.refunded_amount, canceled.can],
    ['CANCELED', 123.45, null, { submit: false, renew: false }],
  );
  const decision = decisionOf(canceled);
  assert.deepEqual(
    [decision?.kind, decision?.amount, decision?.request_id],
    ['cancel', null, reply.headers.get('x-request-id')],
  );
  assert.equal(await statusAtLetsia(letsia, token), 'CANCELED');
  const page = checkoutOf(await letsia.read(token));
  assert.deepEqual([page.status, page.verifying, page.can.renew], ['CANCELED', false, false]);
  problemOf(await letsia.send(token, redirect), 409, 'already_paid');
  problemOf(await letsia.renew(token), 409, 'already_paid');
  assert.equal(await letsia.calls(cancelCall), 1);
});

test('the same cancellation again is the same answer, with its key or without, and is not sent again', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  const key = newKey();
  orderOf(await letsia.cancel(token, key));
  const reads = await letsia.calls(readCall);
  for (const again of [key, undefined, newKey()]) {
    const order = orderOf(await letsia.cancel(token, again));
    assert.deepEqual([order.status, decisionOf(order)?.kind], ['CANCELED', 'cancel']);
  }
  assert.deepEqual([await letsia.calls(cancelCall), await letsia.calls(readCall)], [1, reads]);
});

test('what is not paid cannot be canceled, by Letsia’s newest word', async t => {
  const letsia = await startLetsia(t);
  const token = await letsia.letsiaToken();
  problemOf(await letsia.cancel(token), 409, 'not_pre_authorized');
  checkoutOf(await letsia.send(token, redirect));
  problemOf(await letsia.cancel(token), 409, 'not_pre_authorized');
  assert.equal(await letsia.calls(cancelCall), 0);
  // Paid after the proxy’s last look.
  await letsia.settle(token, 'PAID');
  assert.equal(orderOf(await letsia.cancel(token)).status, 'CANCELED');

  const failed = await letsia.letsiaToken({ reference_id: 'ORDER-2' });
  checkoutOf(await letsia.send(failed, redirect));
  await letsia.settle(failed, 'DECLINED');
  problemOf(await letsia.cancel(failed), 409, 'not_pre_authorized');
  problemOf(await letsia.cancel('00000000-0000-4000-8000-000000000000'), 404, 'not_found');
});

for (const fault of [
  { kind: 'drop_after' },
  { kind: 'status_after', status: 500 },
  ...[400, 401, 403, 404, 409, 422, 429].map(status => ({ kind: 'status_after', status }) as const),
  { kind: 'garbage' },
  { kind: 'truncate' },
]) {
  test(`a cancellation whose answer was lost (${Object.values(fault).join(' ')}) is known by the invoice’s status`, async t => {
    const letsia = await startLetsia(t);
    const token = await paidOrder(letsia);
    await letsia.stack.fault({ path: cancelPath, ...fault });
    const canceled = orderOf(await letsia.cancel(token));
    assert.deepEqual([canceled.status, decisionOf(canceled)?.kind], ['CANCELED', 'cancel']);
    assert.equal(orderOf(await letsia.cancel(token)).status, 'CANCELED');
    // Sent again after a 401 only, which is a refusal at the door.
    assert.ok((await letsia.calls(cancelCall)) <= ([401, 403].includes(fault.status ?? 0) ? 2 : 1));
  });
}

for (const fault of [{ kind: 'drop_before' }, { kind: 'status', status: 502 }]) {
  test(`a cancellation that Letsia never took (${fault.kind}) is 202 until that is sure, and can be asked for again`, async t => {
    const letsia = await startLetsia(t);
    const token = await paidOrder(letsia);
    await letsia.stack.fault({ path: cancelPath, ...fault });
    const key = newKey();
    const lost = orderOf(await letsia.cancel(token, key), 202);
    assert.deepEqual([lost.status, decisionOf(lost)?.kind], ['PAID', 'cancel']);
    assert.equal(orderOf(await letsia.cancel(token, key), 202).status, 'PAID');
    problemOf(await letsia.refund(token), 409, 'capture_in_flight');
    // What was dropped never came to Letsia’s ears.
    const arrived = fault.kind === 'status' ? 1 : 0;
    assert.deepEqual([await letsia.calls(cancelCall), await letsia.calls(refundCall)], [arrived, 0]);

    letsia.clock.advance(longEnough);
    await letsia.orderWhen(token, order => decisionOf(order) === null);
    assert.equal(orderOf(await letsia.cancel(token, key)).status, 'CANCELED');
    assert.equal(await letsia.calls(cancelCall), arrived + 1);
  });
}

test('a cancellation that Letsia answers too late is 202, and then CANCELED without another call', async t => {
  const letsia = await startLetsia(t, {}, { env: { PSP_TIMEOUT_MS: '150' } });
  const token = await paidOrder(letsia);
  await letsia.stack.fault({ path: cancelPath, kind: 'delay_before', ms: 500 });
  assert.equal(orderOf(await letsia.cancel(token), 202).status, 'PAID');
  await until(async () => (await statusAtLetsia(letsia, token)) === 'CANCELED');
  await letsia.stack.checkoutWhen(token, ({ status }) => status === 'CANCELED');
  assert.equal(await letsia.calls(cancelCall), 1);
});

test('a cancellation that arrives after it was given up is found all the same', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  await letsia.stack.fault({ path: cancelPath, kind: 'drop_before' });
  orderOf(await letsia.cancel(token), 202);
  letsia.clock.advance(longEnough);
  await letsia.orderWhen(token, order => decisionOf(order) === null);
  const atLetsia = await logInAtLetsia(letsia);
  await atLetsia(`/invoices/${token}/cancel`);
  const found = await letsia.orderWhen(token, ({ status }) => status === 'CANCELED');
  assert.deepEqual([found.amount_received, found.can.renew], [123.45, false]);
});

test('an invoice that somebody cancels at Letsia is canceled here, and asking for it is no second call', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  const atLetsia = await logInAtLetsia(letsia);
  await atLetsia(`/invoices/${token}/cancel`);
  await letsia.call('POST', '/v1/callbacks/letsia', { body: { code: token } });
  const order = await until(async () => {
    const seen = await letsia.order(token);
    return seen.status === 'CANCELED' && seen;
  });
  assert.deepEqual(
    [order.amount_received, order.can, decisionOf(order)],
    [123.45, { submit: false, renew: false }, null],
  );
  const before = await letsia.calls(cancelCall);
  assert.equal(orderOf(await letsia.cancel(token)).status, 'CANCELED');
  problemOf(await letsia.refund(token), 409, 'not_refundable');
  assert.deepEqual([await letsia.calls(cancelCall), await letsia.calls(refundCall)], [before, 0]);
});

test('an invoice that was paid and canceled between two looks had money come in, and is not paid again', async t => {
  const letsia = await startLetsia(t);
  const token = await letsia.letsiaToken();
  checkoutOf(await letsia.send(token, redirect));
  await letsia.settle(token, 'PAID');
  const atLetsia = await logInAtLetsia(letsia);
  await atLetsia(`/invoices/${token}/cancel`);
  const seen = await letsia.stack.checkoutWhen(token, ({ status }) => status === 'CANCELED');
  assert.deepEqual(seen.can, { submit: false, renew: false });
  assert.equal((await letsia.order(token)).amount_received, 123.45);
});

test('an invoice that was canceled without anybody’s money can be tried again', async t => {
  const letsia = await startLetsia(t);
  const token = await letsia.letsiaToken();
  checkoutOf(await letsia.send(token, redirect));
  await letsia.settle(token, 'CANCELED');
  const seen = await letsia.stack.checkoutWhen(token, ({ status }) => status === 'CANCELED');
  assert.deepEqual(seen.can, { submit: false, renew: true });
  assert.equal((await letsia.order(token)).amount_received, null);
  problemOf(await letsia.cancel(token), 409, 'not_pre_authorized');
});

test('after a cancellation nothing is refunded, and after a refund nothing is canceled', async t => {
  const letsia = await startLetsia(t);
  const canceled = await paidOrder(letsia);
  orderOf(await letsia.cancel(canceled));
  problemOf(await letsia.refund(canceled), 409, 'not_refundable');
  assert.equal(await letsia.calls(refundCall), 0);

  const refunded = await paidOrder(letsia);
  assert.equal((await letsia.refund(refunded)).status, 201);
  problemOf(await letsia.cancel(refunded), 409, 'refund_in_flight');
  assert.equal((await letsia.order(refunded)).status, 'PAID');
  assert.equal(await letsia.calls(cancelCall), 1);
});

test('a refund in doubt keeps a cancellation waiting until Letsia’s word ends it', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  await letsia.stack.fault({ path: '/letsia/invoices/*/refund', kind: 'drop_before' });
  const lost = await letsia.refund(token);
  assert.equal(lost.status, 202, lost.text);
  problemOf(await letsia.cancel(token), 409, 'refund_in_flight');
  assert.equal(await letsia.calls(cancelCall), 0);
  letsia.clock.advance(longEnough);
  const { refund_id } = lost.body as { refund_id: string };
  await letsia.refundWhen(refund_id, ({ status }) => status === 'FAILED');
  assert.equal(orderOf(await letsia.cancel(token)).status, 'CANCELED');
});

test('money that was asked back at Letsia itself is not canceled, and that is no doubt', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  const atLetsia = await logInAtLetsia(letsia);
  await atLetsia(`/invoices/${token}/refund`);
  problemOf(await letsia.cancel(token), 409, 'not_pre_authorized');
  const order = await letsia.order(token);
  assert.deepEqual([order.status, decisionOf(order)], ['PAID', null]);
  assert.equal(await letsia.calls(cancelCall), 0);
});

test('of two payments none is canceled by guessing', async t => {
  const letsia = await startLetsia(t);
  const { letsiaToken, send, settle, renew, payments, stack } = letsia;
  const token = await letsiaToken();
  checkoutOf(await send(token, redirect));
  await settle(token, 'DECLINED');
  await stack.checkoutWhen(token, ({ can }) => can.renew);
  checkoutOf(await renew(token));
  checkoutOf(await send(token, redirect));
  await settle((await payments()).at(-1)?.payment_token ?? '', 'PAID');
  await settle(token, 'PAID');
  await letsia.orderWhen(token, ({ paid_twice }) => paid_twice);
  problemOf(await letsia.cancel(token), 409, 'already_paid');
  assert.equal(await letsia.calls(cancelCall), 0);
});

test('two cancellations at once are one call to Letsia', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  const replies = await Promise.all([
    letsia.cancel(token),
    letsia.cancel(token),
    letsia.cancel(token, newKey()),
  ]);
  assert.ok(replies.every(({ status }) => status === 200 || status === 202));
  assert.equal(
    (await letsia.orderWhen(token, ({ status }) => status === 'CANCELED')).amount_received,
    123.45,
  );
  assert.equal(await letsia.calls(cancelCall), 1);
});

test('while one is at Letsia the other is refused: a refund during a cancellation, and the other way round', async t => {
  const letsia = await startLetsia(t);
  const canceled = await paidOrder(letsia);
  await letsia.stack.fault({ path: cancelPath, kind: 'delay', ms: 300 });
  const cancellation = letsia.cancel(canceled);
  await until(async () => (await letsia.calls(cancelCall)) === 1);
  problemOf(await letsia.refund(canceled), 409, 'capture_in_flight');
  assert.equal(orderOf(await cancellation).status, 'CANCELED');

  const refunded = await paidOrder(letsia);
  await letsia.stack.fault({ path: '/letsia/invoices/*/refund', kind: 'delay', ms: 300 });
  const refund = letsia.refund(refunded);
  await until(async () => (await letsia.calls(refundCall)) === 1);
  problemOf(await letsia.cancel(refunded), 409, 'refund_in_flight');
  assert.equal((await refund).status, 201);
  assert.deepEqual([await letsia.calls(cancelCall), await letsia.calls(refundCall)], [1, 1]);
});

async function sqliteStore(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'letpay-cancellation-'));
  const { store } = openStore(`sqlite:${join(folder, 'letpay.db')}`, 'store-key-of-the-tests-00000001');
  t.after(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  // Proxies end before the store that the test looks at.
  return { ...store, close: async () => undefined };
}

/** Another proxy on the same store. */
function otherProxy(t: TestContext, letsia: Letsia, store: Awaited<ReturnType<typeof sqliteStore>>) {
  const env = {
    ...environment,
    LETPAY_API_URL: letsia.emulatorUrl,
    LETSIA_API_URL: `${letsia.emulatorUrl}/letsia`,
    LETSIA_EMAIL: 'demo@letsia.example',
    LETSIA_PASSWORD: 'demo',
  };
  const proxy = createProxy(readConfig(env, '/nowhere'), {
    store,
    now: letsia.clock.now,
    monotonic: letsia.clock.monotonic,
    log: () => undefined,
  });
  t.after(() => proxy.close());
  return (path: string) =>
    proxy.request(path, { method: 'POST', headers: { Authorization: `Bearer ${merchantKey}` } });
}

for (const ms of [0, 60]) {
  test(`a cancellation and a refund at once through two proxies on SQLite (${ms} ms each): one of them at most`, async t => {
    const store = await sqliteStore(t);
    const letsia = await startLetsia(t, {}, { deps: { store } });
    const post = otherProxy(t, letsia, store);
    for (const cancelIsFirst of [true, false, true, false]) {
      const before = { cancel: await letsia.calls(cancelCall), refund: await letsia.calls(refundCall) };
      const token = await paidOrder(letsia);
      for (const path of [cancelPath, '/letsia/invoices/*/refund'])
        await letsia.stack.fault({ path, kind: 'delay_before', ms });
      const calls = [() => post(`/v1/orders/${token}/cancel`), () => letsia.refund(token)];
      const replies = await Promise.all((cancelIsFirst ? calls : calls.toReversed()).map(call => call()));
      await letsia.stack.control('DELETE', '/faults');
      const taken = replies.filter(({ status }) => status < 300).length;
      assert.ok(taken <= 1, replies.map(({ status }) => status).join());
      const sent = (await letsia.calls(cancelCall)) + (await letsia.calls(refundCall));
      assert.ok(sent - before.cancel - before.refund <= 1, 'one decision leaves at a time');
      assert.ok(replies.every(({ status }) => [200, 201, 202, 409].includes(status)));
      const { status } = await letsia.order(token);
      assert.equal(status, await statusAtLetsia(letsia, token));
    }
  });
}

test('a proxy that died between the note and the answer is followed by one that reads the status', async t => {
  const store = await sqliteStore(t);
  const letsia = await startLetsia(t, {}, { deps: { store }, env: { PSP_TIMEOUT_MS: '1000' } });
  const token = await paidOrder(letsia);
  await letsia.stack.fault({ path: cancelPath, kind: 'delay', ms: 900 });
  const first = letsia.cancel(token);
  await until(async () => (await statusAtLetsia(letsia, token)) === 'CANCELED');
  const seen = await otherProxy(t, letsia, store)(`/v1/orders/${token}/cancel`);
  assert.equal(seen.status, 200);
  assert.equal((await seen.json()).status, 'CANCELED');
  assert.equal(orderOf(await first).status, 'CANCELED');
  assert.equal(await letsia.calls(cancelCall), 1);
});

test('with Letsia unreachable nothing is sent, and the caller may try again', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  await letsia.stack.closeEmulator();
  problemOf(await letsia.cancel(token), 503, 'psp_unavailable');
  problemOf(await letsia.cancel(token), 503, 'psp_unavailable');
});

test('the merchant is told of the cancellation once, with the money that had come in', async t => {
  const receiver = await startWebhookReceiver(t);
  const letsia = await startLetsia(t, {}, { env: receiver.env });
  const token = await paidOrder(letsia);
  orderOf(await letsia.cancel(token));
  await letsia.call('POST', '/v1/callbacks/letsia', { body: { code: token } });
  orderOf(await letsia.cancel(token));
  const told = () => receiver.deliveries.filter(({ event }) => event.type === 'order.canceled');
  await until(() => told().length > 0);
  const before = await letsia.calls(readCall);
  await letsia.call('POST', '/v1/callbacks/letsia', { body: { code: token } });
  await until(async () => (await letsia.calls(readCall)) > before);
  assertComplete(receiver.deliveries);
  assert.deepEqual(
    told().map(({ event }) => [event.data.previous_status, event.data.amount_received]),
    [['PAID', 123.45]],
  );
  assert.equal(receiver.deliveries.at(-1)?.event.type, 'order.canceled');
});

test('an operator sees the cancellation by its outcome, and who asked for it', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  const reply = await letsia.cancel(token);
  const { text } = await letsia.call('GET', '/metrics');
  assert.match(text, /^letpay_hold_decisions_total\{kind="cancel",outcome="taken"\} 1$/m);
  const line = letsia.log.find(entry => entry.includes('"hold_decision"'));
  assert.ok(line?.includes(reply.headers.get('x-request-id') ?? '-'), line);
});

test('the other gateways cancel nothing that was paid', async t => {
  const letsia = await startLetsia(t);
  problemOf(await letsia.cancel(await letsia.paid()), 409, 'not_pre_authorized');
  const lesspay = checkoutOf(await letsia.createOrder({ gateway: 'lesspay' }), 201).payment_token;
  problemOf(await letsia.cancel(lesspay), 409, 'not_supported');
});
