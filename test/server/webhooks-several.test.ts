/** Webhooks when processes die, when several share the work, and when somebody sends them again by hand. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { startEmulator } from '../../demo/emulator/emulator.ts';
import { recordReport } from '../../server/checkout/record-report.ts';
import { connectRedis, openRedisStore } from '../../server/store/redis-store.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { change, type Store } from '../../server/store/store.ts';
import { startRedis } from '../environment/redis.ts';
import { merchantKey, startProxy } from '../faults/proxy-process.ts';
import { card, environment, newKey, order, request, startStack, until } from './stack.ts';
import { answering, assertComplete, hanging, startWebhookReceiver } from './webhook-receiver.ts';

const program = join(import.meta.dirname, '../../server/webhooks-cli.ts');

/** What the command prints; throws what it says when it fails. */
async function command(storeUrl: string, ...args: readonly string[]): Promise<string[]> {
  const env = { PATH: process.env['PATH'] ?? '', STORE_URL: storeUrl };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env });
  return stdout.trim().split('\n');
}

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'letpay-webhooks-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A payment by Pix at the proxy of this address; its token. */
async function payByPix(url: string): Promise<string> {
  const made = await request(url, 'POST', '/v1/orders', {
    body: order,
    headers: { Authorization: `Bearer ${merchantKey}` },
  });
  assert.equal(made.status, 201, made.text);
  const { payment_token: token } = made.body as { payment_token: string };
  const sent = await request(url, 'POST', `/v1/checkout/${token}/sendPayment`, {
    body: { method: 'PIX' },
    headers: { 'Idempotency-Key': newKey() },
  });
  assert.equal(sent.status, 200, sent.text);
  return token;
}

test('kill -9 between change and delivery loses nothing: the same event comes once the proxy is back', async t => {
  const receiver = await startWebhookReceiver(t);
  await receiver.goDown();
  const psp = await startEmulator({ port: 0 });
  t.after(psp.close);
  const storeUrl = `sqlite:${join(await newFolder(t), 'letpay.db')}`;
  const settings = { letpayUrl: psp.url, storeUrl, pspTimeoutMs: 2_000, env: receiver.env };
  const proxy = await startProxy(settings);
  t.after(() => proxy.kill());
  const tokens = [await payByPix(proxy.url), await payByPix(proxy.url)];
  // Not in the middle of a try: that one would come back after its lease only, and the test would take as long.
  await until(() => proxy.output().split('"event":"webhook"').length > tokens.length, 10_000);
  await proxy.kill();

  const [, ...rest] = (await command(storeUrl, 'list', '--state', 'waiting')).reverse();
  const listed = rest.map(line => line.split(/\s{2,}/)[3]).sort();
  assert.deepEqual(listed, tokens.map(token => `evt_${token}_1`).sort());
  await receiver.comeBack();
  await proxy.start();
  await until(() => receiver.deliveries.length >= tokens.length, 15_000);
  assert.deepEqual(receiver.deliveries.map(({ id }) => id).sort(), listed);
  assertComplete(receiver.deliveries);
});

test('what was given up is listed and sent again by hand, with the same id and body', async t => {
  const receiver = await startWebhookReceiver(t);
  receiver.behaviour = answering(410);
  const storeUrl = `sqlite:${join(await newFolder(t), 'letpay.db')}`;
  const stack = await startStack(t, {
    env: { ...receiver.env, STORE_URL: storeUrl },
    outcomeDelayMs: 60_000,
  });
  await stack.send(await stack.orderToken(), { method: 'PIX' });
  await stack.send(await stack.orderToken(), { method: 'PIX' });
  const failed = await until(async () => {
    const lines = await command(storeUrl, 'list', '--state', 'failed');
    return lines.at(-1) === '2 events' && lines;
  }, 20_000);
  assert.match(failed[0] ?? '', /failed {2}order\.processing {2}evt_[\w-]+_1 {2}tries 1 {2}410$/);
  receiver.behaviour = answering(200);
  assert.equal((await command(storeUrl, 'replay', '--failed')).at(-1), '2 events');
  await until(() => receiver.deliveries.length === 4);
  const [first, second, ...again] = receiver.deliveries;
  for (const delivery of [first, second]) {
    const other = again.find(({ id }) => id === delivery?.id);
    assert.equal(other?.body, delivery?.body);
  }
  const [last] = again;
  await command(storeUrl, 'replay', '--id', last?.id ?? '');
  await until(() => receiver.deliveries.length === 5);
  assert.deepEqual([receiver.deliveries[4]?.id, receiver.deliveries[4]?.body], [last?.id, last?.body]);
  const delivered = await command(storeUrl, 'list', '--state', 'delivered', '--since', '2020-01-01');
  assert.equal(delivered.at(-1), '2 events');
  assert.deepEqual(await command(storeUrl, 'list', '--since', '2999-01-01'), ['0 events']);
});

