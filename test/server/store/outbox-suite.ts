/** What every store has to do with events for the merchant. The store may be shared with other tests. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import {
  type EventFilter,
  eventIdOf,
  type NewEvent,
  type StoredEvent,
} from '../../../server/store/outbox.ts';
import type { Store } from '../../../server/store/store.ts';
import { newToken, record } from './store-suite.ts';

const lease = 1_000;

function newEvent(token: string, sequence: number, createdAt: number): NewEvent {
  const body = JSON.stringify({ type: 'order.paid', sequence });
  return { id: eventIdOf(token, sequence), token, sequence, type: 'order.paid', body, createdAt };
}

async function listed(store: Store, token: string, filter: EventFilter = {}): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const event of store.outbox.list(filter)) if (event.token === token) found.push(event);
  return found;
}

/** What is due of one checkout; what belongs to others is put back as it was. */
async function taken(store: Store, token: string, now: number): Promise<StoredEvent[]> {
  const all = await store.outbox.take(now, now + lease, 10_000);
  return all.filter(event => event.token === token);
}

export function testOutbox(name: string, open: (t: TestContext) => Store | Promise<Store>): void {
  /** A checkout with `count` events, made one after the other from `at` on. */
  async function withEvents(store: Store, count: number, at: number) {
    const made = record();
    await store.create(made);
    for (let sequence = 1; sequence <= count; sequence += 1) {
      const next = { ...made, version: sequence };
      assert.ok(await store.advance(next, [newEvent(made.token, sequence, at + sequence)]));
    }
    return made.token;
  }

  test(`${name}: events come with the change that they tell of, and wait`, async t => {
    const store = await open(t);
    const [first, second] = [record(), record()];
    await store.create(first, [newEvent(first.token, 1, 10)]);
    await store.create(second);
    await store.advance(second, [newEvent(second.token, 1, 11), newEvent(second.token, 2, 11)]);
    const [one] = await listed(store, first.token);
    assert.deepEqual(one, {
      ...newEvent(first.token, 1, 10),
      state: 'waiting',
      tries: 0,
      triedSince: null,
      settledAt: null,
      outcome: null,
    });
    assert.equal((await listed(store, second.token)).length, 2);
  });

  test(`${name}: a change that was not made leaves no event`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    await store.create(made, [newEvent(made.token, 1, 10)]);
    await store.advance(made);
    assert.equal(await store.advance(made, [newEvent(made.token, 1, 11)]), null);
    assert.deepEqual(await listed(store, made.token), []);
    assert.deepEqual(await taken(store, made.token, 500_000), []);
  });

  test(`${name}: of many who change at once, one leaves its event`, async t => {
    const store = await open(t);
    const made = record();
    await store.create(made);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) => store.advance(made, [newEvent(made.token, 1, 100 + n)])),
    );
    assert.equal((await listed(store, made.token)).length, 1);
    assert.equal((await taken(store, made.token, 1_000)).length, 1);
  });

  test(`${name}: a due event is taken by one, and comes back when the lease has run out`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 1, 100);
    const both = await Promise.all([taken(store, token, 200), taken(store, token, 200)]);
    assert.deepEqual(
      both.flat().map(({ tries, triedSince }) => [tries, triedSince]),
      [[1, 200]],
    );
    assert.deepEqual(await taken(store, token, 199 + lease), []);
    assert.deepEqual(
      (await taken(store, token, 200 + lease)).map(({ tries, triedSince }) => [tries, triedSince]),
      [[2, 200]],
    );
  });

  test(`${name}: events are taken in the order in which they were made, and no more than asked for`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 5, 300);
    assert.deepEqual(
      (await taken(store, token, 900)).map(({ sequence }) => sequence),
      [1, 2, 3, 4, 5],
    );
    await withEvents(store, 3, 300);
    assert.equal((await store.outbox.take(2_000_000, 2_000_001, 2)).length, 2);
  });

  test(`${name}: what was delivered or given up is not taken again`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 2, 100);
    const [first, second] = await taken(store, token, 200);
    assert.ok(first && second);
    assert.equal(await store.outbox.settle(first, { state: 'delivered', at: 210, outcome: '200' }), true);
    assert.equal(await store.outbox.settle(second, { state: 'failed', at: 211, outcome: '500' }), true);
    assert.deepEqual(await taken(store, token, 9_000_000), []);
    assert.deepEqual(
      (await listed(store, token)).map(({ state, settledAt, outcome }) => [state, settledAt, outcome]),
      [
        ['delivered', 210, '200'],
        ['failed', 211, '500'],
      ],
    );
    assert.deepEqual(
      (await listed(store, token, { state: 'failed' })).map(({ sequence }) => sequence),
      [2],
    );
    assert.deepEqual(await listed(store, token, { since: 103 }), []);
  });

  test(`${name}: what is tried again waits until then`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 1, 100);
    const [event] = await taken(store, token, 200);
    assert.ok(event);
    await store.outbox.settle(event, { state: 'waiting', dueAt: 50_000, outcome: 'ECONNREFUSED' });
    assert.deepEqual(await taken(store, token, 49_999), []);
    const [again] = await taken(store, token, 50_000);
    assert.deepEqual([again?.tries, again?.outcome, again?.body], [2, 'ECONNREFUSED', event.body]);
  });

  test(`${name}: a try that another one overtook settles nothing`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 1, 100);
    const [slow] = await taken(store, token, 200);
    const [quick] = await taken(store, token, 200 + lease);
    assert.ok(slow && quick);
    assert.equal(await store.outbox.settle(slow, { state: 'failed', at: 9_000, outcome: '500' }), false);
    assert.equal(await store.outbox.settle(quick, { state: 'delivered', at: 9_001, outcome: '200' }), true);
    assert.equal(await store.outbox.settle(slow, { state: 'waiting', dueAt: 9_002, outcome: '500' }), false);
    assert.equal((await store.outbox.find(quick.id))?.state, 'delivered');
  });

  test(`${name}: a replay makes the same event due, with a new day to be tried in`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 1, 100);
    const [event] = await taken(store, token, 200);
    assert.ok(event);
    await store.outbox.settle(event, { state: 'failed', at: 300, outcome: '500' });
    assert.equal(await store.outbox.replay(event.id, 400), true);
    const [again] = await taken(store, token, 400);
    assert.deepEqual(
      [again?.id, again?.body, again?.triedSince, again?.tries],
      [event.id, event.body, 400, 2],
    );
    assert.equal(await store.outbox.replay(eventIdOf(newToken(), 1), 400), false);
    assert.equal(await store.outbox.replay('nonsense', 400), false);
  });

  test(`${name}: what is settled is removed when its time has come, and nothing else`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 4, 100);
    const [old, young, failed, waits] = await taken(store, token, 200);
    assert.ok(old && young && failed && waits);
    await store.outbox.settle(old, { state: 'delivered', at: 300, outcome: '200' });
    await store.outbox.settle(young, { state: 'delivered', at: 500, outcome: '200' });
    await store.outbox.settle(failed, { state: 'failed', at: 300, outcome: '500' });
    assert.ok((await store.outbox.forget({ delivered: 400, failed: 200, untaken: null }, 10_000)) >= 1);
    assert.deepEqual(
      (await listed(store, token)).map(({ sequence }) => sequence),
      [2, 3, 4],
    );
    await store.outbox.forget({ delivered: 400, failed: 400, untaken: null }, 10_000);
    assert.deepEqual(
      (await listed(store, token)).map(({ sequence }) => sequence),
      [2, 4],
    );
    assert.equal(await store.outbox.find(old.id), null);
  });

  test(`${name}: what nobody took is removed where that is asked for, by when it was to be delivered`, async t => {
    const store = await open(t);
    const token = await withEvents(store, 2, 100);
    const [first] = await taken(store, token, 200);
    assert.ok(first);
    await store.outbox.settle(first, { state: 'waiting', dueAt: 50_000, outcome: '500' });
    const before = { delivered: 0, failed: 0 };
    await store.outbox.forget({ ...before, untaken: null }, 10_000);
    assert.equal((await listed(store, token)).length, 2);
    // The other one is leased still; a replayed one is due anew.
    await store.outbox.forget({ ...before, untaken: 40_000 }, 10_000);
    assert.deepEqual(
      (await listed(store, token)).map(({ sequence }) => sequence),
      [1],
    );
    assert.equal((await store.outbox.find(first.id))?.state, 'waiting');
  });

  test(`${name}: the backlog counts what waits and what was given up, and knows the oldest`, async t => {
    const store = await open(t);
    const before = await store.outbox.backlog();
    const token = await withEvents(store, 2, -1);
    const during = await store.outbox.backlog();
    assert.deepEqual([during.waiting - before.waiting, during.oldestAt], [2, 0]);
    const [first, second] = await taken(store, token, 200);
    assert.ok(first && second);
    await store.outbox.settle(first, { state: 'delivered', at: 300, outcome: '200' });
    await store.outbox.settle(second, { state: 'failed', at: 300, outcome: '410' });
    const after = await store.outbox.backlog();
    assert.deepEqual([after.waiting - before.waiting, after.failed - before.failed], [0, 1]);
  });
}
