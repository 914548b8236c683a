/** What a SQLite file is sealed with: the header with the check values, and sealing everything again with another key. */
import type { RecordCodec } from './sealed-record.ts';
import type { SealedText } from './sealing.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { StoreUse } from './sqlite-file.ts';
import { StoreUnusable } from './store.ts';

const schema =
  'CREATE TABLE IF NOT EXISTS sealing (id INTEGER PRIMARY KEY CHECK (id = 1), header TEXT NOT NULL) STRICT';
const selectHeader = 'SELECT header FROM sealing';
const pageSize = 100;

/**
 * Unlocks the codec; throws `StoreUnusable` for a wrong key, and for a proxy without one. A proxy notes the key that it seals with before it
 * seals anything; a tool changes nothing. Runs while the store is opened, when nobody else writes the header.
 */
export function openSqliteSeals({ database }: SqliteConnection, codec: RecordCodec, use: StoreUse): void {
  database.exec(schema);
  // Events are not sealed: a tool may list them without the key.
  if (use === 'tool' && !codec.sealing.isOn) return;
  const header = database.prepare<[], string>(selectHeader).pluck().get() ?? null;
  const sample = header === null ? sampleOf(database, codec) : null;
  const next = codec.sealing.unlock(header, sample, database.memory ? 'memory' : 'disk');
  if (use === 'proxy' && next !== null && next !== header)
    database.prepare('INSERT OR REPLACE INTO sealing (id, header) VALUES (1, ?)').run(next);
}

/** Something sealed, in a store of before there were headers. */
function sampleOf(database: SqliteConnection['database'], codec: RecordCodec): SealedText | null {
  const isSealed = "json_extract(record, '$.sealed') IS NOT NULL LIMIT 1";
  const record = database.prepare<[], string>(`SELECT record FROM checkouts WHERE ${isSealed}`).pluck().get();
  if (record !== undefined) return codec.sealedIn(record);
  const card = database
    .prepare<[], { person: string; record: string }>(`SELECT person, record FROM cards WHERE ${isSealed}`)
    .get();
  return card === undefined ? null : codec.sealedIn(card.record, card.person);
}

interface Row {
  readonly id: string;
  readonly text: string;
  /** Of a card. */
  readonly person?: string;
}

/** One kind of sealed rows: how they are read in order, and replaced only while they are as they were read. */
interface SealedTable {
  readonly page: string;
  readonly replace: string;
  readonly resealed: (codec: RecordCodec, row: Row) => string | null;
}

const tables: readonly SealedTable[] = [
  {
    page: 'SELECT token AS id, record AS text FROM checkouts WHERE token > ? ORDER BY token LIMIT ?',
    replace: 'UPDATE checkouts SET record = ? WHERE token = ? AND record = ?',
    resealed: (codec, { text }) => codec.resealed(text),
  },
  {
    page: 'SELECT card AS id, person, record AS text FROM cards WHERE card > ? ORDER BY card LIMIT ?',
    replace: 'UPDATE cards SET record = ? WHERE card = ? AND record = ?',
    resealed: (codec, { text, person }) => codec.resealedCard(person ?? '', text),
  },
];

/** See `Store.reseal`. A proxy that is faster with a row has sealed it with the first key itself. */
export async function* resealSqlite(
  connection: SqliteConnection,
  codec: RecordCodec,
): AsyncGenerator<number> {
  const { database, read, write } = connection;
  const header = await read(() => database.prepare<[], string>(selectHeader).pluck().get());
  if (!codec.sealing.isOn) throw new StoreUnusable('STORE_KEY is not set: there is nothing to seal with.');
  if (header === undefined || !codec.sealing.isFirstKeyOf(header))
    throw new StoreUnusable(
      'The proxy does not seal with the first key of STORE_KEY yet. Start it with the same STORE_KEY="new old" first.',
    );
  for (const table of tables) yield* resealTable(connection, codec, table);
  await write(() =>
    database.prepare('UPDATE sealing SET header = ?').run(codec.sealing.headerOfFirstKey(header)),
  );
  // What was replaced must not stay behind in the log of writes. A proxy that reads just now has it done later.
  await read(() => database.pragma('wal_checkpoint(TRUNCATE)'));
}

async function* resealTable(
  { database, read, write }: SqliteConnection,
  codec: RecordCodec,
  table: SealedTable,
): AsyncGenerator<number> {
  const page = database.prepare<[string, number], Row>(table.page);
  const replace = database.prepare(table.replace);
  let after = '';
  for (;;) {
    const rows = await read(() => page.all(after, pageSize));
    const last = rows.at(-1);
    if (last === undefined) return;
    const changed = rows.flatMap(row => {
      const text = table.resealed(codec, row);
      return text === null ? [] : [{ ...row, to: text }];
    });
    if (changed.length > 0) {
      yield await write(() =>
        changed.reduce((sum, { id, text, to }) => sum + replace.run(to, id, text).changes, 0),
      );
    }
    after = last.id;
  }
}
