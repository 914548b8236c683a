/**
 * A Redis (or Valkey) of the tests' own: a free port, a temporary folder, every write on disk before its answer.
 * Installs Debian's package where no server is on the PATH and the user is root.
 */
import { type ChildProcess, type ExecFileSyncOptions, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { leaveNothing } from './leave-nothing.ts';

export interface RunningRedis {
  readonly url: string;
  /** Where its append-only file and its dump lie. */
  readonly folder: string;
  /** Kills the process as a power cut would; what it had acknowledged is on disk. */
  kill(): Promise<void>;
  /** Starts it again on the same port and files. */
  restart(): Promise<void>;
  /** Ends the process and removes the folder. */
  close(): Promise<void>;
}

const names = ['redis-server', 'valkey-server'];
const startsWithinMs = 15_000;

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders
    .map(folder => join(folder, name))
    .find(file => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function install(): void {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  process.stderr.write('No Redis found: installing Debian’s redis-server …\n');
  const options: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 };
  try {
    execFileSync('apt-get', ['-qq', 'update'], options);
    execFileSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'redis-server'], options);
  } catch {
    // Said below, in words that tell what to do.
  }
}

/** The path of a server. Throws an error that says what to do where none can be had. */
export function findRedis(): string {
  const find = () => names.map(onPath).find(path => path !== undefined);
  const found = find();
  if (found !== undefined) return found;
  install();
  const installed = find();
  if (installed !== undefined) return installed;
  throw new Error(
    `The tests of several proxies need ${names.join(' or ')} on the PATH and none could be installed. ` +
      'Debian: apt-get install redis-server.',
  );
}

/** A port that is free now. Somebody else could take it before it is used; then the start fails and says so. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

export async function startRedis(): Promise<RunningRedis> {
  const program = findRedis();
  const folder = await mkdtemp(join(tmpdir(), 'letpay-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const settings = {
      port: String(port),
      bind: '127.0.0.1',
      dir: folder,
      appendonly: 'yes',
      appendfsync: 'always',
      save: '',
    };
    const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
    const started = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    leaveNothing(started);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(
      () => reject(new Error(`${program} did not start:\n${printed}`)),
      startsWithinMs,
    );
    let printed = '';
    const take = (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-10_000);
      if (/ready to accept connections/i.test(printed)) resolve();
    };
    started.stdout.on('data', take);
    started.stderr.on('data', take);
    started.once('error', reject);
    started.once('exit', code => reject(new Error(`${program} ended with ${code}:\n${printed}`)));
    await promise.finally(() => clearTimeout(timer));
  }

  const kill = async () => {
    if (child) await end(child);
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    folder,
    kill,
    restart: start,
    async close() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
