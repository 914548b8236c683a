/** Webhooks when the merchant's receiver hangs, and when the proxy is killed while it delivers. */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createOrderEvents } from '../../demo/shop/order-events.ts';
import { startRedis } from '../environment/redis.ts';
import {
  assertComplete,
  type Behaviour,
  type Delivery,
  hanging,
  startWebhookReceiver,
  taking,
} from '../server/webhook-receiver.ts';
import { type Crew, startCrew, until } from './crew.ts';
import { codeOf } from './http.ts';

/** The payment provider is not what is tried here: a busy machine must not make it look away. */
const pspTimeoutMs = 10_000;
/** More than the proxy has on their way at once while they are fresh. */
const hangingOrders = 24;

async function newSqlite(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'letpay-delivery-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return `sqlite:${join(folder, 'letpay.db')}`;
}

async function newRedis(t: TestContext): Promise<string> {
  const redis = await startRedis();
  t.after(() => redis.close());
  return redis.url;
}

/** A new order whose Pix code is made: one change, so one webhook. Its token. */
async function payByPix(crew: Crew, reference: string): Promise<string> {
  const token = await crew.createOrder(0, { reference_id: reference });
  const reply = await crew.submit(0, token, { method: 'PIX' });
  assert.equal(reply?.status, 200, reply ? codeOf(reply) : 'no answer');
  return token;
}

interface LogLine {
  readonly event: string;
  readonly webhook_id: string;
  readonly result: string;
  readonly outcome: string;
  readonly tries: number;
}

/** What the proxy logged of its tries, up to the one that was taken. */
const triesUntilTaken = (crew: Crew, id: string) =>
  until(async () => {
    const tries = triesOf(crew, id);
    return tries.at(-1)?.result === 'delivered' && tries;
  });

function triesOf(crew: Crew, id: string): LogLine[] {
  const lines = crew.proxies[0]?.output().split('\n').slice(0, -1) ?? [];
  return lines
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line) as LogLine)
    .filter(({ event, webhook_id }) => event === 'webhook' && webhook_id === id);
}

const isAllSettled = (crew: Crew) =>
  until(async () => {
    const metrics = await crew.call(0, 'GET', '/metrics');
    return /^letpay_webhook_waiting 0$/m.test(metrics?.text ?? '');
  });

const isOf = (delivery: Delivery, word: string) => delivery.event.data.reference_id.startsWith(word);

test('a receiver that hangs at many orders holds up no other order', async t => {
  const receiver = await startWebhookReceiver(t);
  let left = 0;
  receiver.behaviour = (response, delivery) => {
    if (isOf(delivery, 'HANGS')) response.once('close', () => (left += 1));
    else taking(response, delivery);
  };
  const crew = await startCrew(t, { storeUrl: await newSqlite(t), env: receiver.env, pspTimeoutMs });
  const hung = Array.from({ length: hangingOrders }, (_, n) => payByPix(crew, `HANGS-${n}`));
  await Promise.all(hung);
  const token = await payByPix(crew, 'ANSWERS');
  await until(async () => receiver.deliveries.some(delivery => isOf(delivery, 'ANSWERS')));
  assert.equal(left, 0, 'it came only after a hanging try was given up');
  assert.equal((await triesUntilTaken(crew, `evt_${token}_1`)).length, 1);
});

test('a try at a receiver that hangs is given up, made again five seconds later and taken once', async t => {
  const receiver = await startWebhookReceiver(t);
  const accepted: string[] = [];
  const cameAt: number[] = [];
  const keeping: Behaviour = (response, delivery) => {
    accepted.push(delivery.id);
    taking(response, delivery);
  };
  receiver.behaviour = (response, delivery) => {
    if (!isOf(delivery, 'HANGS')) return keeping(response, delivery);
    cameAt.push(Date.now());
    if (cameAt.length > 1) keeping(response, delivery);
  };
  const env = { ...receiver.env, MERCHANT_WEBHOOK_TIMEOUT_MS: '400' };
  const crew = await startCrew(t, { storeUrl: await newSqlite(t), env, pspTimeoutMs });
  const hung = await payByPix(crew, 'HANGS');
  const other = await payByPix(crew, 'ANSWERS');
  const tries = await triesUntilTaken(crew, `evt_${hung}_1`);
  assert.deepEqual(
    tries.map(({ result, outcome }) => [result, outcome]),
    [
      ['retry', 'TimeoutError'],
      ['delivered', '204'],
    ],
  );
  await isAllSettled(crew);
  const [first = 0, second = 0] = cameAt;
  assert.ok(second - first >= 5_000, `again after ${second - first} ms`);
  assert.deepEqual(accepted, [`evt_${other}_1`, `evt_${hung}_1`]);
});

for (const [store, open] of [
  ['SQLite', newSqlite],
  ['Redis', newRedis],
] as const) {
  test(`kill -9 in the middle of a try: on ${store} the same event comes again when its lease is over`, async t => {
    const receiver = await startWebhookReceiver(t);
    receiver.behaviour = hanging;
    const tryMs = 1_000;
    const env = { ...receiver.env, MERCHANT_WEBHOOK_TIMEOUT_MS: String(tryMs) };
    const crew = await startCrew(t, { storeUrl: await open(t), env, pspTimeoutMs });
    const token = await payByPix(crew, 'KILLED-MIDWAY');
    await until(async () => receiver.deliveries.length === 1);
    await crew.proxies[0]?.kill();
    const id = `evt_${token}_1`;
    assert.deepEqual(triesOf(crew, id), [], 'the try was to be cut in the middle');

    receiver.behaviour = taking;
    await crew.proxies[0]?.start();
    const logged = await triesUntilTaken(crew, id);
    assert.deepEqual(
      logged.map(({ result, tries }) => [result, tries]),
      [['delivered', 2]],
    );
    await isAllSettled(crew);
    const [first, second, ...more] = receiver.deliveries;
    assert.deepEqual(more, []);
    assert.deepEqual([second?.id, second?.body], [first?.id, first?.body]);
    const sentAt = (delivery: Delivery | undefined) => Number(delivery?.headers['webhook-timestamp']);
    assert.ok(sentAt(second) - sentAt(first) >= (2 * tryMs) / 1_000 - 1, 'it came before its lease was over');

    const shop = createOrderEvents();
    assert.deepEqual(
      receiver.deliveries.map(delivery => shop.take(delivery.id, delivery.event)),
      [true, false],
    );
    assertComplete(receiver.deliveries.slice(1));
  });
}
