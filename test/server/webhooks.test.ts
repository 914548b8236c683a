/** Status changes reach the merchant: what is posted, and what becomes of it when the receiver fails. */
import { strict as assert } from 'node:assert';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { OutboxBacklog, Settlement, StoredEvent } from '../../server/store/outbox.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { createDeliverer, deliveriesAtOnce } from '../../server/webhooks/deliverer.ts';
import { connectReceiver, type Receiver } from '../../server/webhooks/receiver.ts';
import type { TryOutcome } from '../../server/webhooks/retry.ts';
import { parseSecrets } from '../../server/webhooks/signature.ts';
import { merchantCalls, orderOf } from './merchant-calls.ts';
import { card, startStack, until } from './stack.ts';
import { record } from './store/store-suite.ts';
import {
  answering,
  assertComplete,
  type Behaviour,
  hanging,
  resetting,
  startWebhookReceiver,
  webhookSecret,
} from './webhook-receiver.ts';

const minute = 60_000;

async function startShop(t: TestContext, env: Readonly<Record<string, string>> = {}) {
  const receiver = await startWebhookReceiver(t);
  const store = openSqliteStore(':memory:', recordCodec('k'));
  // The proxy’s end must not end what the test looks at afterwards.
  const kept = { ...store, close: async () => undefined };
  const stack = await startStack(t, {
    env: { ...receiver.env, ...env },
    outcomeDelayMs: 60_000,
    deps: { store: kept, chance: () => 0 },
  });
  t.after(async () => {
    await stack.close();
    await store.close();
  });
  return { stack, receiver, store, calls: merchantCalls(stack) };
}

const backlogIs = (store: { outbox: { backlog(): Promise<OutboxBacklog> } }, waiting: number) =>
  until(async () => (await store.outbox.backlog()).waiting === waiting);

test('every change of a payment arrives, signed, in order, with what a shop needs and no more', async t => {
  const { receiver, calls, store } = await startShop(t);
  const token = await calls.paid();
  const refunded = await calls.refund(token, { amount: 23.45 });
  const { refund_id } = refunded.body as { refund_id: string };
  await until(async () => (await store.outbox.backlog()).waiting === 0 && receiver.deliveries.length >= 2);
  assertComplete(receiver.deliveries);
  const paid = receiver.deliveries.find(({ event }) => event.type === 'order.paid');
  assert.deepEqual(
    [paid?.id, paid?.headers['content-type']],
    [`evt_${token}_${paid?.event.data.sequence}`, 'application/json'],
  );
  const { data } = paid?.event ?? {};
  assert.deepEqual(
    [data?.payment_token, data?.reference_id, data?.method, data?.amount_received, data?.currency],
    [token, 'ORDER-1', 'CREDITCARD', 123.45, 'BRL'],
  );
  assert.ok(
    receiver.deliveries.some(({ event }) => event.data.refund?.refund_id === refund_id),
    receiver.deliveries.map(({ event }) => event.type).join(),
  );
});

test('an order that is read tells which events it has in it already', async t => {
  const { receiver, calls, stack } = await startShop(t);
  assert.equal((await calls.order(await stack.orderToken())).sequence, 0);
  const token = await calls.held();
  const held = await calls.order(token);
  const taken = orderOf(await calls.capture(token, { amount: 100 }));
  await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.paid'));
  await until(() => receiver.deliveries.length === taken.sequence);
  assertComplete(receiver.deliveries);
  const statusAt = (sequence: number) =>
    receiver.deliveries.find(({ event }) => event.data.sequence === sequence)?.event.data.status;
  assert.deepEqual([statusAt(held.sequence), statusAt(taken.sequence)], ['PRE_AUTHORIZED', 'PAID']);
  assert.equal((await calls.order(token)).sequence, taken.sequence);
  const newer = receiver.deliveries.filter(({ event }) => event.data.sequence > held.sequence);
  assert.deepEqual(
    newer.map(({ event }) => event.data.amount_received),
    [100],
  );
});

