/** Leaving for the bank’s app and coming back; reload, “back”, a closed tab, a closed browser; a network that dies. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startEmulator } from '../../demo/emulator/emulator.ts';
import { until } from '../faults/crew.ts';
import { merchantKey, type ProxyProcess, startProxy } from '../faults/proxy-process.ts';
import { type Front, startFront } from './front.ts';
import { type RealBrowser, startRealBrowser } from './real-tabs.ts';
import { choose, fillCard, ledger, pay, settle, tagIs } from './shop-visit.ts';
import type { Stack } from './stack.ts';

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let proxy: ProxyProcess;
let front: Front;
let browser: RealBrowser;
/** What `shop-visit.ts` needs of a stack. */
let stack: Stack;

before(async () => {
  emulator = await startEmulator({ port: 0 });
  front = await startFront(() => proxy.url);
  proxy = await startProxy({
    letpayUrl: emulator.url,
    storeUrl: 'memory:',
    pspTimeoutMs: 5_000,
    env: { ALLOWED_ORIGINS: front.url },
  });
  stack = { emulatorUrl: emulator.url, proxyUrl: front.url } as Stack;
  browser = await startRealBrowser();
});
after(async () => {
  await browser?.close();
  await front?.goDown();
  await proxy?.stop();
  await emulator?.close();
});
async function closeTabs(): Promise<void> {
  front.weather = 'fine';
  const [keep, ...others] = browser.context.pages();
  for (const page of others) await page.close();
  await keep?.goto('about:blank');
}

interface Placed {
  readonly token: string;
  readonly reference: string;
  /** The hosted page. */
  readonly url: string;
  /** A merchant’s page with the tag. */
  readonly shopUrl: string;
}

let orders = 0;

async function place(fields: Readonly<Record<string, unknown>> = {}): Promise<Placed> {
  const reference = `BACK-${++orders}`;
  const answer = await fetch(`${proxy.url}/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${merchantKey}` },
    body: JSON.stringify({
      amount: 123.45,
      asset: 'BRL',
      reference_id: reference,
      person_firstname: 'Alice',
      person_surname: 'Sonnentag',
      person_taxid: '39784045087',
      person_email: 'alice@example.com',
      disable_address: true,
      payment_country: 'BR',
      payment_currency: 'BRL',
      ...fields,
    }),
  });
  assert.equal(answer.status, 201);
  const { payment_token: token } = (await answer.json()) as { payment_token: string };
  return { token, reference, url: `${front.url}/pay/${token}`, shopUrl: `${front.url}/shop/${token}` };
}

async function payBy(page: Page, method: string): Promise<void> {
  await tagIs(page, 'choosing');
  await choose(page, method);
  if (method === 'CREDITCARD') await fillCard(page);
  await pay(page);
}

async function waitsForPix(where: 'url' | 'shopUrl' = 'url'): Promise<Placed & { readonly page: Page }> {
  const placed = await place();
  const page = await browser.openTab(placed[where]);
  await payBy(page, 'PIX');
  await tagIs(page, 'waiting');
  await until(async () => front.openFeeds === 1);
  return { ...placed, page };
}

/** The proxy has heard of it. */
async function isKnown({ token }: Placed, status: string): Promise<void> {
  await until(async () => {
    const answer = await fetch(`${proxy.url}/v1/checkout/${token}`);
    return ((await answer.json()) as { status: string }).status === status;
  });
}

