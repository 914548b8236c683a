/** `npm run store`: what an operator does with the kept data by hand. Works beside a proxy that runs. */
import { parseArgs } from 'node:util';
import { openStoreForTool } from './store/open-store.ts';
import { type Store, StoreUnusable } from './store/store.ts';

const usage = `npm run store -- reseal

reseal  seals everything again with the first key of STORE_KEY="new old". Start the proxy with both keys before.
        When it has ended, STORE_KEY="new" is enough. It may be broken off and run again.

STORE_URL and STORE_KEY are those of the proxy.
`;

/** The words cannot be understood. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

function readCommand(args: readonly string[]): 'reseal' {
  try {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    if (positionals.length === 1 && positionals[0] === 'reseal') return 'reseal';
  } catch {
    // An option that there is not.
  }
  throw new UsageError(usage);
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
  readCommand(process.argv.slice(2));
  const store = openStoreForTool(process.env);
  try {
    await reseal(store, line => process.stdout.write(`${line}\n`));
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
