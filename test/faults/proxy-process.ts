/** The proxy as operators run it: a process of its own, on a port that it keeps when it is started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { leaveNothing } from '../environment/leave-nothing.ts';
import { freePort } from '../environment/redis.ts';

export const merchantKey = 'merchant-key-of-the-fault-runs';

export interface ProxySettings {
  readonly letpayUrl: string;
  readonly storeUrl: string;
  readonly pspTimeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface ProxyProcess {
  readonly url: string;
  /** Everything that it has written, of all its lives. */
  output(): string;
  readonly isUp: boolean;
  /** How often it ended although nobody asked it to. */
  readonly crashes: number;
  /** `kill -9`: nothing is flushed, nothing is said. */
  kill(): Promise<void>;
  /** Starts it, again on the same port and store. */
  start(): Promise<void>;
  /** Ends it as an operator would, or by another signal; resolves to the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Resident memory in bytes and open file descriptors; null where the system has no /proc. */
  footprint(): { readonly rss: number; readonly handles: number } | null;
}

const program = join(import.meta.dirname, '../../server/main.ts');
const startsWithinMs = 30_000;
const pageSize = 4096;

export async function startProxy(settings: ProxySettings): Promise<ProxyProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const chunks: Buffer[] = [];
  let child: ChildProcess | null = null;
  let ready = false;
  let crashes = 0;
  let asked = false;

  const output = () => Buffer.concat(chunks).toString();
  const isRunning = (process: ChildProcess) => process.exitCode === null && process.signalCode === null;

  async function start(): Promise<void> {
    const started = spawn(process.execPath, [program], {
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        PUBLIC_URL: url,
        LETPAY_API_URL: settings.letpayUrl,
        LETPAY_API_KEY: 'demo',
        LETPAY_API_SECRET: 'demo',
        LETPAY_CONTRACT_ID: '4239d673-b23e-42a1-81bd-87d0984fb173',
        LETSIA_API_URL: `${settings.letpayUrl}/letsia`,
        LETSIA_EMAIL: 'demo@letsia.example',
        LETSIA_PASSWORD: 'demo',
        LESSPAY_API_URL: `${settings.letpayUrl}/lesspay`,
        LESSPAY_APP_ID: 'demo',
        LESSPAY_APP_SECRET: 'demo',
        MERCHANT_API_KEY: merchantKey,
        ALLOWED_ORIGINS: 'https://shop.example',
        STORE_URL: settings.storeUrl,
        PSP_TIMEOUT_MS: String(settings.pspTimeoutMs),
        CARD_TRIES_PER_CHECKOUT: '100',
        // Every shopper comes from an address of their own, so that limits by address do not strike them together.
        TRUST_PROXY: 'true',
        ...settings.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    leaveNothing(started);
    const from = chunks.length;
    started.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    started.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const deadline = Date.now() + startsWithinMs;
    for (;;) {
      const printed = Buffer.concat(chunks.slice(from)).toString();
      if (!isRunning(started)) throw new Error(`the proxy ended at once:\n${printed}`);
      if (printed.includes('LetPay proxy on ')) break;
      if (Date.now() > deadline) throw new Error(`the proxy did not start:\n${printed}`);
      await wait(20);
    }
    ready = true;
    asked = false;
    started.once('exit', () => {
      ready = false;
      if (!asked) crashes += 1;
    });
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    const ending = child;
    if (ending === null || !isRunning(ending)) return ending?.exitCode ?? null;
    ready = false;
    asked = true;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    await ended;
    return ending.exitCode;
  }

  await start();
  return {
    url,
    output,
    get isUp() {
      return ready;
    },
    get crashes() {
      return crashes;
    },
    kill: async () => {
      await end('SIGKILL');
    },
    start,
    stop: (signal = 'SIGTERM') => end(signal),
    footprint() {
      try {
        const pages = Number(readFileSync(`/proc/${child?.pid}/statm`, 'utf8').split(' ')[1]);
        return { rss: pages * pageSize, handles: readdirSync(`/proc/${child?.pid}/fd`).length };
      } catch {
        return null;
      }
    },
  };
}
