/** Changing STORE_KEY: a store that is sealed with one key, both, and only the new one. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { recordCodec } from '../../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../../server/store/sqlite-store.ts';
import { type Store, StoreUnusable } from '../../../server/store/store.ts';
import { filed, newToken, record } from './store-suite.ts';

const program = join(import.meta.dirname, '../../../server/store-cli.ts');

function newFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-reseal-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'letpay.db');
}

const openWith = (file: string, key: string | null) => openSqliteStore(file, recordCodec(key));
const tool = (file: string, key: string | null) => openSqliteStore(file, recordCodec(key), 'tool');

async function resealed(store: Store): Promise<number> {
  let count = 0;
  for await (const step of store.reseal()) count += step;
  return count;
}

/** Some checkouts and cards in a store. */
async function filled(store: Store, count: number) {
  const records = Array.from({ length: count }, () => record());
  await Promise.all(records.map(made => store.create(made)));
  const [person, card] = [newToken(), filed(1)];
  await store.cards.add(person, card);
  return { records, person, card };
}

async function assertReadable(store: Store, { records, person, card }: Awaited<ReturnType<typeof filled>>) {
  for (const made of records) assert.deepEqual(await store.find(made.token), made);
  assert.deepEqual(await store.cards.cardsOf(person), [card]);
}

function command(file: string, key: string, ...args: readonly string[]) {
  const env = { PATH: process.env['PATH'] ?? '', STORE_URL: `sqlite:${file}`, STORE_KEY: key };
  return promisify(execFile)(process.execPath, [program, ...args], { env });
}

test('the key is changed while a proxy runs: all is sealed again, and the old key can go', async t => {
  const file = newFile(t);
  const old = openWith(file, 'old-key');
  const kept = await filled(old, 250);
  await old.close();

  const proxy = openWith(file, 'new-key old-key');
  await assertReadable(proxy, kept);
  const [first] = kept.records;
  const racing = first && proxy.advance(first);
  const { stdout } = await command(file, 'new-key old-key', 'reseal');
  await racing;
  assert.match(stdout, /Done: 25[01] sealed again/);
  assert.equal((await proxy.find(first?.token ?? ''))?.version, 2);
  await proxy.close();

  assert.throws(() => openWith(file, 'old-key'), StoreUnusable);
  const fresh = openWith(file, 'new-key');
  t.after(() => fresh.close());
  await assertReadable(fresh, { ...kept, records: kept.records.slice(1) });
});

test('sealing again twice finds nothing the second time, and one that was broken off goes on', async t => {
  const file = newFile(t);
  const old = openWith(file, 'old-key');
  const kept = await filled(old, 250);
  await old.close();
  const proxy = openWith(file, 'new-key old-key');
  t.after(() => proxy.close());
  const steps = proxy.reseal()[Symbol.asyncIterator]();
  assert.equal((await steps.next()).value, 100);
  await steps.return?.();
  assert.equal(await resealed(proxy), 151);
  assert.equal(await resealed(proxy), 0);
  await assertReadable(proxy, kept);
});

test('what was kept before there was a key is sealed too, and no trace of the payer stays in the files', async t => {
  const file = newFile(t);
  const plain = openWith(file, null);
  const kept = await filled(plain, 3);
  await plain.close();
  const proxy = openWith(file, 'a-key');
  await assertReadable(proxy, kept);
  assert.equal(await resealed(proxy), 4);
  await proxy.close();
  const folder = join(file, '..');
  const bytes = readdirSync(folder).map(name => readFileSync(join(folder, name), 'latin1'));
  for (const word of ['Sonnentag', '39784045087']) assert.ok(!bytes.join().includes(word), word);
});

test('sealing again waits for a proxy that seals with the new key', async t => {
  const file = newFile(t);
  const proxy = openWith(file, 'old-key');
  t.after(() => proxy.close());
  const kept = await filled(proxy, 1);
  const early = tool(file, 'new-key old-key');
  t.after(() => early.close());
  await assert.rejects(resealed(early), StoreUnusable);
  await assertReadable(proxy, kept);
});

test('a wrong key or none is refused at the start, by proxy and command, in words', async t => {
  const file = newFile(t);
  await openWith(file, 'right-key').close();
  for (const key of ['wrong-key', null]) assert.throws(() => openWith(file, key), StoreUnusable);
  assert.throws(() => tool(file, 'wrong-key'), StoreUnusable);
  await assert.rejects(command(file, '', 'reseal'), { code: 1, stderr: /^STORE_KEY is not set/ });
  await assert.rejects(command(file, 'wrong-key', 'reseal'), {
    code: 1,
    stderr: /^STORE_KEY is not the key/,
  });
  // Refused, and the lock is free again.
  await openWith(file, 'right-key').close();
});

test('the command says so where there is no store, and makes none', async t => {
  const file = newFile(t);
  await assert.rejects(command(file, 'any-key', 'reseal'), { code: 1, stderr: /^There is no store at/ });
  assert.deepEqual(readdirSync(join(file, '..')), []);
  for (const args of [[], ['drop'], ['reseal', '--fast']])
    await assert.rejects(command(file, 'any-key', ...args), { code: 1, stderr: /^npm run store/ });
});
