/** `npm run store -- forget`: old orders go with everything that hangs on them, and nothing else goes. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { isForgettable } from '../../../server/checkout/forgettable.ts';
import { eventIdOf } from '../../../server/store/outbox.ts';
import { recordCodec } from '../../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../../server/store/sqlite-store.ts';
import type { Store } from '../../../server/store/store.ts';
import { filed, newToken, record } from './store-suite.ts';

const program = join(import.meta.dirname, '../../../server/store-cli.ts');

function newStore(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-forget-'));
  const file = join(folder, 'letpay.db');
  const store = openSqliteStore(file, recordCodec(null));
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  return { folder, file, store };
}

const eventOf = (token: string) => ({
  id: eventIdOf(token, 1),
  token,
  sequence: 1,
  type: 'order.paid',
  body: '{}',
  createdAt: 1,
});

async function forget(store: Store, before: number): Promise<number> {
  let count = 0;
  for await (const step of store.forget(before, isForgettable)) count += step;
  return count;
}

test('an old order goes with its attempts, keys and events; a younger one and stored cards stay', async t => {
  const { store } = newStore(t);
  const [old, young] = [record({ createdAt: 10 }), record({ createdAt: 20 })];
  const person = newToken();
  await store.cards.add(person, filed(1));
  for (const made of [old, young]) {
    await store.create(made, [eventOf(made.token)]);
    await store.claimOrderKey(`key of ${made.token}`, 'f', 1);
    await store.settleOrderKey(`key of ${made.token}`, made.token);
  }
  for (const event of await store.outbox.take(5, 6, 9))
    await store.outbox.settle(event, { state: 'delivered', at: 6, outcome: '200' });
  assert.equal(await forget(store, 20), 1);
  const left = async ({ token, referenceId }: typeof old) => [
    await store.find(token),
    await store.findByAttempt(token),
    await store.findByReference(referenceId),
    (await store.claimOrderKey(`key of ${token}`, 'f', 1)).kind,
    (await store.outbox.find(eventIdOf(token, 1)))?.state,
  ];
  assert.deepEqual(await left(old), [null, null, [], 'fresh', undefined]);
  assert.deepEqual(await left(young), [young, young, [young], 'used', 'delivered']);
  assert.equal((await store.cards.cardsOf(person))?.length, 1);
});

test('an order with money on its way or with news for the merchant stays', async t => {
  const { store } = newStore(t);
  const made = record({ createdAt: 10 });
  const waiting = { ...made, attempts: [{ ...made.attempts[0], phase: 'sending' }] } as const;
  const untold = record({ createdAt: 10 });
  await store.create(waiting);
  await store.create(untold, [eventOf(untold.token)]);
  assert.equal(await forget(store, 20), 0);
  assert.deepEqual([await store.find(waiting.token), await store.find(untold.token)], [waiting, untold]);
});

test('an order that changes meanwhile stays', async t => {
  const { store } = newStore(t);
  const made = record({ createdAt: 10 });
  await store.create(made);
  const changing: Promise<unknown>[] = [];
  const steps = store.forget(20, () => {
    changing.push(store.advance({ ...made, country: 'MX' }));
    return true;
  });
  let count = 0;
  for await (const step of steps) count += step;
  await Promise.all(changing);
  assert.equal(count, 0);
  assert.equal((await store.find(made.token))?.country, 'MX');
});

test('the command deletes beside a proxy, tells how many, and leaves no trace in the files', async t => {
  const { folder, file, store } = newStore(t);
  await Promise.all(Array.from({ length: 150 }, () => store.create(record({ createdAt: 10 }))));
  const command = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [program, 'forget', ...args], {
      env: { PATH: process.env['PATH'] ?? '', STORE_URL: `sqlite:${file}` },
    });
  const { stdout } = await command('--before', '2020-01-01');
  assert.match(stdout, /Done: 150 orders deleted\.\n$/);
  const bytes = readdirSync(folder)
    .filter(name => !name.endsWith('.proxy-lock'))
    .map(name => readFileSync(join(folder, name), 'latin1'));
  assert.ok(!bytes.join().includes('Sonnentag'));
  for (const [args, words] of [
    [[], /npm run store/],
    [['--before', 'soon'], /ISO 8601/],
    [['--before', new Date().toISOString()], /at least 30 days/],
  ] as const)
    await assert.rejects(command(...args), { code: 1, stderr: words });
});
