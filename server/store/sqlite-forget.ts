/** Deleting old checkouts with everything that hangs on them, a page at a time, while a proxy works on the file. */
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import type { RecordCodec } from './sealed-record.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

const pageSize = 100;

interface Row {
  readonly token: string;
  readonly version: number;
  readonly record: string;
}

/** See `Store.forget`. */
export async function* forgetSqlite(
  { database, read, write }: SqliteConnection,
  codec: RecordCodec,
  before: number,
  mayGo: (record: CheckoutRecord) => boolean,
): AsyncGenerator<number> {
  const page = database.prepare<[string, number, number], Row>(
    `SELECT token, version, record FROM checkouts WHERE token > ? AND created_at < ?
       AND NOT EXISTS (SELECT 1 FROM events WHERE events.token = checkouts.token AND state = 'waiting')
     ORDER BY token LIMIT ?`,
  );
  const remove = database.prepare('DELETE FROM checkouts WHERE token = ? AND version = ?');
  const removeRest = [
    'DELETE FROM attempts WHERE checkout = ?',
    'DELETE FROM order_keys WHERE token = ?',
    'DELETE FROM events WHERE token = ?',
  ].map(text => database.prepare(text));

  /** False when the checkout changed since it was read. */
  function removeWhole({ token, version }: Row): boolean {
    if (remove.run(token, version).changes === 0) return false;
    for (const statement of removeRest) statement.run(token);
    return true;
  }

  let after = '';
  for (;;) {
    const rows = await read(() => page.all(after, before, pageSize));
    const last = rows.at(-1);
    if (last === undefined) break;
    const old = rows.filter(({ record }) => mayGo(codec.decode(record)));
    if (old.length > 0) yield await write(() => old.filter(removeWhole).length);
    after = last.token;
  }
  // What was deleted must not stay behind in the log of writes. A proxy that reads just now has it done later.
  await read(() => database.pragma('wal_checkpoint(TRUNCATE)'));
}
