/** `npm run store`: what an operator does with the kept data by hand. Works beside a proxy that runs. */
import { parseArgs } from 'node:util';
import { isForgettable } from './checkout/forgettable.ts';
import { openStoreForTool } from './store/open-store.ts';
import { type Store, StoreUnusable } from './store/store.ts';

const usage = `npm run store -- reseal
npm run store -- forget --before DATE

reseal  seals everything again with the first key of STORE_KEY="new old". Start the proxy with both keys before.
        When it has ended, STORE_KEY="new" is enough.
forget  deletes the orders that were made before DATE (ISO 8601, at least 30 days ago) and have ended, with everything
        that hangs on them. Orders with money on its way or with an undelivered event stay. Stored cards stay.

Both may be broken off and run again. STORE_URL and STORE_KEY are those of the proxy.
`;

/** As long as an Idempotency-Key is kept: a merchant’s backend may still repeat the call that made the order. */
const youngestMs = 30 * 24 * 60 * 60_000;

/** The words cannot be understood. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Command = { readonly kind: 'reseal' } | { readonly kind: 'forget'; readonly before: number };

function readCommand(args: readonly string[], now: number): Command {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (rest.length === 0 && command === 'reseal' && values.before === undefined) return { kind: 'reseal' };
  if (rest.length > 0 || command !== 'forget' || values.before === undefined) throw new UsageError(usage);
  const before = Date.parse(values.before);
  if (Number.isNaN(before)) throw new UsageError('--before is an ISO 8601 date.');
  if (before > now - youngestMs) throw new UsageError('--before is at least 30 days ago.');
  return { kind: 'forget', before };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: { before: { type: 'string' } } });
  } catch {
    throw new UsageError(usage);
  }
}

async function forget(store: Store, before: number, say: (line: string) => void): Promise<void> {
  let count = 0;
  for await (const deleted of store.forget(before, isForgettable)) {
    count += deleted;
    say(`${count} deleted so far`);
  }
  say(`Done: ${count} ${count === 1 ? 'order' : 'orders'} deleted.`);
}

async function reseal(store: Store, say: (line: string) => void): Promise<void> {
  let count = 0;
  for await (const resealed of store.reseal()) {
    count += resealed;
    say(`${count} sealed again so far`);
  }
  say(`Done: ${count} sealed again. Everything is sealed with the first key; the old one can go.`);
}

async function start(): Promise<void> {
  const command = readCommand(process.argv.slice(2), Date.now());
  const store = openStoreForTool(process.env);
  try {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    await (command.kind === 'reseal' ? reseal(store, say) : forget(store, command.before, say));
  } finally {
    await store.close();
  }
}

try {
  await start();
} catch (error) {
  const isForOperator = error instanceof UsageError || error instanceof StoreUnusable;
  process.stderr.write(`${isForOperator ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
