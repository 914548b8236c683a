/** Two proxy processes on one Redis: news crosses over, work is taken over, and a lost Redis costs nobody money. */
import { strict as assert } from 'node:assert';
import { after, before, test } from 'node:test';
import { type RunningRedis, startRedis } from '../environment/redis.ts';
import { cardSubmission } from './cards.ts';
import { checkoutIn, startCrew, until } from './crew.ts';
import { codeOf } from './http.ts';

let redis: RunningRedis;
before(async () => {
  redis = await startRedis();
});
after(() => redis.close());

test('a callback that arrives at one proxy reaches the shopper who is connected to the other', async t => {
  const crew = await startCrew(t, { storeUrl: redis.url, proxies: 2 });
  const token = await crew.createOrder(0, {
    person_firstname: 'PAID',
    notification_url: `${crew.proxies[1]?.url}/v1/callbacks/letpay`,
  });
  const feed = crew.feed(t, 0, token);
  await crew.submit(0, token, cardSubmission(0));
  await until(async () => feed.seen.at(-1)?.status === 'PAID');
  // Nobody watches a paid checkout any more: only a callback can tell of this.
  await crew.emulator.settle(token, 'REFUNDED');
  await until(async () => feed.seen.at(-1)?.status === 'REFUNDED');
});

test('a submission at one proxy is told to the shopper’s tab at the other', async t => {
  const crew = await startCrew(t, { storeUrl: redis.url, proxies: 2 });
  const token = await crew.createOrder(0);
  const feed = crew.feed(t, 1, token);
  await until(async () => feed.seen.at(-1)?.status === 'CREATED');
  await crew.submit(0, token, { method: 'PIX' });
  const shown = await until(async () => feed.seen.find(seen => seen.instrument !== null));
  assert.equal(shown.instrument?.method, 'PIX');
});

test('the same click at both proxies is one submission', async t => {
  const crew = await startCrew(t, { storeUrl: redis.url, proxies: 2 });
  const token = await crew.createOrder(0);
  const replies = await Promise.all(
    [0, 1, 0, 1, 0, 1].map(at => crew.submit(at, token, { method: 'PIX' }, 'one-click')),
  );
  assert.ok(replies.some(reply => reply?.status === 200));
  assert.deepEqual(
    replies.filter(reply => reply?.status !== 200 && reply?.status !== 202),
    [],
  );
  assert.equal((await crew.payment(token)).send_received, 1);
});

test('the other proxy finishes what a killed one had sent', async t => {
  const crew = await startCrew(t, { storeUrl: redis.url, proxies: 2 });
  const reference = 'KILLED-AFTER';
  const token = await crew.createOrder(0, { reference_id: reference, person_firstname: 'PAID' });
  await crew.emulator.fault({ path: `/payment/${token}/sendPayment`, kind: 'delay', ms: 1_400 });
  const answer = crew.submit(0, token, cardSubmission(1));
  await until(async () => (await crew.payment(token)).send_accepted === 1);
  await crew.proxies[0]?.kill();
  assert.equal(await answer, null);
  const [order] = await until(async () => {
    const orders = await crew.stored(1, reference);
    return orders[0]?.status === 'PAID' && orders;
  });
  assert.equal(order?.verifying, false);
  assert.equal((await crew.payment(token)).send_received, 1);
});

test('the other proxy gives back what a killed one never sent', async t => {
  const crew = await startCrew(t, { storeUrl: redis.url, proxies: 2 });
  const reference = 'KILLED-BEFORE';
  const token = await crew.createOrder(0, { reference_id: reference });
  // The submission waits for a log-in that hangs, behind the durable note.
  await crew.emulator.fault({ path: '/payment/*/sendPayment', kind: 'status', status: 401 });
  await crew.emulator.fault({ path: '/auth', kind: 'delay', ms: 1_400 });
  const answer = crew.submit(0, token, { method: 'PIX' });
  await until(async () => (await crew.stored(1, reference))[0]?.verifying);
  await crew.proxies[0]?.kill();
  assert.equal(await answer, null);
  const open = await until(async () => {
    const orders = await crew.stored(1, reference);
    return orders[0]?.can.submit === true && orders[0];
  }, 15_000);
  assert.equal(open.status, 'CREATED');
  assert.equal(checkoutIn(await crew.submit(1, token, { method: 'PIX' })).instrument?.method, 'PIX');
  assert.equal((await crew.payment(token)).send_accepted, 1);
});

test('without its Redis the proxy sends nothing, and works again when Redis is back', async t => {
  const own = await startRedis();
  t.after(() => own.close());
  const crew = await startCrew(t, { storeUrl: own.url, proxies: 2 });
  const token = await crew.createOrder(0);
  await own.kill();
  for (const at of [0, 1]) {
    const reply = await crew.submit(at, token, cardSubmission(2), 'lost-redis');
    assert.equal(reply?.status, 503);
    assert.equal(codeOf(reply), 'store_unavailable');
    assert.ok(Number(reply.headers['retry-after']) > 0);
    assert.equal((await crew.call(at, 'GET', '/readyz'))?.status, 503);
  }
  assert.equal((await crew.payment(token)).send_received, 0);
  await own.restart();
  const sent = await until(async () => {
    const reply = await crew.submit(0, token, cardSubmission(2), 'lost-redis');
    return reply?.status === 200 && reply;
  });
  assert.equal(checkoutIn(sent).status, 'PROCESSING');
  assert.equal(checkoutIn(await crew.submit(1, token, cardSubmission(2), 'lost-redis')).status, 'PROCESSING');
  assert.equal((await crew.payment(token)).send_received, 1);
  assert.deepEqual(
    crew.proxies.map(proxy => proxy.crashes),
    [0, 0],
  );
});

test('a Redis that is lost while the payment is at the PSP leaves a doubt that ends, and no second submission', async t => {
  const own = await startRedis();
  t.after(() => own.close());
  const crew = await startCrew(t, { storeUrl: own.url, proxies: 2 });
  const reference = 'LOST-UNDERWAY';
  const token = await crew.createOrder(0, { reference_id: reference, person_firstname: 'PAID' });
  await crew.emulator.fault({ path: `/payment/${token}/sendPayment`, kind: 'delay', ms: 700 });
  const answer = crew.submit(0, token, cardSubmission(3), 'underway');
  await until(async () => (await crew.payment(token)).send_accepted === 1);
  await own.kill();
  const seen = await answer;
  assert.equal(checkoutIn(seen, 202).verifying, true);
  assert.equal((await crew.submit(1, token, cardSubmission(3), 'other-tab'))?.status, 503);
  await own.restart();
  await until(async () => {
    const reply = await crew.call(1, 'GET', `/v1/orders?reference_id=${reference}`);
    return reply?.status === 200 && reply.text.includes('"status":"PAID"');
  }, 40_000);
  assert.equal(codeOf((await crew.submit(1, token, cardSubmission(4))) ?? assert.fail()), 'already_paid');
  assert.equal((await crew.payment(token)).send_received, 1);
  assert.deepEqual(
    crew.proxies.map(proxy => proxy.crashes),
    [0, 0],
  );
});
