/** A proxy that was started with other settings than the one that made the order: it says so, and goes on. */
import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { openFeed } from './open-feed.ts';
import { card, checkoutOf, environment, problemOf, type StackOptions, startStack } from './stack.ts';
import { storedCards } from './stored-cards.ts';
import { unownedFailures } from './unowned-failures.ts';

/** Two proxies, one after the other, on one file. */
async function twoLives(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'letpay-settings-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const STORE_URL = `sqlite:${join(folder, 'letpay.db')}`;
  return (env: StackOptions['env'] = {}) => startStack(t, { env: { STORE_URL, ...env } });
}

test('an order whose gateway is no longer configured answers 503 psp_unavailable on every road, and its feed ends', async t => {
  const unowned = unownedFailures(t);
  const start = await twoLives(t);
  const before = await start();
  const token = await before.orderToken({ gateway: 'lesspay' });
  await before.close();

  const stack = await start({
    LESSPAY_API_URL: undefined,
    LESSPAY_APP_ID: undefined,
    LESSPAY_APP_SECRET: undefined,
  });
  problemOf(await stack.read(token), 503, 'psp_unavailable');
  problemOf(await stack.send(token, { method: 'REDIRECT' }), 503, 'psp_unavailable');
  for (const more of ['', '/refunds']) {
    const reply = await stack.merchant('GET', `/v1/orders/${token}${more}`);
    if (reply.status !== 200) problemOf(reply, 503, 'psp_unavailable');
  }
  for (const more of ['capture', 'cancel', 'refunds'])
    problemOf(await stack.merchant('POST', `/v1/orders/${token}/${more}`), 503, 'psp_unavailable');
  const feed = await openFeed(t, stack.url, token);
  await feed.ended;
  assert.deepEqual(feed.events, []);
  assert.ok(stack.log.some(line => line.includes('"gateway_not_configured"') && line.includes('"lesspay"')));
  problemOf(await stack.createOrder({ gateway: 'lesspay' }), 422, 'validation_failed');
  checkoutOf(await stack.read(await stack.orderToken()));
  await stack.close();

  const again = checkoutOf(await (await start()).read(token));
  assert.deepEqual([again.status, again.verifying, again.can.submit], ['CREATED', false, true]);
  assert.deepEqual(await unowned(), []);
});

test('a saved card that this proxy’s key does not open ends the feed, fails no order and no payment', async t => {
  const unowned = unownedFailures(t);
  const stack = await startStack(t, {
    deps: () => {
      const store = openSqliteStore(':memory:', recordCodec(environment.STORE_KEY));
      const cardsOf = async () => {
        throw new Error('Unsupported state or unable to authenticate data');
      };
      return { store: { ...store, cards: { ...store.cards, cardsOf } } };
    },
  });
  const { personId } = await storedCards(stack).store();
  const token = await stack.orderToken({ public_person_id: personId });
  const feed = await openFeed(t, stack.url, token);
  await feed.ended;
  assert.equal(checkoutOf(await stack.send(token, card)).status, 'PROCESSING');
  assert.ok(stack.log.some(line => line.includes('"saved_cards_unread"')));
  assert.ok(!stack.log.some(line => line.includes('authenticate data')));
  assert.deepEqual(await unowned(), []);
});
