/** The store on SQLite: one file beside the proxy, or memory for tests. */
import { attemptNames } from '../checkout/attempt.ts';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import type { RecordCodec } from './sealed-record.ts';
import { openSqliteCardFile } from './sqlite-card-file.ts';
import { connectSqlite, type SqliteConnection } from './sqlite-connection.ts';
import { inWords, openSqliteFile, type StoreUse } from './sqlite-file.ts';
import { forgetSqlite } from './sqlite-forget.ts';
import { openSqliteOutbox } from './sqlite-outbox.ts';
import { openSqliteSeals, resealSqlite } from './sqlite-seals.ts';
import { sqliteTidy } from './sqlite-tidy.ts';
import { newestOf, type OrderClaim, type Store } from './store.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS checkouts (
    token TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    reference_id TEXT NOT NULL,
    due_at INTEGER,
    created_at INTEGER NOT NULL,
    record TEXT NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS checkouts_due ON checkouts (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS checkouts_reference ON checkouts (reference_id);
  CREATE TABLE IF NOT EXISTS attempts (
    token TEXT PRIMARY KEY,
    checkout TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS order_keys (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    token TEXT,
    claimed_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tries (
    who TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS tries_end ON tries (ends_at);
  CREATE INDEX IF NOT EXISTS order_keys_age ON order_keys (claimed_at);
`;

/** A key whose claimer died this long ago is free again: the order that it may have made is no charge. */
const deadClaimMs = 60_000;
const orderKeyLifeMs = 30 * 24 * 60 * 60_000;

interface Row {
  readonly record: string;
}

/**
 * `file` is a path, or `:memory:`. A proxy’s file is its own until it is closed; a tool’s has to be there already. Throws
 * `StoreUnusable`.
 */
export function openSqliteStore(file: string, codec: RecordCodec, use: StoreUse = 'proxy'): Store {
  const { database, release } = openSqliteFile(file, use);
  try {
    const store = inWords(file, () => sqliteStoreOn(connectSqlite(database), codec, use));
    return { ...store, close: () => store.close().finally(release) };
  } catch (error) {
    database.close();
    release();
    throw error;
  }
}

/** The store on a database that is open already. */
export function sqliteStoreOn(
  connection: SqliteConnection,
  codec: RecordCodec,
  use: StoreUse = 'proxy',
): Store {
  const { database, read, write } = connection;
  database.exec(schema);

  const insertCheckout = database.prepare(
    'INSERT INTO checkouts (token, version, reference_id, due_at, created_at, record) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const insertAttempt = database.prepare(
    'INSERT INTO attempts (token, checkout) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const selectCheckout = database.prepare<[string], Row>('SELECT record FROM checkouts WHERE token = ?');
  const selectByAttempt = database.prepare<[string], Row>(
    'SELECT record FROM checkouts WHERE token = (SELECT checkout FROM attempts WHERE token = ?)',
  );
  const selectByReference = database.prepare<[string], Row>(
    'SELECT record FROM checkouts WHERE reference_id = ? ORDER BY created_at, rowid',
  );
  const updateCheckout = database.prepare(
    'UPDATE checkouts SET version = ?, due_at = ?, record = ? WHERE token = ? AND version = ?',
  );
  const takeDueRows = database.prepare<
    [{ now: number; leaseUntil: number; newest: number; oldest: number }],
    { token: string }
  >(
    `UPDATE checkouts SET due_at = $leaseUntil WHERE token IN (
       SELECT * FROM (SELECT token FROM checkouts WHERE due_at <= $now ORDER BY due_at DESC LIMIT $newest)
       UNION
       SELECT * FROM (SELECT token FROM checkouts WHERE due_at <= $now ORDER BY due_at LIMIT $oldest)
     ) RETURNING token`,
  );
  const updateDue = database.prepare('UPDATE checkouts SET due_at = ? WHERE token = ? AND version = ?');
  const insertKey = database.prepare(
    `INSERT INTO order_keys (key, fingerprint, claimed_at) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET claimed_at = excluded.claimed_at
     WHERE token IS NULL AND claimed_at < ? AND fingerprint = excluded.fingerprint`,
  );
  const selectKey = database.prepare<[string], { fingerprint: string; token: string | null }>(
    'SELECT fingerprint, token FROM order_keys WHERE key = ?',
  );
  const forgetKeys = database.prepare('DELETE FROM order_keys WHERE claimed_at < ?');
  const settleKey = database.prepare('UPDATE order_keys SET token = ? WHERE key = ?');
  const releaseKey = database.prepare('DELETE FROM order_keys WHERE key = ? AND token IS ?');

  const forgetTries = database.prepare('DELETE FROM tries WHERE ends_at <= ?');
  const countUp = database.prepare<[string, number], { count: number }>(
    'INSERT INTO tries (who, count, ends_at) VALUES (?, 1, ?) ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count',
  );
  const countDue = database.prepare<[number], { waiting: number; overdue: number }>(
    'SELECT count(*) AS waiting, count(CASE WHEN due_at <= ? THEN 1 END) AS overdue FROM checkouts WHERE due_at IS NOT NULL',
  );

  const cards = openSqliteCardFile(connection, codec);
  openSqliteSeals(connection, codec, use);
  const { outbox, keep } = openSqliteOutbox(connection);
  connection.endOpening();
  const decoded = (row: Row | undefined): CheckoutRecord | null => (row ? codec.decode(row.record) : null);

  function keepAttempts(record: CheckoutRecord): void {
    for (const name of attemptNames(record.attempts)) insertAttempt.run(name, record.token);
  }

  return {
    create: (record, events = []) =>
      write(() => {
        const { token, version, referenceId, dueAt, createdAt } = record;
        const encoded = codec.encode(record);
        const { changes } = insertCheckout.run(token, version, referenceId, dueAt, createdAt, encoded);
        keepAttempts(record);
        if (changes === 1) keep(events);
      }),
    find: token => read(() => decoded(selectCheckout.get(token))),
    findByAttempt: token => read(() => decoded(selectByAttempt.get(token))),
    findByReference: reference =>
      read(() => selectByReference.all(reference).map(row => codec.decode(row.record))),
    advance: (next, events = []) =>
      write(() => {
        const moved = { ...next, version: next.version + 1 };
        const { changes } = updateCheckout.run(
          moved.version,
          moved.dueAt,
          codec.encode(moved),
          next.token,
          next.version,
        );
        if (changes === 1) {
          keepAttempts(moved);
          keep(events);
        }
        return changes === 1 ? moved : null;
      }),
    takeDue: (now, leaseUntil, limit) =>
      write(() => {
        const newest = newestOf(limit);
        return takeDueRows.all({ now, leaseUntil, newest, oldest: limit - newest }).map(row => row.token);
      }),
    setDue: ({ token, version }, at) =>
      write(() => {
        updateDue.run(at, token, version);
      }),
    claimOrderKey: (key, fingerprint, now) =>
      write((): OrderClaim => {
        forgetKeys.run(now - orderKeyLifeMs);
        if (insertKey.run(key, fingerprint, now, now - deadClaimMs).changes === 1) return { kind: 'fresh' };
        const used = selectKey.get(key);
        return { kind: 'used', fingerprint: used?.fingerprint ?? '', token: used?.token ?? null };
      }),
    settleOrderKey: (key, token) =>
      write(() => {
        settleKey.run(token, key);
      }),
    releaseOrderKey: (key, token = null) =>
      write(() => {
        releaseKey.run(key, token);
      }),
    countTry: (who, now, windowMs) =>
      write(() => {
        forgetTries.run(now);
        return countUp.get(who, now + windowMs)?.count ?? 1;
      }),
    backlog: now => read(() => countDue.get(now) ?? { waiting: 0, overdue: 0 }),
    outbox,
    cards,
    reseal: () => resealSqlite(connection, codec),
    forget: (before, mayGo) => forgetSqlite(connection, codec, before, mayGo),
    tidy: sqliteTidy(connection, codec),
    ready: connection.ready,
    close: connection.close,
  };
}
