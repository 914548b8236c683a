/** The proxy’s SQLite file beside the running proxy: what stands in it, and what an older version would have written. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import Database from 'better-sqlite3';
import type { CheckoutRecord } from '../../server/checkout/checkout-record.ts';

/** `env`: keeps the records unsealed in a new file. */
export function storedFile(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'letpay.db');

  function query(sql: string, ...values: readonly unknown[]): unknown[] {
    const database = new Database(file);
    try {
      const statement = database.prepare(sql);
      return statement.reader ? statement.all(...values) : [statement.run(...values)];
    } finally {
      database.close();
    }
  }

  function record(token: string): CheckoutRecord {
    const [row] = query('SELECT record FROM checkouts WHERE token = ?', token);
    return JSON.parse((row as { record: string }).record);
  }

  return {
    env: { STORE_URL: `sqlite:${file}`, STORE_KEY: undefined },
    query,
    record,
    /** Puts another record in the place of a checkout’s. */
    replace(token: string, change: (record: CheckoutRecord) => object): void {
      query('UPDATE checkouts SET record = ? WHERE token = ?', JSON.stringify(change(record(token))), token);
    },
    /** The bytes of the file, and of what SQLite keeps beside it. */
    bytes: () =>
      readdirSync(folder)
        .map(name => readFileSync(join(folder, name), 'latin1'))
        .join('\n'),
  };
}