describe('the bank’s app', () => {
  afterEach(closeTabs);

  it('is paid in while the page is hidden and silent, and one read tells the shopper who comes back', async t => {
    const { page, ...placed } = await waitsForPix();
    await page.evaluate(() => {
      const times = { back: 0, paid: 0 };
      Object.assign(window, { times });
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) times.back = performance.now();
      });
      document.addEventListener('letpay-paid', () => {
        times.paid = performance.now();
      });
    });
    const bank = await browser.openTab('about:blank');
    await page.waitForFunction(() => document.hidden, null, { polling: 20 });
    await until(async () => front.openFeeds === 0);
    front.calls.length = 0;

    await settle(stack, placed.reference, 'PAID');
    await isKnown(placed, 'PAID');
    // Long enough for the two reads of a page in front.
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 5_000)));
    assert.deepEqual(front.calls, [], 'a hidden page asks nothing');
    assert.equal(await page.evaluate(() => document.querySelector('letpay-checkout')?.state), 'waiting');

    await page.bringToFront();
    await tagIs(page, 'paid');
    assert.ok(front.calls.filter(call => call === 'GET').length === 1, `one read: ${front.calls}`);
    const ms = await page.evaluate(() => {
      const { times } = window as unknown as { times: { back: number; paid: number } };
      return times.paid - times.back;
    });
    t.diagnostic(`paid is on screen ${ms.toFixed(0)} ms after the return`);
    await bank.close();
  });

  it('keeps the page frozen, and the page looks when it thaws', async () => {
    const { page, ...placed } = await waitsForPix();
    await browser.openTab('about:blank');
    const session = await browser.context.newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await until(async () => front.openFeeds === 0);
    await settle(stack, placed.reference, 'PAID');
    await isKnown(placed, 'PAID');
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await page.bringToFront();
    await tagIs(page, 'paid');
  });
});

describe('ten windows on one checkout', () => {
  const windows: Page[] = [];
  let placed: Placed;
  before(async () => {
    placed = await place();
    const first = await browser.openWindow(placed.url);
    await payBy(first, 'PIX');
    await tagIs(first, 'waiting');
    windows.push(first);
    while (windows.length < 10) {
      const page = await browser.openWindow(placed.url);
      await tagIs(page, 'waiting');
      windows.push(page);
    }
  });

  /** The windows that hold the lock of the checkout. */
  async function leaders(): Promise<Page[]> {
    const holds = await Promise.all(
      windows.map(page =>
        page.evaluate(() =>
          navigator.locks.request(Math.random().toString(), async lock => {
            const held = (await navigator.locks.query()).held ?? [];
            const own = held.find(({ name }) => name === lock?.name)?.clientId;
            return held.some(({ name, clientId }) => name?.endsWith('/events') && clientId === own);
          }),
        ),
      ),
    );
    return windows.filter((_, index) => holds[index]);
  }

  it('hold one feed, and one of them reads', async () => {
    for (const page of windows) assert.equal(await page.evaluate(() => document.visibilityState), 'visible');
    await until(async () => front.openFeeds === 1);
    front.calls.length = 0;
    await windows[0]?.evaluate(() => new Promise(resolve => setTimeout(resolve, 6_000)));
    assert.equal(front.openFeeds, 1);
    assert.ok(front.calls.length <= 1, `at most one read in six seconds: ${front.calls}`);
    assert.equal((await leaders()).length, 1);
  });

  for (const [what, lose] of [
    ['closed', (page: Page) => page.close()],
    ['crashed', (page: Page) => browser.crash(page)],
  ] as const) {
    it(`have a new leader when the old one is ${what}`, async t => {
      const [leader] = await leaders();
      assert.ok(leader);
      windows.splice(windows.indexOf(leader), 1);
      const from = Date.now();
      front.calls.length = 0;
      await lose(leader);
      await until(async () => front.calls.includes('GET /events') && front.openFeeds === 1);
      t.diagnostic(`a new feed ${Date.now() - from} ms after the leader was ${what}`);
      assert.equal((await leaders()).length, 1);
    });
  }

  it('have a new leader when the old one is hidden, which is a follower when it comes back', async () => {
    const [leader] = await leaders();
    assert.ok(leader);
    const session = await browser.context.newCDPSession(leader);
    const { windowId } = await session.send('Browser.getWindowForTarget');
    front.calls.length = 0;
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
    await leader.waitForFunction(() => document.hidden, null, { polling: 20 });
    await until(async () => front.calls.includes('GET /events') && front.openFeeds === 1);
    const [next, ...more] = await leaders();
    assert.ok(next && next !== leader && more.length === 0);
    front.calls.length = 0;
    await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
    await leader.waitForFunction(() => !document.hidden, null, { polling: 20 });
    await until(async () => front.calls.includes('GET'));
    assert.equal(front.openFeeds, 1);
    assert.equal((await leaders())[0], next);
    assert.ok(!front.calls.includes('GET /events'), 'the follower opens no feed');
  });

  it('all say that it is paid, told by the one that heard it', async () => {
    front.calls.length = 0;
    await settle(stack, placed.reference, 'PAID');
    for (const page of windows) await tagIs(page, 'paid');
    assert.ok(front.calls.length <= 1, `they did not ask one by one: ${front.calls}`);
    assert.equal(front.openFeeds, 0);
    for (const page of windows.splice(0)) await page.close();
  });
});

