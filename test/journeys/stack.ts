/**
 * The whole house as `npm start` runs it (emulator, proxy process, shop) and a browser in front of it, for one test file.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';

export interface Stack {
  readonly shopUrl: string;
  readonly proxyUrl: string;
  readonly emulatorUrl: string;
  /** A fresh shopper: no cookies, no storage. Hosts that the page asked for are in `hosts`. */
  openShop(options?: BrowserContextOptions): Promise<Shopper>;
  close(): Promise<void>;
}

export interface Shopper {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Every host that the shopper’s pages asked for anything. */
  readonly hosts: ReadonlySet<string>;
  /** Errors of the page: uncaught ones, and what it wrote to the console as an error. */
  readonly errors: readonly string[];
}

const startsWithinMs = 90_000;

export async function startStack(): Promise<Stack> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../demo/start.ts')], {
    env: { ...process.env, SHOP_PORT: '0', PORT: '0', EMULATOR_PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const addresses = await readAddresses(child);
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
  return {
    ...addresses,
    openShop: options => openShop(browser, options),
    async close() {
      await browser.close();
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function readAddresses(
  child: ChildProcess,
): Promise<{ shopUrl: string; proxyUrl: string; emulatorUrl: string }> {
  let printed = '';
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(`the demo did not start:\n${printed}`)), startsWithinMs);
  const take = (chunk: Buffer) => {
    printed += chunk.toString();
    if (printed.includes('Stop with')) resolve();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  child.once('exit', code => reject(new Error(`the demo ended with ${code}:\n${printed}`)));
  await promise.finally(() => clearTimeout(timer));
  const addressAfter = (word: string) => {
    const address = new RegExp(`${word}\\s+(http://127\\.0\\.0\\.1:\\d+)`).exec(printed)?.[1];
    if (!address) throw new Error(`no address of the ${word} in:\n${printed}`);
    return address;
  };
  return {
    shopUrl: addressAfter('Demo shop'),
    proxyUrl: addressAfter('Proxy'),
    emulatorUrl: addressAfter('Emulator'),
  };
}

async function openShop(browser: Browser, options: BrowserContextOptions = {}): Promise<Shopper> {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 900 },
    locale: 'pt-BR',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const hosts = new Set<string>();
  const errors: string[] = [];
  context.on('request', request => {
    const { protocol, host } = new URL(request.url());
    if (protocol.startsWith('http')) hosts.add(host);
  });
  page.on('pageerror', error => errors.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  return { page, context, hosts, errors };
}
