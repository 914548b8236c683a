import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { recordCodec } from '../../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../../server/store/sqlite-store.ts';
import { testOutbox } from './outbox-suite.ts';
import { record, testStore, testStoreKey } from './store-suite.ts';

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

for (const key of [null, 'a-store-key']) {
  const open = (t: TestContext) => {
    const store = openSqliteStore(':memory:', recordCodec(key));
    t.after(() => store.close());
    return store;
  };
  testStore(`sqlite ${key === null ? 'plain' : 'sealed'}`, open);
  testOutbox(`sqlite ${key === null ? 'plain' : 'sealed'}`, open);
}

const folders = new WeakMap<TestContext, string>();
testStoreKey('sqlite', (t, key) => {
  const folder = folders.get(t) ?? newFolder(t);
  folders.set(t, folder);
  return openSqliteStore(join(folder, 'letpay.db'), recordCodec(key));
});

test('what was promised is there when the file is opened again, without a proper end before', async t => {
  const file = join(newFolder(t), 'deep', 'letpay.db');
  await openSqliteStore(file, recordCodec('k')).close();
  // A tool’s connection, as one process cannot hold the proxy’s lock and have died with it.
  const first = openSqliteStore(file, recordCodec('k'), 'tool');
  t.after(() => first.close());
  const made = record({ dueAt: 10 });
  await first.create(made);
  await first.advance({ ...made, country: 'MX' });
  await first.claimOrderKey('key', 'f', 1);
  await first.settleOrderKey('key', made.token);
  // Not closed: as after a crash.
  const second = openSqliteStore(file, recordCodec('k'));
  t.after(() => second.close());
  assert.equal((await second.find(made.token))?.country, 'MX');
  assert.deepEqual(await second.takeDue(10, 20, 5), [made.token]);
  assert.deepEqual(await second.claimOrderKey('key', 'f', 1), {
    kind: 'used',
    fingerprint: 'f',
    token: made.token,
  });
});

test('a tool and a proxy on one file do not both advance', async t => {
  const file = join(newFolder(t), 'letpay.db');
  const stores = [openSqliteStore(file, recordCodec('k')), openSqliteStore(file, recordCodec('k'), 'tool')];
  for (const store of stores) t.after(() => store.close());
  const made = record();
  await stores[0]?.create(made);
  const won = await Promise.all(stores.map(store => store.advance(made)));
  assert.deepEqual(won.filter(Boolean).length, 1);
});

test('a key whose claimer died is free again after a minute, for the same order only', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  t.after(() => store.close());
  await store.claimOrderKey('key', 'f', 0);
  assert.equal((await store.claimOrderKey('key', 'f', 59_000)).kind, 'used');
  assert.equal((await store.claimOrderKey('key', 'other', 61_000)).kind, 'used');
  assert.equal((await store.claimOrderKey('key', 'f', 61_000)).kind, 'fresh');
});

test('one write that fails does not take the others of its turn with it', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  t.after(() => store.close());
  const good = record();
  const results = await Promise.allSettled([
    store.create(record({ referenceId: { not: 'text' } as unknown as string })),
    store.create(good),
  ]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['rejected', 'fulfilled'],
  );
  assert.ok(await store.find(good.token));
});

test('a sealed file holds no word of the payer', async t => {
  const folder = newFolder(t);
  const store = openSqliteStore(join(folder, 'letpay.db'), recordCodec('a-store-key'));
  const made = record();
  const html = '<p>Pagador: Alice Sonnentag, CPF 39784045087</p>';
  const boleto = { method: 'BOLETO', code: '001', amount: 1, due_date: null, html } as const;
  await store.create({ ...made, attempts: [{ ...made.attempts[0], instrument: boleto }] });
  const bytes = () =>
    readdirSync(folder)
      .map(name => readFileSync(join(folder, name), 'latin1'))
      .join();
  const during = bytes();
  await store.close();
  for (const word of ['Sonnentag', '39784045087', 'alice@example.com']) {
    assert.ok(!(during + bytes()).includes(word), word);
  }
});