interface Screen {
  readonly state: string;
  readonly reach: (page: Page, placed: Placed) => Promise<void>;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** What is on screen and has to be there again. */
  readonly shows?: string;
}

const mexico = { payment_country: 'MX', payment_currency: 'MXN', asset: 'MXN' };

const screens: Readonly<Record<string, Screen>> = {
  'a Pix code': { state: 'waiting', shows: 'pix-code', reach: page => payBy(page, 'PIX') },
  'a boleto': { state: 'waiting', shows: 'boleto-line', reach: page => payBy(page, 'BOLETO') },
  'a cash reference': {
    state: 'waiting',
    shows: 'paycash-reference',
    fields: mexico,
    reach: page => payBy(page, 'PAYCASH'),
  },
  'a card whose outcome is unknown': { state: 'verifying', reach: page => payBy(page, 'CREDITCARD') },
  'a paid card': {
    state: 'paid',
    fields: { person_firstname: 'PAID' },
    reach: page => payBy(page, 'CREDITCARD'),
  },
  'a declined card': {
    state: 'declined',
    reach: async (page, { reference }) => {
      await payBy(page, 'CREDITCARD');
      await tagIs(page, 'verifying');
      await settle(stack, reference, 'DECLINED', '01.05.0012');
    },
  },
};

const textOf = async (page: Page, { shows }: Screen) =>
  shows ? page.locator(`[part~="${shows}"]`).first().textContent() : null;

describe('the same screen, and no second charge', () => {
  afterEach(closeTabs);

  for (const [what, screen] of Object.entries(screens)) {
    it(`${what}: after a reload, in a tab that was discarded, in another tab, and after the browser was closed`, async () => {
      const placed = await place(screen.fields);
      let page = await browser.openTab(placed.url);
      await screen.reach(page, placed);
      await tagIs(page, screen.state);
      const before = await textOf(page, screen);
      const comesBack = async () => {
        await tagIs(page, screen.state);
        assert.equal(await textOf(page, screen), before);
      };
      await page.reload();
      await comesBack();
      // A discarded tab begins anew with the storage of its session.
      const kept = await page.evaluate(() => JSON.stringify(sessionStorage));
      await page.goto('about:blank');
      await page.goto(placed.url);
      assert.equal(await page.evaluate(() => JSON.stringify(sessionStorage)), kept);
      await comesBack();
      await page.close();
      page = await browser.openTab(placed.url);
      await comesBack();
      await browser.restart();
      page = await browser.openTab(placed.url);
      await comesBack();
      const entries = await ledger(stack, placed.reference);
      assert.deepEqual(
        entries.map(entry => entry.send_accepted),
        [1],
      );
    });
  }
});

/** Away to another page of the shop and back by the browser’s own button, to the page as it was kept. */
async function thereAndBack(page: Page, meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { isKept: persisted }));
  });
  const session = await browser.context.newCDPSession(page);
  await session.send('Page.enable');
  const refusals: unknown[] = [];
  session.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) =>
    refusals.push(...notRestoredExplanations.map(({ reason }) => reason)),
  );
  await page.goto(`${front.url}/shop/`);
  await meanwhile();
  const { entries, currentIndex } = await session.send('Page.getNavigationHistory');
  const entryId = entries[currentIndex - 1]?.id;
  assert.ok(entryId !== undefined);
  await session.send('Page.navigateToHistoryEntry', { entryId });
  await until(() =>
    page.evaluate(() => (window as { isKept?: boolean }).isKept ?? false).catch(() => refusals.length > 0),
  );
  assert.deepEqual(refusals, [], 'the tag does not keep the page out of the back/forward cache');
}

