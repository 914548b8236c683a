/** A database that is full, locked or read-only: what the store says, and what it does meanwhile. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { recordCodec } from '../../../server/store/sealed-record.ts';
import { connectSqlite } from '../../../server/store/sqlite-connection.ts';
import { openSqliteStore, sqliteStoreOn } from '../../../server/store/sqlite-store.ts';
import { type Store, StoreUnavailable } from '../../../server/store/store.ts';
import { filed, newToken, record } from './store-suite.ts';

function newFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-connection-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'letpay.db');
}

/** The file with another program’s connection on it. */
function withStranger(t: TestContext) {
  const file = newFile(t);
  const store = openSqliteStore(file, recordCodec(null));
  const stranger = new Database(file);
  t.after(async () => {
    stranger.close();
    await store.close();
  });
  return { store, stranger };
}

/** A store whose disk can be filled: SQLite’s limit of pages gives the same SQLITE_FULL everywhere. */
function onSmallDisk(t: TestContext) {
  const database = new Database(newFile(t));
  database.pragma('journal_mode = WAL');
  const store = sqliteStoreOn(connectSqlite(database), recordCodec(null));
  t.after(() => store.close());
  return {
    store,
    fill: () => database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`),
    makeRoom: () => database.pragma('max_page_count = 1000000'),
  };
}

/** Creates checkouts until there is no room for another. */
async function fillUp(store: Store): Promise<void> {
  for (;;) {
    const failed = await store.create(record()).then(
      () => false,
      () => true,
    );
    if (failed) return;
  }
}

const isUnavailable = (code: RegExp) => (error: unknown) => {
  assert.ok(error instanceof StoreUnavailable, String(error));
  assert.match(error.message, code);
  return true;
};

/** Every call that writes, on a store that has a checkout, an event and a card. */
async function writesOf(store: Store) {
  const made = record({ dueAt: 5 });
  const person = newToken();
  const event = {
    id: `evt_${made.token}_1`,
    token: made.token,
    sequence: 1,
    type: 'x',
    body: '{}',
    createdAt: 1,
  };
  await store.create(made, [event]);
  await store.cards.add(person, filed(1));
  const [taken] = await store.outbox.take(10, 20, 1);
  assert.ok(taken);
  return {
    create: () => store.create(record()),
    advance: () => store.advance(made),
    takeDue: () => store.takeDue(10, 20, 1),
    setDue: () => store.setDue(made, 7),
    claimOrderKey: () => store.claimOrderKey(newToken(), 'f', 1),
    countTry: () => store.countTry(newToken(), 1, 1),
    'cards.add': () => store.cards.add(newToken(), filed(1)),
    'cards.removePerson': () => store.cards.removePerson(person),
    'outbox.take': () => store.outbox.take(30, 40, 1),
    'outbox.settle': () => store.outbox.settle(taken, { state: 'delivered', at: 2, outcome: '200' }),
    'outbox.replay': () => store.outbox.replay(event.id, 1),
    ready: () => store.ready(),
  };
}

test('every write to a locked database is StoreUnavailable after a while, and the process goes on meanwhile', async t => {
  const { store, stranger } = withStranger(t);
  const writes = await writesOf(store);
  stranger.exec('BEGIN IMMEDIATE');
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 10);
  t.after(() => clearInterval(turning));
  const started = performance.now();
  await Promise.all(
    Object.entries(writes).map(([name, write]) => assert.rejects(write, isUnavailable(/^SQLITE_BUSY/), name)),
  );
  assert.ok(performance.now() - started < 4_000);
  assert.ok(turns > 50, `the event loop turned ${turns} times`);
  stranger.exec('COMMIT');
  for (const [name, write] of Object.entries(writes)) await assert.doesNotReject(write, name);
});

test('a lock that passes is waited for, and writes keep their order', async t => {
  const { store, stranger } = withStranger(t);
  const made = record();
  await store.create(made);
  stranger.exec('BEGIN IMMEDIATE');
  const first = store.advance({ ...made, country: 'MX' });
  await new Promise(resolve => setImmediate(resolve));
  const second = store.advance({ ...made, country: 'CL' });
  assert.equal((await store.find(made.token))?.country, 'BR');
  stranger.exec('COMMIT');
  assert.equal((await first)?.country, 'MX');
  assert.equal(await second, null);
});

test('a reader that is locked out is told so too, and reads when the lock is gone', async t => {
  const file = newFile(t);
  // Not WAL: there a lock shuts readers out as well.
  const database = new Database(file);
  const connection = connectSqlite(database);
  connection.endOpening();
  t.after(() => connection.close());
  const stranger = new Database(file);
  t.after(() => stranger.close());
  const count = database.prepare('SELECT count(*) FROM write_probe').pluck();
  stranger.exec('BEGIN EXCLUSIVE');
  await assert.rejects(
    connection.read(() => count.get()),
    isUnavailable(/^SQLITE_BUSY/),
  );
  const waiting = connection.read(() => count.get());
  stranger.exec('COMMIT');
  assert.equal(await waiting, 0);
});

test('a full database is StoreUnavailable, changes nothing by halves, and is not ready', async t => {
  const { store, fill, makeRoom } = onSmallDisk(t);
  const made = record();
  await store.create(made);
  await store.ready();
  fill();
  const events = Array.from({ length: 200 }, (_, n) => ({
    id: `evt_${made.token}_${n}`,
    token: made.token,
    sequence: n,
    type: 'x',
    body: 'x'.repeat(20_000),
    createdAt: 1,
  }));
  // The record itself may still find room; its events do not.
  await assert.rejects(store.advance({ ...made, country: 'MX' }, events), isUnavailable(/^SQLITE_FULL/));
  assert.equal((await store.find(made.token))?.country, 'BR');
  assert.equal(await store.outbox.find(`evt_${made.token}_0`), null);
  await fillUp(store);
  await assert.rejects(store.ready(), isUnavailable(/^SQLITE_FULL/));
  makeRoom();
  assert.equal((await store.advance({ ...made, country: 'MX' }, events))?.country, 'MX');
  await store.ready();
});

test('of writes of one turn, those that find room are kept and the others are not', async t => {
  const { store, fill } = onSmallDisk(t);
  const kept = record();
  await store.create(kept);
  fill();
  const big = record({ returnUrl: 'x'.repeat(6_000_000) });
  const [one, other] = await Promise.allSettled([store.create(big), store.setDue(kept, 1)]);
  assert.deepEqual([one.status, other.status], ['rejected', 'fulfilled']);
  assert.equal(await store.find(big.token), null);
  assert.deepEqual(await store.takeDue(1, 2, 5), [kept.token]);
});

test('a database that cannot be written is not ready, and says so for every write', async t => {
  const file = newFile(t);
  await openSqliteStore(file, recordCodec(null)).close();
  const writer = connectSqlite(new Database(file));
  await writer.ready();
  await writer.close();
  const database = new Database(file, { readonly: true });
  const connection = connectSqlite(database);
  t.after(() => connection.close());
  await assert.rejects(connection.ready(), isUnavailable(/^SQLITE_READONLY/));
  const insert = database.prepare("INSERT INTO persons (person) VALUES ('p')");
  await assert.rejects(
    connection.write(() => insert.run()),
    isUnavailable(/^SQLITE_READONLY/),
  );
  assert.equal(
    await connection.read(() => database.prepare('SELECT count(*) FROM persons').pluck().get()),
    0,
  );
});

test('ready writes once for many questions, and again after any write that failed', async t => {
  const { store, stranger } = withStranger(t);
  const version = () => stranger.pragma('data_version', { simple: true });
  await store.ready();
  const before = version();
  await Promise.all(Array.from({ length: 20 }, () => store.ready()));
  assert.equal(version(), before);
  stranger.exec('BEGIN IMMEDIATE');
  await assert.rejects(store.create(record()), StoreUnavailable);
  await assert.rejects(store.ready(), StoreUnavailable);
  stranger.exec('COMMIT');
  await store.ready();
  assert.notEqual(version(), before);
});

test('a store that was closed is unavailable, and what was begun before is kept', async t => {
  const file = newFile(t);
  const store = openSqliteStore(file, recordCodec(null));
  const made = record();
  const creating = store.create(made);
  await store.close();
  await creating;
  await assert.rejects(store.find(made.token), isUnavailable(/closed/));
  await assert.rejects(store.create(record()), isUnavailable(/closed/));
  const again = openSqliteStore(file, recordCodec(null));
  t.after(() => again.close());
  assert.ok(await again.find(made.token));
});
