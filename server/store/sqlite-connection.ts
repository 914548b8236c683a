/**
 * One SQLite database, used so that it tells the truth and never holds the process up.
 *
 * - Every error of the driver becomes `StoreUnavailable`: a full disk, a read-only file, a foreign lock, a broken page.
 * - The driver is synchronous, so waiting for a lock inside it would stop every request. Its own time-out is therefore 0,
 *   and a locked database is tried again from the event loop, for at most `patienceMs`.
 * - Writes of one event-loop turn share one transaction, because with `synchronous = FULL` the fsync is nearly all of the
 *   cost. Each promise still resolves only after its own write is on disk.
 */
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { StoreUnavailable } from './store.ts';

export interface SqliteConnection {
  readonly database: Database.Database;
  /** Runs statements that change nothing. */
  read<T>(run: () => T): Promise<T>;
  /**
   * Runs statements in a transaction: all of them count, or none. `run` may be called several times, and only the last
   * call counts; it must have no effect outside of the database.
   */
  write<T>(run: () => T): Promise<T>;
  /** Proves that the database can be written. Writes at most once in `provenForMs` while all goes well. */
  ready(): Promise<void>;
  /** The opening is over: from here on the driver waits for no lock. */
  endOpening(): void;
  /** Waits for the writes that were begun. */
  close(): Promise<void>;
}

/** How long a foreign lock is waited for. A shopper waits meanwhile, so not for long. */
const patienceMs = 2_000;
const retryMs = 20;
const provenForMs = 1_000;

interface PendingWrite {
  readonly run: () => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** On the clock of `performance.now()`, as the wall clock may step. */
  readonly giveUpAt: number;
}

/** The probe needs about as much room as an order, so that a disk without room for an order is not called ready. */
const probeSchema =
  'CREATE TABLE IF NOT EXISTS write_probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL) STRICT';
const probeBytes = 16 * 1024;

export function connectSqlite(database: Database.Database): SqliteConnection {
  database.exec(probeSchema);
  const insertProbe = database.prepare('INSERT INTO write_probe (filler) VALUES (zeroblob(?))');
  const deleteProbes = database.prepare('DELETE FROM write_probe WHERE id < ?');
  const inTransaction = database.transaction((batch: readonly PendingWrite[]) =>
    batch.map(({ run }) => run()),
  );

  let pending: PendingWrite[] = [];
  let isScheduled = false;
  let provenAt = Number.NEGATIVE_INFINITY;

  function fail(error: unknown): unknown {
    provenAt = Number.NEGATIVE_INFINITY;
    return asUnavailable(error, database);
  }

  function schedule(begin: (flush: () => void) => unknown): void {
    if (isScheduled || pending.length === 0) return;
    isScheduled = true;
    begin(flush);
  }

  function flush(): void {
    isScheduled = false;
    const batch = pending;
    pending = [];
    commit(batch);
    schedule(run => setTimeout(run, retryMs));
  }

  function commit(batch: readonly PendingWrite[]): void {
    let values: unknown[];
    try {
      // Immediate: a lock is met before the first statement, and never in the middle.
      values = inTransaction.immediate(batch);
    } catch (error) {
      if (isLocked(error)) postpone(batch, error);
      else if (batch.length === 1) batch[0]?.reject(fail(error));
      // One of them failed, and all were rolled back. Alone, none of them takes the others with it.
      else for (const write of batch) commit([write]);
      return;
    }
    for (const [index, { resolve }] of batch.entries()) resolve(values[index]);
  }

  function postpone(batch: readonly PendingWrite[], error: unknown): void {
    const now = performance.now();
    for (const write of batch) {
      if (now < write.giveUpAt) pending.push(write);
      else write.reject(fail(error));
    }
  }

  function write<T>(run: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const giveUpAt = performance.now() + patienceMs;
      pending.push({ run, resolve: value => resolve(value as T), reject, giveUpAt });
      schedule(setImmediate);
    });
  }

  async function read<T>(run: () => T): Promise<T> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      try {
        return run();
      } catch (error) {
        if (!isLocked(error) || performance.now() >= giveUpAt) throw fail(error);
      }
      await wait(retryMs);
    }
  }

  return {
    database,
    read,
    write,
    async ready() {
      if (performance.now() - provenAt < provenForMs) return;
      // The new row comes before the old one goes: the database has to find room for it, as for an order.
      await write(() => deleteProbes.run(insertProbe.run(probeBytes).lastInsertRowid));
      provenAt = performance.now();
    },
    endOpening() {
      database.pragma('busy_timeout = 0');
    },
    async close() {
      if (pending.length > 0) await write(() => undefined).catch(() => undefined);
      database.close();
    },
  };
}

/** Somebody else holds a lock. That passes. */
export function isLocked(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED|PROTOCOL)/.test(error.code);
}

/** The code only: a message of the driver could quote what was written. */
function asUnavailable(error: unknown, { open }: Database.Database): unknown {
  if (error instanceof Database.SqliteError) return new StoreUnavailable(error.code);
  return open ? error : new StoreUnavailable('closed');
}
