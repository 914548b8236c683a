import { strict as assert } from 'node:assert';
import { after, before, describe, type TestContext, test } from 'node:test';
import { connectRedis, openRedisStore } from '../../../server/store/redis-store.ts';
import { recordCodec } from '../../../server/store/sealed-record.ts';
import { StoreUnavailable } from '../../../server/store/store.ts';
import { type RunningRedis, startRedis } from '../../environment/redis.ts';
import { until } from '../stack.ts';
import { testOutbox } from './outbox-suite.ts';
import { newToken, record, testStore, testStoreKey } from './store-suite.ts';

describe('on a real Redis', () => {
  let redis: RunningRedis;
  before(async () => {
    redis = await startRedis();
  });
  after(() => redis.close());

  /** A database of its own for each key, as a store has one. */
  const numbers = [null, 'a-store-key', 'k'];
  const open = (key: string | null) =>
    openRedisStore(connectRedis(`${redis.url}/${numbers.indexOf(key)}`), recordCodec(key));

  for (const key of [null, 'a-store-key']) {
    const openOwn = (t: TestContext) => {
      const store = open(key);
      t.after(() => store.close());
      return store;
    };
    testStore(`redis ${key === null ? 'plain' : 'sealed'}`, openOwn);
    testOutbox(`redis ${key === null ? 'plain' : 'sealed'}`, openOwn);
  }

  testStoreKey('redis', (_t, key) => openRedisStore(connectRedis(`${redis.url}/9`), recordCodec(key)));

  test('what one proxy writes another reads', async t => {
    const [first, second] = [open('k'), open('k')];
    t.after(() => Promise.all([first.close(), second.close()]));
    const made = record({ dueAt: 10 });
    await first.create(made);
    assert.deepEqual(await second.find(made.token), made);
    const taken = await Promise.all([first.takeDue(10, 99, 100), second.takeDue(10, 99, 100)]);
    assert.equal(taken.flat().filter(token => token === made.token).length, 1);
  });

  test('an entry of the outbox whose writer died before the event is no event, and goes away after a minute', async t => {
    const store = open(null);
    t.after(() => store.close());
    const raw = connectRedis(redis.url);
    t.after(() => raw.disconnect());
    const { waiting } = await store.outbox.backlog();
    const entry = `5:1:${newToken()}`;
    await Promise.all([raw.zadd('letpay:outbox:due', 5, entry), raw.zadd('letpay:outbox:age', 5, entry)]);
    const take = async (now: number) =>
      (await store.outbox.take(now, now + 1, 10_000)).filter(({ token }) => entry.endsWith(token));
    assert.deepEqual(await take(10), []);
    assert.equal((await store.outbox.backlog()).waiting, waiting + 1);
    assert.deepEqual(await take(70_000), []);
    assert.equal((await store.outbox.backlog()).waiting, waiting);
  });

  test('what was promised is there after Redis was killed, and nothing is promised meanwhile', async t => {
    const store = open('k');
    t.after(() => store.close());
    const made = record();
    await store.create(made);
    await redis.kill();
    await assert.rejects(store.advance({ ...made, country: 'MX' }), StoreUnavailable);
    await redis.restart();
    assert.deepEqual(await until(() => store.find(made.token).catch(() => null), 10_000), made);
  });
});
