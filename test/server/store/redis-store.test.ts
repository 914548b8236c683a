import { strict as assert } from 'node:assert';
import { after, before, describe, test } from 'node:test';
import { connectRedis, openRedisStore } from '../../../server/store/redis-store.ts';
import { recordCodec } from '../../../server/store/sealed-record.ts';
import { StoreUnavailable } from '../../../server/store/store.ts';
import { type RunningRedis, startRedis } from '../../environment/redis.ts';
import { until } from '../stack.ts';
import { record, testStore } from './store-suite.ts';

describe('on a real Redis', () => {
  let redis: RunningRedis;
  before(async () => {
    redis = await startRedis();
  });
  after(() => redis.close());

  const open = (key: string | null) => openRedisStore(connectRedis(redis.url), recordCodec(key));

  for (const key of [null, 'a store key']) {
    testStore(`redis ${key === null ? 'plain' : 'sealed'}`, t => {
      const store = open(key);
      t.after(() => store.close());
      return store;
    });
  }

  test('what one proxy writes another reads', async t => {
    const [first, second] = [open('k'), open('k')];
    t.after(() => Promise.all([first.close(), second.close()]));
    const made = record({ dueAt: 10 });
    await first.create(made);
    assert.deepEqual(await second.find(made.token), made);
    const taken = await Promise.all([first.takeDue(10, 99, 100), second.takeDue(10, 99, 100)]);
    assert.equal(taken.flat().filter(token => token === made.token).length, 1);
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
