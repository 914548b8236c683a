/**
 * `npm start`: emulator, proxy and demo shop together, on this machine only. Builds the widget first when its sources are
 * newer than what was built. The proxy is a process of its own, started as an operator would; nothing survives the end.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { z } from 'zod';
import { startEmulator } from './emulator/emulator.ts';
import type { WidgetSource } from './shop/pages/pay-page.ts';
import { createShop } from './shop/shop.ts';

const root = join(import.meta.dirname, '..');
const integrityFile = join(root, 'dist/widget/integrity.json');
const host = '127.0.0.1';

const readyWithinMs = 30_000;
/** The whole end takes less than two seconds; a process that needs longer is killed. */
const graceMs = 1_200;

const integrityList = z.object({
  'letpay-checkout.js': z.object({ integrity: z.string(), versioned: z.string() }),
});

/** What has to be undone at the end, newest first. */
const closers: (() => Promise<unknown>)[] = [];
let stopping = false;

async function stop(exitCode: number): Promise<never> {
  if (!stopping) {
    stopping = true;
    for (const close of closers.reverse()) await close().catch(report);
    process.exit(exitCode);
  }
  return new Promise<never>(() => undefined);
}

function report(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

function say(...lines: readonly string[]): void {
  console.log(lines.join('\n'));
}

/** Ends a child: asked first, killed when it does not listen. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended;
  clearTimeout(kill);
}

function startProcess(script: string, env: NodeJS.ProcessEnv, stdio: 'inherit' | 'pipe'): ChildProcess {
  // Between the signal and the end nothing new may begin: it would be left behind.
  if (stopping) throw new Error('Stopping.');
  const child = spawn(process.execPath, [join(root, script)], {
    cwd: root,
    env,
    stdio: ['ignore', stdio, stdio],
  });
  closers.push(() => endProcess(child));
  return child;
}

/** Settles with the exit code, or with the name of the signal that ended the child. */
function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
}

async function newestChange(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const changes = await Promise.all(entries.map(entry => stat(join(folder, entry))));
  return Math.max(0, ...changes.map(change => change.mtimeMs));
}

async function buildWidgetIfStale(): Promise<void> {
  const builtAt = await stat(integrityFile).then(
    file => file.mtimeMs,
    () => 0,
  );
  if (builtAt > (await newestChange(join(root, 'widget')))) return;
  say('Building the widget …');
  const ended = await endOf(startProcess('widget/build/build.ts', process.env, 'inherit'));
  if (ended !== 0) throw new Error(`The build of the widget failed (${ended}).`);
}

async function readWidget(proxyUrl: string): Promise<WidgetSource> {
  const list = integrityList.parse(JSON.parse(await readFile(integrityFile, 'utf8')));
  const { integrity, versioned } = list['letpay-checkout.js'];
  return { src: `${proxyUrl}/${versioned}`, integrity };
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, host, () => {
      const { port: given } = probe.address() as AddressInfo;
      probe.close(() => resolve(given));
    });
  });
}

/** The port of the variable, else the usual one; another one, and a word about it, when that is taken. */
async function choosePort(variable: string, usual: number): Promise<number> {
  const wanted = Number(process.env[variable] ?? usual);
  if (!Number.isInteger(wanted) || wanted < 0 || wanted > 65_535) {
    throw new Error(`${variable} must be a port number.`);
  }
  return listenOnce(wanted).catch(async () => {
    const free = await listenOnce(0);
    say(`Port ${wanted} is taken, using ${free} instead. (${variable} chooses another.)`);
    return free;
  });
}

