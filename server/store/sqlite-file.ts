/**
 * The file of a SQLite store, opened for a proxy or for a tool.
 *
 * One proxy works on a file: feeds, single flights and limits of a second one would not know of the first. The lock that
 * says so is SQLite’s own, on a file of its own beside the store. The operating system drops it with the process, however
 * that ends, so a killed proxy’s successor starts at once. Tools take no such lock and may look in while a proxy runs.
 */
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { isLocked } from './sqlite-connection.ts';
import { StoreUnusable } from './store.ts';

export interface SqliteFile {
  readonly database: Database.Database;
  /** Lets the next proxy in. Call after the database is closed. */
  release(): void;
}

/** What a store is opened for. Only a proxy may make a new one. */
export type StoreUse = 'proxy' | 'tool';

/** A lock of a moment, at the start: nothing is served yet, so the process may wait for it. */
const openingTimeoutMs = 2_000;

/** `file` is a path, or `:memory:`. Throws `StoreUnusable`, with words for the operator. */
export function openSqliteFile(file: string, use: StoreUse): SqliteFile {
  if (file === ':memory:') return { database: prepared(new Database(file)), release: () => undefined };
  return use === 'proxy' ? openForProxy(file) : openForTool(file);
}

function openForProxy(file: string): SqliteFile {
  const lock = inWords(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    return holdProxyLock(file);
  });
  try {
    const database = inWords(file, () => prepared(new Database(file, { timeout: openingTimeoutMs })));
    return { database, release: () => lock.close() };
  } catch (error) {
    lock.close();
    throw error;
  }
}

function openForTool(file: string): SqliteFile {
  if (!existsSync(file))
    throw new StoreUnusable(`There is no store at ${resolve(file)}. Is STORE_URL that of the proxy?`);
  const database = inWords(
    file,
    () => new Database(file, { fileMustExist: true, timeout: openingTimeoutMs }),
  );
  const isStore = inWords(file, () =>
    database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'checkouts'").get(),
  );
  if (isStore === undefined) {
    database.close();
    throw new StoreUnusable(`${resolve(file)} is no store of this proxy. Is STORE_URL that of the proxy?`);
  }
  return { database: inWords(file, () => prepared(database)), release: () => undefined };
}

/** The connection holds the lock until it is closed. Nothing is ever written through it. */
function holdProxyLock(file: string): Database.Database {
  const lock = new Database(`${realPathOf(file)}.proxy-lock`, { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (!isLocked(error)) throw error;
    throw new StoreUnusable(
      `Another proxy is working on the store ${resolve(file)}. One SQLite file takes one proxy: stop the other one, or give this one a STORE_URL of its own.`,
    );
  }
}

/** The same for every link that leads to the file, also before the file is there. */
function realPathOf(file: string): string {
  return existsSync(file) ? realpathSync(file) : join(realpathSync(dirname(file)), basename(file));
}

function prepared(database: Database.Database): Database.Database {
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // Erased means overwritten: a payer’s data must not stay behind in pages that are free.
  database.pragma('secure_delete = ON');
  return database;
}

/** Runs a step of the opening; an error of the driver or of the file system becomes words that name the file. */
export function inWords<T>(file: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof StoreUnusable) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StoreUnusable(`The store ${resolve(file)} cannot be opened for writing (${code}).`);
  }
}