test('a decline and the card after it are told as a decline, a renewal and a payment', async t => {
  const { stack, receiver } = await startShop(t);
  const token = await stack.orderToken({ person_firstname: 'DECLINED' });
  await stack.send(token, card);
  const [first] = await stack.payments();
  await stack.settle(first?.payment_token ?? '', 'DECLINED', { error_code: '01.05.0014' });
  await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  await stack.renew(token);
  const types = () => receiver.deliveries.map(({ event }) => event.type);
  await until(() => types().includes('order.renewed'));
  const declined = receiver.deliveries.find(({ event }) => event.type === 'order.declined');
  assert.equal(declined?.event.data.decline?.reason, 'insufficient_funds');
  assertComplete(receiver.deliveries);
});

test('a receiver that was down for hours gets every change once, in an order that can be verified', async t => {
  const { stack, receiver, store, calls } = await startShop(t);
  await receiver.goDown();
  const tokens = [await calls.paid(), await calls.paid()];
  for (const token of tokens) await stack.settle(token, 'DISPUTE');
  for (const token of tokens) await calls.orderWhen(token, ({ status }) => status === 'DISPUTE');
  const written = (await store.outbox.backlog()).waiting;
  assert.ok(written >= 2, `${written}`);
  const tries = async () => {
    const made: number[] = [];
    for (const state of ['waiting', 'delivered'] as const)
      for await (const event of store.outbox.list({ state })) made.push(event.tries);
    return made;
  };
  await until(async () => {
    stack.clock.advance(10_000);
    return (await tries()).every(made => made >= 4);
  });
  assert.equal((await store.outbox.backlog()).waiting, written, 'nothing was lost while it was down');
  await receiver.comeBack();
  // A try that is still on its way fails: it must do so before the clock goes on, or its event waits for hours more.
  await until(async () => {
    const begun = (await tries()).reduce((sum, made) => sum + made, 0);
    const { text } = await stack.call('GET', '/metrics');
    const ended = [...text.matchAll(/^letpay_webhook_tries_total\{.*\} (\d+)$/gm)];
    return ended.reduce((sum, [, count]) => sum + Number(count), 0) === begun;
  });
  stack.clock.advance(3 * 60 * minute);
  await backlogIs(store, 0);
  assert.equal(receiver.deliveries.length, written);
  assertComplete(receiver.deliveries);
});

const failing: readonly [string, Behaviour, string][] = [
  ['500', answering(500), '500'],
  ['a redirect', answering(302, { location: 'https://elsewhere.example/' }), '302'],
  ['a permanent redirect', answering(308, { location: '/elsewhere' }), '308'],
  ['a reset', resetting, 'UND_ERR_SOCKET'],
  ['no answer within the time-out', hanging, 'TimeoutError'],
];

for (const [name, behaviour, outcome] of failing) {
  test(`${name} is tried again five seconds later, with the same id and body`, async t => {
    const { stack, receiver, store } = await startShop(t, { MERCHANT_WEBHOOK_TIMEOUT_MS: '500' });
    receiver.behaviour = behaviour;
    const token = await stack.orderToken();
    await stack.send(token, { method: 'PIX' });
    const [waiting] = await until(async () => {
      const events: StoredEvent[] = [];
      for await (const event of store.outbox.list({})) events.push(event);
      return events[0]?.outcome ? events : null;
    });
    assert.deepEqual([waiting?.state, waiting?.outcome], ['waiting', outcome]);
    receiver.behaviour = answering(200);
    stack.clock.advance(6_000);
    await backlogIs(store, 0);
    const [first, second, ...more] = receiver.deliveries;
    assert.deepEqual(more, []);
    assert.deepEqual([second?.id, second?.body], [first?.id, first?.body]);
    assert.notEqual(second?.headers['webhook-timestamp'], first?.headers['webhook-timestamp']);
  });
}

test('410 is not tried again; the event can be replayed', async t => {
  const { stack, receiver, store } = await startShop(t);
  receiver.behaviour = answering(410);
  await stack.send(await stack.orderToken(), { method: 'PIX' });
  await until(async () => (await store.outbox.backlog()).failed === 1);
  stack.clock.advance(24 * 60 * minute);
  receiver.behaviour = answering(200);
  const { id } = receiver.deliveries[0] ?? { id: '' };
  await store.outbox.replay(id, stack.clock.now());
  await until(() => receiver.deliveries.length === 2);
  assert.equal(receiver.deliveries[1]?.body, receiver.deliveries[0]?.body);
});

