/**
 * A browser whose tabs are hidden and shown, frozen, kept for “back” and closed as a shopper’s are. Playwright’s own way of
 * starting keeps every page visible and forbids the back/forward cache.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { leaveNothing } from '../environment/leave-nothing.ts';

export interface RealBrowser {
  readonly context: BrowserContext;
  /** A tab in front of the one before. */
  readonly openTab: (url: string) => Promise<Page>;
  /** A tab in a window of its own: it hides no other. */
  readonly openWindow: (url: string) => Promise<Page>;
  /** The tab’s process dies. */
  readonly crash: (page: Page) => Promise<void>;
  /** Ends it and starts it again with the same profile. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function launch(profile: string): Promise<{ process: ChildProcess; browser: Browser }> {
  const child = spawn(
    await findChromium(),
    [
      ...chromiumFlags,
      '--headless=new',
      '--no-default-browser-check',
      '--remote-debugging-port=0',
      '--lang=pt-BR',
      '--window-size=1100,900',
      `--user-data-dir=${profile}`,
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  leaveNothing(child);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
    if (address) resolve(address);
  });
  child.once('exit', code => reject(new Error(`the browser ended with ${code}:\n${said}`)));
  const browser = await chromium.connectOverCDP(await promise, { noDefaults: true });
  return { process: child, browser };
}

async function end({ process, browser }: Awaited<ReturnType<typeof launch>>): Promise<void> {
  const ended = process.exitCode === null ? once(process, 'exit') : null;
  // As a shopper does it, so that everything is written to the profile.
  const session = await browser.newBrowserCDPSession();
  // Its answer may be lost with the connection.
  session.send('Browser.close').catch(() => process.kill());
  await ended;
}

export async function startRealBrowser(): Promise<RealBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'letpay-tabs-'));
  let running = await launch(profile);

  function context(): BrowserContext {
    const [first] = running.browser.contexts();
    if (!first) throw new Error('the browser has no profile');
    first.setDefaultTimeout(15_000);
    return first;
  }

  async function open(url: string, newWindow: boolean): Promise<Page> {
    const session = await running.browser.newBrowserCDPSession();
    const opened = context().waitForEvent('page');
    await session.send('Target.createTarget', { url: 'about:blank', newWindow });
    const page = await opened;
    await session.detach();
    await page.goto(url);
    return page;
  }

  return {
    get context() {
      return context();
    },
    openTab: url => open(url, false),
    openWindow: url => open(url, true),
    async crash(page) {
      const crashed = page.waitForEvent('crash');
      const session = await context().newCDPSession(page);
      // The answer never comes.
      session.send('Page.crash').catch(() => undefined);
      await crashed;
    },
    async restart() {
      await end(running);
      running = await launch(profile);
    },
    async close() {
      await end(running);
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