/** Only what a process needs of this shell: credentials of a real account must not leak into a demonstration. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SYSTEMROOT', 'TZ', 'LANG', 'NODE_OPTIONS'];
  return Object.fromEntries(kept.flatMap(name => (process.env[name] ? [[name, process.env[name]]] : [])));
}

interface ProxySettings {
  readonly port: number;
  readonly url: string;
  readonly emulatorUrl: string;
  readonly merchantKey: string;
  readonly shopPort: number;
  readonly webhookSecret: string;
}

async function startProxy(settings: ProxySettings): Promise<void> {
  const { port, url, emulatorUrl, merchantKey, shopPort, webhookSecret } = settings;
  const folder = await mkdtemp(join(tmpdir(), 'letpay-demo-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const environment = {
    ...bareEnvironment(),
    HOST: host,
    PORT: String(port),
    LETPAY_API_URL: emulatorUrl,
    LETPAY_USERNAME: 'demo',
    LETPAY_PASSWORD: 'demo',
    LETSIA_API_URL: `${emulatorUrl}/letsia`,
    LETSIA_EMAIL: 'demo@letsia.example',
    LETSIA_PASSWORD: 'demo',
    LESSPAY_API_URL: `${emulatorUrl}/lesspay`,
    LESSPAY_APP_ID: 'demo',
    LESSPAY_APP_SECRET: 'demo',
    MERCHANT_API_KEY: merchantKey,
    ALLOWED_ORIGINS: `http://${host}:${shopPort},http://localhost:${shopPort}`,
    PUBLIC_URL: url,
    STORE_URL: `sqlite:${join(folder, 'demo.db')}`,
    MERCHANT_WEBHOOK_URL: `http://${host}:${shopPort}/webhooks/letpay`,
    MERCHANT_WEBHOOK_SECRET: webhookSecret,
  };
  const proxy = startProcess('server/main.ts', environment, 'pipe');
  const lastWords = keepLastLines(proxy, 20);
  const died = endOf(proxy).then(how => {
    if (!stopping) throw new Error(`The proxy ended unexpectedly (${how}).\n${lastWords().join('\n')}`);
  });
  await Promise.race([died, untilReady(`${url}/readyz`)]);
  died.catch(error => {
    report(error);
    return stop(1);
  });
}

/** The proxy's log is kept out of sight, except for its end when it fails. */
function keepLastLines(child: ChildProcess, count: number): () => readonly string[] {
  let lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      lines = [...lines, ...text.split('\n').filter(Boolean)].slice(-count);
    });
  }
  return () => lines;
}

async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + readyWithinMs;
  while (performance.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await wait(100);
  }
  throw new Error(`The proxy was not ready within ${readyWithinMs / 1000} seconds.`);
}

interface ShopSettings {
  readonly port: number;
  readonly proxyUrl: string;
  readonly emulatorUrl: string;
  readonly merchantKey: string;
  readonly webhookSecret: string;
  readonly staffKey: string;
}

async function startShop({ port, proxyUrl, ...settings }: ShopSettings) {
  const shop = createShop({
    ...settings,
    proxyUrl,
    widget: await readWidget(proxyUrl),
    fetch,
    newId: randomUUID,
  });
  await new Promise<void>((resolve, reject) => {
    const server = serve({ fetch: shop.fetch, port, hostname: host }, () => resolve());
    server.once('error', reject);
    closers.push(async () => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
    });
  });
}

async function start(): Promise<void> {
  await buildWidgetIfStale();
  const shopPort = await choosePort('SHOP_PORT', 8080);
  const proxyPort = await choosePort('PORT', 8787);
  const emulatorPort = await choosePort('EMULATOR_PORT', 4010);
  const proxyUrl = `http://${host}:${proxyPort}`;
  const merchantKey = randomBytes(24).toString('base64url');
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
  const staffKey = process.env.SHOP_STAFF_KEY ?? randomBytes(12).toString('base64url');

  const emulator = await startEmulator({ port: emulatorPort, debitCards: true });
  closers.push(() => emulator.close());
  const keys = { emulatorUrl: emulator.url, merchantKey, webhookSecret };
  await startProxy({ ...keys, port: proxyPort, url: proxyUrl, shopPort });
  await startShop({ ...keys, port: shopPort, proxyUrl, staffKey });

  say(
    '',
    `  Demo shop   http://${host}:${shopPort}/`,
    `  Its staff   http://${host}:${shopPort}/admin?key=${staffKey}`,
    `  Proxy       ${proxyUrl}`,
    `  Emulator    ${emulator.url} (log in with demo / demo)`,
    '',
    '  What to try',
    '  · Put something into the cart, pay by Pix, and press “Mark as paid” in the test panel.',
    '  · Pay by card 4539 6206 5992 2097, any future expiry, code 123; then decline it for “Not enough funds”.',
    '  · Pay by debit card: a bank of the demonstration asks you first, as 3-D Secure does.',
    '  · Choose the sandbox outcome DECLINED at the buyer’s details (it becomes the first name) and pay by Pix.',
    '  · Choose Letsia or Lesspay as the payment provider: you pay on a page of its own, and come back.',
    '  · Choose Mexico, or another of the ten cash countries, and pay by Paycash.',
    '  · Pay, open the order, and give a part of it back on the staff’s page: both pages follow by webhook.',
    '  · Tick that the amount is only held, pay by card, and capture a part of it on the staff’s page.',
    '  · Set the next fault “Payment taken, answer lost” and pay: nobody is charged twice.',
    '',
    '  Stop with Ctrl+C.',
    '',
  );
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(0));
await start().catch(error => {
  if (!stopping) report(error);
  return stop(1);
});