for (const args of [
  [],
  ['replay'],
  ['list', '--state', 'lost'],
  ['replay', '--id', 'evt_nobody_1'],
  ['drop'],
]) {
  test(`the command refuses: ${args.join(' ') || 'no words'}`, async t => {
    const file = join(await newFolder(t), 'letpay.db');
    await openSqliteStore(file, recordCodec(null)).close();
    await assert.rejects(command(`sqlite:${file}`, ...args), { code: 1 });
  });
}

test('two proxies on one Redis deliver every event once, and another takes over what they left', async t => {
  const redis = await startRedis();
  t.after(() => redis.close());
  const receiver = await startWebhookReceiver(t);
  const env = { ...receiver.env, STORE_URL: redis.url };
  const first = await startStack(t, { env, outcomeDelayMs: 60_000 });
  const second = await startStack(t, { env: { ...env, LETPAY_API_URL: first.emulatorUrl } });
  const store = openRedisStore(connectRedis(redis.url), recordCodec(environment.STORE_KEY));
  t.after(() => store.close());

  const stacks = [first, second];
  const tokens = await Promise.all(
    Array.from({ length: 12 }, async (_, n) => {
      const stack = stacks[n % 2] ?? first;
      const token = await stack.orderToken({ reference_id: `ORDER-${n}` });
      await stack.send(token, { method: 'PIX' });
      return token;
    }),
  );
  for (const token of tokens) await first.settle(token, 'PAID');
  for (const [n, token] of tokens.entries())
    await (stacks[n % 2] ?? first).checkoutWhen(token, ({ status }) => status === 'PAID');
  await until(async () => (await store.outbox.backlog()).waiting === 0);
  assertComplete(receiver.deliveries);
  assert.equal(receiver.deliveries.filter(({ event }) => event.type === 'order.paid').length, tokens.length);

  receiver.behaviour = hanging;
  const heard = receiver.deliveries.length;
  await second.send(await second.orderToken({ reference_id: 'ORDER-LAST' }), { method: 'PIX' });
  await until(() => receiver.deliveries.length > heard);
  receiver.behaviour = answering(200);
  // Either of them may have it in hand.
  await Promise.all([first.close(), second.close()]);
  await startStack(t, { env });
  await until(async () => (await store.outbox.backlog()).waiting === 0);
  const left = receiver.deliveries.slice(heard);
  assert.ok(left.length >= 2);
  assert.equal(new Set(left.map(({ id }) => id)).size, 1);
});

/** One store that several proxies share, and that outlives each. */
function sharedStore(t: TestContext): Store {
  const store = openSqliteStore(':memory:', recordCodec(null));
  t.after(() => store.close());
  return { ...store, close: async () => undefined };
}

test('what a proxy without MERCHANT_WEBHOOK_URL notes is told by one that has it', async t => {
  const store = sharedStore(t);
  const receiver = await startWebhookReceiver(t);
  const silent = await startStack(t, { deps: { store } });
  const token = await silent.orderToken({ person_firstname: 'PAID' });
  await silent.send(token, card);
  await silent.checkoutWhen(token, ({ status }) => status === 'PAID');
  await silent.close();
  await startStack(t, { deps: { store }, env: receiver.env });
  await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.paid'));
  assertComplete(receiver.deliveries);
  assert.ok(receiver.deliveries.every(({ event }) => event.data.payment_token === token));
});

for (const how of ['a page', 'the merchant', 'the watcher'] as const) {
  test(`what an older version noted and told nobody is told when ${how} reads it`, async t => {
    const store = sharedStore(t);
    const receiver = await startWebhookReceiver(t);
    const stack = await startStack(t, { deps: { store }, env: receiver.env, outcomeDelayMs: 60_000 });
    const token = await stack.orderToken();
    await stack.send(token, { method: 'PIX' });
    await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.processing'));
    await stack.settle(token, 'PAID');
    // Past the announcing store, as a version without webhooks does it.
    await change(store, token, was => ({
      ...recordReport(was, token, { status: 'PAID' }),
      dueAt: how === 'the watcher' ? stack.clock.now() : null,
    }));
    stack.clock.advance(2_000);
    if (how === 'a page') await stack.read(token);
    if (how === 'the merchant') await stack.merchant('GET', `/v1/orders/${token}`);
    await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.paid'));
    assertComplete(receiver.deliveries);
  });
}

test('a proxy that delivers nothing removes events that nobody took for three days', async t => {
  const store = sharedStore(t);
  const first = await startStack(t, { deps: { store }, outcomeDelayMs: 60_000 });
  await first.send(await first.orderToken(), { method: 'PIX' });
  await first.close();
  assert.equal((await store.outbox.backlog()).waiting, 1);
  const day = 24 * 60 * 60_000;
  const later = async (days: number) => {
    const now = () => Date.now() + days * day;
    const stack = await startStack(t, { deps: { store, now } });
    await stack.close();
    return (await store.outbox.backlog()).waiting;
  };
  assert.deepEqual([await later(2.9), await later(3.1)], [1, 0]);
});