test('after a day of failures an event is given up, counted and logged', async t => {
  const { stack, receiver, store } = await startShop(t);
  receiver.behaviour = answering(500);
  await stack.send(await stack.orderToken(), { method: 'PIX' });
  await until(async () => {
    if ((await store.outbox.backlog()).failed === 1) return true;
    stack.clock.advance(60 * minute);
    return false;
  });
  const { text } = await stack.call('GET', '/metrics');
  assert.match(text, /^letpay_webhook_failed 1$/m);
  assert.match(text, /^letpay_webhook_waiting 0$/m);
  assert.match(text, /^letpay_webhook_tries_total\{result="given_up"\} 1$/m);
  assert.match(text, /^letpay_webhook_tries_total\{result="retry"\} \d+$/m);
  const lines = stack.log.map(line => JSON.parse(line)).filter(({ event }) => event === 'webhook');
  const last = lines.at(-1);
  assert.deepEqual([last.level, last.result, last.outcome], ['error', 'given_up', '500']);
  assert.ok(!stack.log.join().includes(webhookSecret.slice(6)));
});

test('what waits is measured by its age', async t => {
  const { stack, receiver, store } = await startShop(t);
  receiver.behaviour = answering(503, { 'retry-after': '3600' });
  await stack.send(await stack.orderToken(), { method: 'PIX' });
  await until(() => receiver.deliveries.length === 1);
  stack.clock.advance(30 * minute);
  const { text } = await stack.call('GET', '/metrics');
  assert.match(text, /^letpay_webhook_waiting 1$/m);
  const age = Number(/^letpay_webhook_oldest_seconds ([\d.]+)$/m.exec(text)?.[1]);
  assert.ok(age >= 1_800 && age < 1_900, String(age));
  assert.equal((await store.outbox.backlog()).waiting, 1);
});

test('without an address events are written for a proxy that has one, and nothing is measured', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const stack = await startStack(t, { deps: { store } });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  assert.equal((await store.outbox.backlog()).waiting, 1);
  assert.equal((await merchantCalls(stack).order(token)).sequence, 1);
  assert.doesNotMatch((await stack.call('GET', '/metrics')).text, /letpay_webhook/);
});

test('an order that was paid elsewhere is told of when it becomes known', async t => {
  const { stack, receiver } = await startShop(t);
  const elsewhere = await startStack(t, {
    env: { LETPAY_API_URL: stack.emulatorUrl },
    outcomeDelayMs: 60_000,
  });
  const token = await elsewhere.orderToken();
  await elsewhere.send(token, { method: 'PIX' });
  await stack.settle(token, 'PAID');
  await stack.read(token);
  await until(() => receiver.deliveries.length === 1);
  const { event } = receiver.deliveries[0] ?? {};
  assert.deepEqual([event?.type, event?.data.previous_status, event?.data.sequence], ['order.paid', null, 1]);
});

test('a receiver that hangs is left after the time-out, and one that only drips its body is heard', async t => {
  const hung = await startDumb(t, () => undefined);
  const dripping = await startDumb(t, response => {
    response.writeHead(200);
    response.write('a');
  });
  const flooding = await startDumb(t, response => {
    response.writeHead(200);
    const flood = setInterval(() => response.write('x'.repeat(64 * 1024)), 1);
    response.once('close', () => clearInterval(flood));
  });
  const outcomes = [];
  for (const url of [hung, dripping, flooding]) {
    const own = connectReceiver(url, 1, 300);
    t.after(own.close);
    outcomes.push(await own.post({}, '{}', new AbortController().signal));
  }
  assert.equal(outcomes[0]?.kind, 'no_answer');
  assert.deepEqual(
    outcomes.slice(1).map(outcome => (outcome.kind === 'answer' ? outcome.status : outcome.cause)),
    [200, 200],
  );
});

