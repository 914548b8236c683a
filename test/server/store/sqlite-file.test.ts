/** Who may open the file of a SQLite store, and what an operator is told who may not. */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createProxy } from '../../../server/app.ts';
import { readConfig } from '../../../server/config.ts';
import { recordCodec } from '../../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../../server/store/sqlite-store.ts';
import { StoreUnusable } from '../../../server/store/store.ts';
import { environment } from '../stack.ts';
import { record } from './store-suite.ts';

const server = join(import.meta.dirname, '../../../server');

function newFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-file-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'letpay.db');
}

function refusalOf(open: () => unknown): string {
  let words = '';
  assert.throws(open, error => {
    assert.ok(error instanceof StoreUnusable, String(error));
    words = error.message;
    return true;
  });
  return words;
}

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

function run(t: TestContext, program: string, args: readonly string[], env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [join(server, program), ...args], {
    env: { PATH: process.env['PATH'], ...environment, PORT: '0', ...env },
  });
  t.after(() => child.kill('SIGKILL'));
  let output = '';
  const listening = new Promise<void>(resolve => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('LetPay proxy on')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
  });
  const ended = once(child, 'close').then(([code]): Ended => ({ code, output }));
  return { child, listening, ended };
}

test('a second proxy on the file is refused in words that name it, and let in when the first has ended', async t => {
  const file = newFile(t);
  const first = openSqliteStore(file, recordCodec(null));
  const words = refusalOf(() => openSqliteStore(file, recordCodec(null)));
  assert.ok(words.includes(file), words);
  assert.match(words, /another proxy.*stop the other/i);
  await first.close();
  await openSqliteStore(file, recordCodec(null)).close();
});

test('a link to the file leads to the same lock', async t => {
  const file = newFile(t);
  const first = openSqliteStore(file, recordCodec(null));
  t.after(() => first.close());
  symlinkSync(file, `${file}.link`);
  refusalOf(() => openSqliteStore(`${file}.link`, recordCodec(null)));
});

test('a server that mounts two proxies on one file is told at once', async t => {
  const config = readConfig({ ...environment, STORE_URL: `sqlite:${newFile(t)}` }, '/nowhere');
  const first = createProxy(config, { log: () => undefined });
  t.after(() => first.close());
  assert.throws(() => createProxy(config, { log: () => undefined }), StoreUnusable);
});

test('a second process is refused, and starts at once when the first was killed', async t => {
  const file = newFile(t);
  const env = { STORE_URL: `sqlite:${file}` };
  const first = run(t, 'main.ts', [], env);
  await first.listening;
  const refused = await run(t, 'main.ts', [], env).ended;
  assert.equal(refused.code, 1);
  assert.ok(refused.output.includes(file) && !refused.output.includes('    at '), refused.output);

  const looking = await run(t, 'webhooks-cli.ts', ['list'], env).ended;
  assert.deepEqual(looking, { code: 0, output: '0 events\n' });

  first.child.kill('SIGKILL');
  await first.ended;
  const successor = run(t, 'main.ts', [], env);
  await successor.listening;
  successor.child.kill('SIGTERM');
  assert.equal((await successor.ended).code, 0);
});

test('a tool on a place without a store says so and makes nothing', async t => {
  const file = newFile(t);
  const { code, output } = await run(t, 'webhooks-cli.ts', ['list'], { STORE_URL: `sqlite:${file}` }).ended;
  assert.equal(code, 1);
  assert.ok(output.startsWith(`There is no store at ${file}`), output);
  assert.deepEqual(readdirSync(join(file, '..')), []);
});

test('a tool refuses a file that is something else, and leaves it as it is', t => {
  const file = newFile(t);
  writeFileSync(file, '');
  assert.match(
    refusalOf(() => openSqliteStore(file, recordCodec(null), 'tool')),
    /no store/,
  );
  writeFileSync(
    file,
    'a text that is longer than the header of any database, and no database at all '.repeat(20),
  );
  assert.match(
    refusalOf(() => openSqliteStore(file, recordCodec(null), 'tool')),
    /SQLITE_NOTADB/,
  );
});

test('a place that cannot be written is refused in words, and the lock is given back', async t => {
  const file = newFile(t);
  writeFileSync(file, 'no database'.repeat(200));
  const words = refusalOf(() => openSqliteStore(file, recordCodec(null)));
  assert.ok(words.includes(file) && words.includes('SQLITE_NOTADB'), words);
  rmSync(file);
  const store = openSqliteStore(file, recordCodec(null));
  t.after(() => store.close());
  await store.create(record());
  assert.ok(existsSync(file));
  refusalOf(() => openSqliteStore('/dev/null/letpay.db', recordCodec(null)));
});
