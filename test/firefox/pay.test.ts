/** The two ways most shoppers pay, in Firefox, against the whole house: what only that browser does differently. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { findFirefox, firefoxPreferences } from '../environment/firefox.ts';
import { ledger, settle } from '../journeys/shop-visit.ts';
import { type Stack, startStack } from '../journeys/stack.ts';

let stack: Stack;
let browser: Browser;
before(async () => {
  stack = await startStack();
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    extraPrefsFirefox: firefoxPreferences,
  });
});
after(async () => {
  await browser?.close();
  await stack?.close();
});

const inTag = (selector: string) => `letpay-checkout >>> ${selector}`;

async function tagIs(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    wanted =>
      (document.querySelector('letpay-checkout') as unknown as { state: string } | null)?.state === wanted,
    {},
    state,
  );
}

/** From the shelf to the methods, by the shop’s own buttons. Answers with the order’s reference. */
async function orderSomething(page: Page, outcome: 'PAID' | null): Promise<string> {
  await page.goto(`${stack.shopUrl}/?country=BR`);
  await Promise.all([page.waitForNavigation(), page.locator('form[action="/cart/add"] button').click()]);
  await page.goto(`${stack.shopUrl}/checkout`);
  if (outcome) await page.select('select[name=outcome]', outcome);
  await page.locator('form.buyer button').click();
  await tagIs(page, 'choosing');
  const token = await page.$eval('letpay-checkout', tag => tag.getAttribute('payment-token'));
  const checkout = await fetch(`${stack.proxyUrl}/v1/checkout/${token}`);
  return ((await checkout.json()) as { reference_id: string }).reference_id;
}

async function visit(run: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text());
  });
  try {
    await run(page);
    assert.deepEqual(errors, [], 'the page says nothing of errors');
  } finally {
    await context.close();
  }
}

it('a card is PAID and charged once', () =>
  visit(async page => {
    const reference = await orderSomething(page, 'PAID');
    await page.locator(inTag('[part~="method-CREDITCARD"]')).click();
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
    await page.locator(inTag('[part~="pay-button"]')).click();
    await tagIs(page, 'paid');
    assert.deepEqual(
      (await ledger(stack, reference)).map(entry => [entry.status, entry.send_accepted]),
      [['PAID', 1]],
    );
  }));

it('a Pix code is copied, paid at the bank, and the page says so by itself', () =>
  visit(async page => {
    const reference = await orderSomething(page, null);
    await page.locator(inTag('[part~="method-PIX"]')).click();
    await page.locator(inTag('[part~="pay-button"]')).click();
    await tagIs(page, 'waiting');
    await page.waitForSelector(inTag('[part~="qr-code"]'), { visible: true });
    await page.locator(inTag('[part~="copy-button"]')).click();
    await page.waitForSelector(inTag('[part~="copy-note"].copied'));
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^000201.*6304[0-9A-F]{4}$/);
    await settle(stack, reference, 'PAID');
    await tagIs(page, 'paid');
  }));