async function startDumb(t: TestContext, behave: (response: ServerResponse) => void) {
  const server = createServer((_, response) => behave(response));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}/`;
}

/** A store with so many events that are due. */
async function storeWithEvents(t: TestContext, count: number) {
  const store = openSqliteStore(':memory:', recordCodec(null));
  t.after(() => store.close());
  for (let n = 1; n <= count; n += 1) {
    const made = record();
    const { token } = made;
    const event = { id: `evt_${token}_1`, token, sequence: 1, type: 'order.paid', body: '{}', createdAt: n };
    await store.create(made, [event]);
  }
  return store;
}

test('of a flood of events only a few are in memory, and a slow one does not hold up the others', async t => {
  const flood = 400;
  const store = await storeWithEvents(t, flood);
  let onTheirWay = 0;
  let most = 0;
  let done = 0;
  const slow = Promise.withResolvers<void>();
  const receiver: Receiver = {
    async post(headers) {
      onTheirWay += 1;
      most = Math.max(most, onTheirWay);
      if (done === 0 && onTheirWay === 1) await slow.promise;
      await new Promise(resolve => setImmediate(resolve));
      onTheirWay -= 1;
      done += 1;
      return { kind: 'answer', status: headers['webhook-id'] ? 200 : 500, retryAfter: null };
    },
    close: async () => undefined,
  };
  const settled: Settlement['state'][] = [];
  const deliverer = createDeliverer({
    outbox: store.outbox,
    receiver,
    secrets: parseSecrets(webhookSecret) ?? [],
    tryTimeoutMs: 15_000,
    now: () => 1_000,
    wall: () => 1_000,
    monotonic: () => 1_000,
    chance: () => 0,
    onTry: (_, result) => settled.push(result === 'delivered' ? 'delivered' : 'failed'),
    onFailure: assert.fail,
  });
  deliverer.wake();
  await until(() => settled.length === flood - 1);
  slow.resolve();
  await until(() => settled.length === flood);
  await deliverer.stop();
  assert.ok(most <= deliveriesAtOnce, String(most));
  assert.ok(settled.every(state => state === 'delivered'));
});

test('tries that hang make room for others every second, and there is an end to that too', async t => {
  const store = await storeWithEvents(t, 2 * deliveriesAtOnce);
  const ending = Promise.withResolvers<TryOutcome>();
  let begun = 0;
  let time = 1_000;
  const deliverer = createDeliverer({
    outbox: store.outbox,
    receiver: {
      post() {
        begun += 1;
        return ending.promise;
      },
      close: async () => undefined,
    },
    secrets: parseSecrets(webhookSecret) ?? [],
    tryTimeoutMs: 15_000,
    now: () => time,
    wall: () => time,
    monotonic: () => time,
    chance: () => 0,
    onTry: () => undefined,
    onFailure: assert.fail,
  });
  deliverer.start();
  const seen: number[] = [];
  for (let second = 0; second < 4; second += 1) {
    const before = begun;
    await until(() => begun > before);
    seen.push(begun);
    time += 1_000;
  }
  assert.deepEqual(seen, [16, 32, 48, 64]);
  time += 1_000;
  deliverer.wake();
  // A write behind the one that would take more.
  await store.outbox.replay('evt_nobody_1', 0);
  assert.equal(begun, deliveriesAtOnce);
  ending.resolve({ kind: 'answer', status: 204, retryAfter: null });
  await until(async () => (await store.outbox.backlog()).waiting === 0);
  await deliverer.stop();
});

test('a proxy that stops gives back what a hanging receiver holds, due at once', async t => {
  const { stack, receiver, store } = await startShop(t);
  receiver.behaviour = hanging;
  await stack.send(await stack.orderToken(), { method: 'PIX' });
  await until(() => receiver.deliveries.length === 1);
  await stack.close();
  const due = await store.outbox.take(stack.clock.now() + 1, 0, 9);
  assert.deepEqual(
    due.map(({ id, tries }) => [id, tries]),
    [[receiver.deliveries[0]?.id, 2]],
  );
});
