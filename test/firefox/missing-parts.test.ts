/**
 * A file of the script that does not arrive at first. Firefox until 154 keeps a failed import for the life of the page, so
 * what helps in Chromium (the same import again) sends no request there.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { startEmulator } from '../../demo/emulator/emulator.ts';
import { findFirefox, firefoxPreferences } from '../environment/firefox.ts';
import { merchantKey, type ProxyProcess, startProxy } from '../faults/proxy-process.ts';
import { type Front, startFront } from '../journeys/front.ts';

let emulator: Awaited<ReturnType<typeof startEmulator>>;
let proxy: ProxyProcess;
let front: Front;
let browser: Browser;

before(async () => {
  emulator = await startEmulator({ port: 0 });
  front = await startFront(() => proxy.url);
  proxy = await startProxy({
    letpayUrl: emulator.url,
    storeUrl: 'memory:',
    pspTimeoutMs: 5_000,
    env: { ALLOWED_ORIGINS: front.url },
  });
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    extraPrefsFirefox: firefoxPreferences,
  });
});
after(async () => {
  await browser?.close();
  await front?.goDown();
  await proxy?.stop();
  await emulator?.close();
});

let orders = 0;

async function placeOrder(): Promise<string> {
  const answer = await fetch(`${proxy.url}/v1/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${merchantKey}` },
    body: JSON.stringify({
      amount: 123.45,
      asset: 'BRL',
      reference_id: `PARTS-${++orders}`,
      person_firstname: 'PAID',
      person_surname: 'Sonnentag',
      person_taxid: '39784045087',
      person_email: 'alice@example.com',
      disable_address: true,
      payment_country: 'BR',
      payment_currency: 'BRL',
    }),
  });
  return ((await answer.json()) as { payment_token: string }).payment_token;
}

const inTag = (selector: string) => `letpay-checkout >>> ${selector}`;

async function tagIs(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    wanted =>
      (document.querySelector('letpay-checkout') as unknown as { state: string } | null)?.state === wanted,
    {},
    state,
  );
}

/** A shop’s page on which the first request for a file that begins so dies. */
async function withoutPart(part: string, run: (page: Page, asked: () => string[]) => Promise<void>) {
  const asked: string[] = [];
  front.isCut = path => {
    if (!path.startsWith(`/letpay-${part}-`)) return false;
    asked.push(path);
    return asked.length === 1;
  };
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await page.goto(`${front.url}/shop/${await placeOrder()}`);
    await run(page, () => asked);
    assert.match(asked[1] ?? '', /\?again=1$/, 'the file was asked for again, under another address');
  } finally {
    front.isCut = () => false;
    await context.close();
  }
}

const press = (page: Page, part: string) => page.locator(inTag(`[part~="${part}"]`)).click();

async function payBy(page: Page, method: string): Promise<void> {
  await press(page, `method-${method}`);
  await press(page, 'pay-button');
}

it('the words: a press of the button brings them', () =>
  withoutPart('pt-br', async page => {
    await press(page, 'retry-button');
    await page.waitForSelector(inTag('[part~="pay-button"]'));
  }));

for (const part of ['after-submission', 'instrument']) {
  it(`${part}: the next press of the pay button sends`, () =>
    withoutPart(part, async (page, asked) => {
      await page.waitForSelector(inTag('[part~="pay-button"]'));
      while (asked().length === 0) await page.waitForNetworkIdle();
      await payBy(page, 'PIX');
      await tagIs(page, 'waiting');
      await page.waitForSelector(inTag('[part~="qr-code"]'));
    }));
}

it('the code of a Pix, missing when it was to be loaded ahead, is drawn all the same', () =>
  withoutPart('pix-instrument', async page => {
    await payBy(page, 'PIX');
    await tagIs(page, 'waiting');
    await page.waitForSelector(inTag('[part~="qr-code"]'));
  }));

it('what one voucher shares with another, missing likewise, is there with the bars', () =>
  withoutPart('reminder-button', async page => {
    await payBy(page, 'BOLETO');
    await tagIs(page, 'waiting');
    await page.waitForSelector(inTag('[part~="barcode"]'));
  }));

for (const part of ['card-rules', 'installment-offers', 'after-first-screen']) {
  it(`${part}: what was typed stays, and a later press pays`, () =>
    withoutPart(part, async page => {
      await press(page, 'method-CREDITCARD');
      const year = String((new Date().getFullYear() + 3) % 100);
      for (const [name, text] of [
        ['card_number', '4539620659922097'],
        ['card_expiry', `12${year}`],
        ['card_cvv', '123'],
        ['card_holder', 'MARINA AZEVEDO'],
      ] as const) {
        const field = await page.waitForSelector(inTag(`input[name=${name}]`));
        await field?.type(text);
      }
      await press(page, 'pay-button');
      await tagIs(page, 'paid');
    }));
}