describe('“back”', () => {
  afterEach(closeTabs);

  it('finds the page as the browser kept it, and what was paid meanwhile', async () => {
    const { page, ...placed } = await waitsForPix('shopUrl');
    await thereAndBack(page, async () => {
      await until(async () => front.openFeeds === 0);
      await settle(stack, placed.reference, 'PAID');
      await isKnown(placed, 'PAID');
    });
    await tagIs(page, 'paid');
  });

  it('finds a form that was paid in another tab paid', async () => {
    const placed = await place();
    const page = await browser.openTab(placed.shopUrl);
    await tagIs(page, 'choosing');
    await page.waitForLoadState('networkidle');
    await thereAndBack(page, async () => {
      const other = await browser.openTab(placed.url);
      await payBy(other, 'PIX');
      await tagIs(other, 'waiting');
      await settle(stack, placed.reference, 'PAID');
      await tagIs(other, 'paid');
      await other.close();
    });
    await tagIs(page, 'paid');
  });

  for (const [how, leave] of [
    ['kept page', (page: Page) => thereAndBack(page)],
    ['reloaded page', (page: Page) => page.reload()],
  ] as const) {
    it(`finds no card in the fields of a ${how}`, async () => {
      const page = await browser.openTab((await place()).shopUrl);
      await tagIs(page, 'choosing');
      await choose(page, 'CREDITCARD');
      await fillCard(page);
      await leave(page);
      await tagIs(page, 'choosing');
      if (how === 'reloaded page') await choose(page, 'CREDITCARD');
      for (const name of ['card_number', 'card_cvv', 'card_holder', 'card_expiry']) {
        assert.equal(await page.locator(`input[name=${name}]`).inputValue(), '', name);
      }
    });
  }
});

/** Tries become rarer while they fail. */
async function paidWithin(page: Page, timeout: number): Promise<void> {
  await page.waitForFunction(() => document.querySelector('letpay-checkout')?.state === 'paid', null, {
    timeout,
  });
}

describe('a network that dies', () => {
  afterEach(closeTabs);

  it('and comes back leaves the Pix code on screen all the time, and the payment is seen', async () => {
    const { page, ...placed } = await waitsForPix();
    const code = await textOf(page, screens['a Pix code'] as Screen);
    const states: string[] = [];
    await page.exposeFunction('sawState', (state: string) => states.push(state));
    await page.evaluate(() =>
      document.addEventListener('letpay-state-change', event =>
        (window as unknown as { sawState: (state: string) => void }).sawState(
          (event as unknown as { state: string }).state,
        ),
      ),
    );
    await front.goDown();
    await settle(stack, placed.reference, 'PAID');
    await isKnown(placed, 'PAID');
    // The page has tried, in vain.
    await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 7_000)));
    assert.deepEqual(states, []);
    assert.equal(await textOf(page, screens['a Pix code'] as Screen), code);
    await front.comeBack();
    await paidWithin(page, 40_000);
    assert.deepEqual(states, ['paid']);
  });

  it('cuts every connection for a while, and the payment is seen afterwards', async () => {
    const { page, ...placed } = await waitsForPix();
    front.calls.length = 0;
    front.weather = 'cut';
    await page.evaluate(() => {
      dispatchEvent(new Event('offline'));
      dispatchEvent(new Event('online'));
    });
    await until(async () => front.calls.filter(call => call === 'GET').length >= 2);
    assert.equal(await page.evaluate(() => document.querySelector('letpay-checkout')?.state), 'waiting');
    await settle(stack, placed.reference, 'PAID');
    await isKnown(placed, 'PAID');
    front.weather = 'fine';
    await paidWithin(page, 40_000);
  });

  it('is slow, and a shopper who comes and goes makes no pile of reads', async () => {
    const { page, ...placed } = await waitsForPix();
    front.weather = 'slow';
    front.calls.length = 0;
    await page.evaluate(() => {
      for (let times = 0; times < 20; times += 1) dispatchEvent(new Event('focus'));
    });
    await until(async () => front.calls.includes('GET'));
    await page.evaluate(() => {
      for (let times = 0; times < 20; times += 1) dispatchEvent(new Event('focus'));
    });
    await settle(stack, placed.reference, 'PAID');
    await paidWithin(page, 40_000);
    assert.deepEqual(front.calls, ['GET'], 'forty events of a return are one read');
  });
});
