/** The outbox on SQLite: one table beside the checkouts, written in the transaction of the change that it tells of. */
import type { EventFilter, NewEvent, Outbox, StoredEvent } from './outbox.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS events (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    tried_since INTEGER,
    due_at INTEGER,
    settled_at INTEGER,
    outcome TEXT
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_due ON events (due_at, created_at, sequence) WHERE state = 'waiting';
  CREATE INDEX IF NOT EXISTS events_waiting ON events (created_at) WHERE state = 'waiting';
  CREATE INDEX IF NOT EXISTS events_settled ON events (state, settled_at);
  CREATE INDEX IF NOT EXISTS events_age ON events (created_at, id);
`;

const columns = `id, token, sequence, type, body, created_at AS createdAt, state, tries,
  tried_since AS triedSince, settled_at AS settledAt, outcome`;

const pageSize = 500;

export interface SqliteOutbox {
  readonly outbox: Outbox;
  /** Runs inside the transaction of the change. */
  keep(events: readonly NewEvent[]): void;
}

export function openSqliteOutbox({ database, read, write }: SqliteConnection): SqliteOutbox {
  database.exec(schema);
  const insert = database.prepare(
    `INSERT INTO events (id, token, sequence, type, body, created_at, state, tries, due_at)
     VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?) ON CONFLICT DO NOTHING`,
  );
  const takeRows = database.prepare<[number, number, number, number], StoredEvent>(
    `UPDATE events SET due_at = ?, tries = tries + 1, tried_since = coalesce(tried_since, ?)
     WHERE id IN (
       SELECT id FROM events WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, created_at, sequence LIMIT ?
     ) RETURNING ${columns}`,
  );
  const update = database.prepare(
    `UPDATE events SET state = ?, due_at = ?, settled_at = ?, outcome = ?
     WHERE id = ? AND tries = ? AND state = 'waiting'`,
  );
  const select = database.prepare<[string], StoredEvent>(`SELECT ${columns} FROM events WHERE id = ?`);
  const selectPage = database.prepare<[number, number, string, string, number], StoredEvent>(
    `SELECT ${columns} FROM events WHERE (created_at > ? OR (created_at = ? AND id > ?)) AND state LIKE ?
     ORDER BY created_at, id LIMIT ?`,
  );
  const makeDue = database.prepare(
    `UPDATE events SET state = 'waiting', due_at = ?, tried_since = NULL, settled_at = NULL WHERE id = ?`,
  );
  const remove = database.prepare(
    `DELETE FROM events WHERE id IN (
       SELECT id FROM events WHERE (state = 'delivered' AND settled_at < $delivered)
         OR (state = 'failed' AND settled_at < $failed) OR (state = 'waiting' AND due_at < $untaken)
       LIMIT $limit
     )`,
  );
  const count = database.prepare<[], { waiting: number; failed: number; oldestAt: number | null }>(
    `SELECT (SELECT count(*) FROM events WHERE state = 'waiting') AS waiting,
            (SELECT count(*) FROM events WHERE state = 'failed') AS failed,
            (SELECT min(created_at) FROM events WHERE state = 'waiting') AS oldestAt`,
  );
  const anyDue = database.prepare<[number], { id: string }>(
    `SELECT id FROM events WHERE state = 'waiting' AND due_at <= ? LIMIT 1`,
  );

  async function* list({ state, since = 0 }: EventFilter): AsyncGenerator<StoredEvent> {
    // Behind every id of the millisecond before.
    let after: { createdAt: number; id: string } = { createdAt: since - 1, id: '\uffff' };
    for (;;) {
      const { createdAt, id } = after;
      const page = await read(() => selectPage.all(createdAt, createdAt, id, state ?? '%', pageSize));
      yield* page;
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize) return;
      after = last;
    }
  }

  return {
    keep(events) {
      for (const { id, token, sequence, type, body, createdAt } of events)
        insert.run(id, token, sequence, type, body, createdAt, createdAt);
    },
    outbox: {
      async take(now, leaseUntil, limit) {
        // Asked about many times a second: an empty outbox must not cost a write.
        if ((await read(() => anyDue.get(now))) === undefined) return [];
        const taken = await write(() => takeRows.all(leaseUntil, now, now, limit));
        return taken.toSorted((a, b) => a.createdAt - b.createdAt || a.sequence - b.sequence);
      },
      settle: (event, settlement) =>
        write(() => {
          const waits = settlement.state === 'waiting';
          const { changes } = update.run(
            settlement.state,
            waits ? settlement.dueAt : null,
            waits ? null : settlement.at,
            settlement.outcome,
            event.id,
            event.tries,
          );
          return changes === 1;
        }),
      list,
      find: id => read(() => select.get(id) ?? null),
      replay: (id, now) => write(() => makeDue.run(now, id).changes === 1),
      forget: (before, limit) => write(() => remove.run({ ...before, limit }).changes),
      backlog: () => read(() => count.get() ?? { waiting: 0, failed: 0, oldestAt: null }),
    },
  };
}
