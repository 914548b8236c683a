/**
 * `npm run webhooks`: what was passed on to the merchant and what was not, and how to send it again. Works straight on the
 * store of STORE_URL, beside proxies that run; they do the delivering.
 */
import { parseArgs } from 'node:util';
import { openStoreForTool } from './store/open-store.ts';
import { type EventFilter, eventStates, type Outbox, type StoredEvent } from './store/outbox.ts';
import { StoreUnusable } from './store/store.ts';

const usage = `npm run webhooks -- list   [--state ${eventStates.join('|')}] [--since TIME]
npm run webhooks -- replay --id ID | --failed [--since TIME] | --since TIME

TIME is ISO 8601, for example 2026-11-20T12:00:00Z. STORE_URL and STORE_KEY are those of the proxy.
A replayed event keeps its id and its body; a proxy that runs delivers it at once.
`;

/** The words cannot be understood. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Command =
  | { readonly kind: 'list'; readonly filter: EventFilter }
  | { readonly kind: 'replay'; readonly filter: EventFilter }
  | { readonly kind: 'replay_one'; readonly id: string };

function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [command, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`Too many words: ${rest.join(' ')}`);
  const since = values.since === undefined ? {} : { since: readTime(values.since) };
  if (command === 'list') {
    if (values.id !== undefined) throw new UsageError('list takes no --id.');
    const state = eventStates.find(name => name === (values.failed ? 'failed' : values.state));
    if (values.state !== undefined && state === undefined)
      throw new UsageError(`--state is one of ${eventStates.join(', ')}.`);
    return { kind: 'list', filter: { ...since, ...(state && { state }) } };
  }
  if (command !== 'replay') throw new UsageError(usage);
  if (values.state !== undefined) throw new UsageError('replay takes no --state.');
  if (values.id !== undefined) {
    if (values.failed || values.since !== undefined) throw new UsageError('--id stands alone.');
    return { kind: 'replay_one', id: values.id };
  }
  if (!values.failed && values.since === undefined)
    throw new UsageError('Say what to replay: --id, --failed or --since.');
  return { kind: 'replay', filter: { ...since, ...(values.failed && { state: 'failed' }) } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        failed: { type: 'boolean', default: false },
        id: { type: 'string' },
        since: { type: 'string' },
        state: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : usage);
  }
}

function readTime(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError('--since is an ISO 8601 time.');
  return at;
}

function lineOf(event: StoredEvent): string {
  const at = new Date(event.createdAt).toISOString();
  return [at, event.state, event.type, event.id, `tries ${event.tries}`, event.outcome ?? '-'].join('  ');
}

async function run(command: Command, outbox: Outbox, say: (line: string) => void): Promise<void> {
  if (command.kind === 'replay_one') {
    if (!(await outbox.replay(command.id, Date.now()))) throw new UsageError('No event has this id.');
    say(`Due again: ${command.id}`);
    return;
  }
  let count = 0;
  for await (const event of outbox.list(command.filter)) {
    // What waits is on its way already.
    if (
      command.kind === 'replay' &&
      (event.state === 'waiting' || !(await outbox.replay(event.id, Date.now())))
    )
      continue;
    count += 1;
    say(command.kind === 'list' ? lineOf(event) : `Due again: ${event.id}`);
  }
  say(`${count} ${count === 1 ? 'event' : 'events'}`);
}

async function start(): Promise<void> {
  const command = readCommand(process.argv.slice(2));
  const store = openStoreForTool(process.env);
  try {
    await run(command, store.outbox, line => process.stdout.write(`${line}\n`));
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
