/** Rewriting every checkout of a SQLite file once, a page at a time, while the proxy works on it. */
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import { type RecordCodec, readable } from './sealed-record.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { TidiedPage } from './store.ts';

const schema = `CREATE TABLE IF NOT EXISTS tidied (
  round TEXT PRIMARY KEY,
  position TEXT NOT NULL,
  is_done INTEGER NOT NULL
) STRICT`;
const pageSize = 100;
const done: TidiedPage = { seen: 0, changed: 0, isDone: true };

interface Row {
  readonly token: string;
  readonly version: number;
  readonly record: string;
}

/** See `Store.tidy`. */
export function sqliteTidy({ database, read, write }: SqliteConnection, codec: RecordCodec) {
  database.exec(schema);
  const selectRound = database.prepare<[string], { position: string; is_done: number }>(
    'SELECT position, is_done FROM tidied WHERE round = ?',
  );
  const keepRound = database.prepare(
    'INSERT OR REPLACE INTO tidied (round, position, is_done) VALUES (?, ?, ?)',
  );
  const selectPage = database.prepare<[string, number], Row>(
    'SELECT token, version, record FROM checkouts WHERE token > ? ORDER BY token LIMIT ?',
  );
  // Whoever changed the checkout meanwhile wrote a tidy one.
  const replace = database.prepare('UPDATE checkouts SET record = ? WHERE token = ? AND version = ?');

  return async (round: string, rewrite: (record: CheckoutRecord) => CheckoutRecord): Promise<TidiedPage> => {
    const { position = '', is_done = 0 } = (await read(() => selectRound.get(round))) ?? {};
    if (is_done === 1) return done;
    const rows = await read(() => selectPage.all(position, pageSize));
    const last = rows.at(-1);
    if (last === undefined) {
      await write(() => keepRound.run(round, position, 1));
      // What was replaced must not stay behind in the log of writes. A proxy that reads just now has it done later.
      await read(() => database.pragma('wal_checkpoint(TRUNCATE)'));
      return done;
    }
    const rewritten = rows.flatMap(row => {
      const record = readable(codec, row.record);
      const next = record && rewrite(record);
      return next === null || next === record ? [] : [{ ...row, to: codec.encode(next) }];
    });
    return write(() => {
      keepRound.run(round, last.token, 0);
      const changed = rewritten.reduce(
        (sum, { token, version, to }) => sum + replace.run(to, token, version).changes,
        0,
      );
      return { seen: rows.length, changed, isDone: false };
    });
  };
}
