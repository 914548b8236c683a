/** The proxy on a store that is full or locked: what callers are told, what leaves for the PSP, and what is found later. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { connectSqlite } from '../../server/store/sqlite-connection.ts';
import { sqliteStoreOn } from '../../server/store/sqlite-store.ts';
import { card, checkoutOf, merchantKey, newKey, order, problemOf, startStack, until } from './stack.ts';
import { personData, storedCards } from './stored-cards.ts';

/** A store that can be filled to its last page and locked by another program. */
function fragileStore(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-fragile-'));
  const file = join(folder, 'letpay.db');
  const database = new Database(file);
  // Small pages leave no room beside the rows that are there.
  database.pragma('page_size = 512');
  database.pragma('journal_mode = WAL');
  const store = sqliteStoreOn(connectSqlite(database), recordCodec(null));
  const stranger = new Database(file);
  t.after(() => {
    stranger.close();
    rmSync(folder, { recursive: true });
  });
  const key = 'hex(randomblob(8))';
  const fillers = [
    `tries VALUES (${key}, 1, 9e15)`,
    `persons VALUES (${key})`,
    `cards VALUES (${key}, ${key}, '')`,
    `order_keys VALUES (${key}, '', null, 9e15)`,
    `attempts VALUES (${key}, '')`,
    `checkouts VALUES (${key}, 1, ${key}, null, 1, '')`,
  ];
  return {
    store,
    fill() {
      database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
      for (const row of fillers) {
        const insert = database.prepare(`INSERT INTO ${row}`);
        assert.throws(() => {
          for (;;) insert.run();
        }, /full/);
      }
    },
    makeRoom: () => database.pragma('max_page_count = 1000000'),
    lock: () => stranger.exec('BEGIN IMMEDIATE'),
    unlock: () => stranger.exec('COMMIT'),
  };
}

const troubles = [
  { name: 'full', begin: 'fill', end: 'makeRoom' },
  { name: 'locked by another program', begin: 'lock', end: 'unlock' },
] as const;

for (const { name, begin, end } of troubles) {
  test(`a store that is ${name}: every call that would have to be noted is 503, nothing leaves, and it goes on afterwards`, async t => {
    const fragile = fragileStore(t);
    const stack = await startStack(t, { deps: { store: fragile.store } });
    const { personId, cardId } = await storedCards(stack).store({ person_firstname: 'PAID' });
    const paid = await stack.orderToken({ person_firstname: 'PAID' });
    checkoutOf(await stack.send(paid, card));
    await stack.checkoutWhen(paid, ({ status }) => status === 'PAID');
    const token = await stack.orderToken({ reference_id: 'NOT-SENT' });
    fragile[begin]();

    const keyed = (path: string, body: unknown) =>
      stack.call('POST', path, {
        body,
        headers: { Authorization: `Bearer ${merchantKey}`, 'Idempotency-Key': newKey() },
      });
    const charge = { amount: 5, asset: 'BRL', reference_id: 'NOT-CHARGED' };
    const replies = await Promise.all([
      stack.send(token, { method: 'PIX' }),
      stack.send(token, card),
      keyed('/v1/orders', order),
      keyed(`/v1/orders/${paid}/refunds`, { amount: 1 }),
      keyed('/v1/token-payments', { ...charge, public_person_id: personId, public_card_id: cardId }),
    ]);
    for (const reply of replies) problemOf(reply, 503, 'store_unavailable');
    assert.equal((await stack.call('GET', '/readyz')).status, 503);
    assert.equal((await stack.call('GET', '/healthz')).status, 200);
    assert.equal(checkoutOf(await stack.read(paid)).status, 'PAID');
    const [unsent] = await stack.payments('NOT-SENT');
    assert.equal(unsent?.send_received, 0);
    assert.deepEqual(await stack.payments('NOT-CHARGED'), []);
    assert.equal((await stack.payment(paid)).refunded_amount, 0);
    assert.ok(!stack.log.some(line => line.includes('"unexpected"')), stack.log.join('\n'));

    fragile[end]();
    assert.equal((await stack.call('GET', '/readyz')).status, 200);
    checkoutOf(await stack.send(token, { method: 'PIX' }));
    assert.equal((await stack.payment(token)).send_received, 1);
  });

  test(`a store that gets ${name} while the PSP has the payment: verifying, then its status and code are there`, async t => {
    const fragile = fragileStore(t);
    const stack = await startStack(t, { deps: { store: fragile.store } });
    const token = await stack.orderToken();
    await stack.fault({ path: '/payment/*/sendPayment', kind: 'delay', ms: 300 });
    const key = newKey();
    const answer = stack.send(token, { method: 'PIX' }, key);
    await until(async () => (await stack.payment(token)).send_received === 1);
    fragile[begin]();
    assert.equal(checkoutOf(await answer, 202).verifying, true);
    fragile[end]();
    const known = await stack.checkoutWhen(token, ({ instrument }) => instrument !== null);
    assert.deepEqual([known.status, known.verifying, known.instrument?.method], ['PROCESSING', false, 'PIX']);
    assert.equal(checkoutOf(await stack.send(token, { method: 'PIX' }, key)).instrument?.method, 'PIX');
    assert.equal((await stack.payment(token)).send_received, 1);
  });
}

test('a card that cannot be filed fails no payment', async t => {
  const fragile = fragileStore(t);
  const { store } = fragile;
  const cards = {
    ...store.cards,
    async add(...args: Parameters<typeof store.cards.add>) {
      fragile.fill();
      await store.cards.add(...args).finally(fragile.makeRoom);
    },
  };
  const stack = await startStack(t, { deps: { store: { ...store, cards } } });
  const token = await stack.orderToken({ offer_save_card: true });
  const sent = checkoutOf(await stack.send(token, { ...card, save_card: true }));
  assert.equal(sent.status, 'PROCESSING');
});

test('a person whose card cannot be filed is a problem in words', async t => {
  const fragile = fragileStore(t);
  const stack = await startStack(t, { deps: { store: fragile.store } });
  fragile.fill();
  problemOf(await stack.merchant('POST', '/v1/persons', personData), 503, 'store_unavailable');
});
