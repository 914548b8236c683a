/** A code is copied where the clipboard is refused, as in frames of other sites and in the web views of apps. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { checkouts, pixCode } from '../widget/checkouts.ts';
import { openMerchantPage, scriptTag, shopOrigin } from './merchant-page.ts';

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
});
after(() => browser.close());

const module = scriptTag('letpay-checkout.js');

async function copiesIn(page: Page): Promise<string> {
  await page.locator('[part~="copy-button"]').first().click();
  await page.locator('[part~="copy-note"].copied').waitFor();
  // What the shopper pastes is what counts.
  await page.evaluate(() => {
    const area = document.body.appendChild(document.createElement('textarea'));
    area.id = 'paste-here';
    area.focus();
  });
  await page.keyboard.press('Control+V');
  return page.locator('#paste-here').inputValue();
}

it('a page to which the clipboard is refused copies by the old command', async () => {
  const shop = await openMerchantPage(browser, {
    head: module,
    checkout: checkouts.waiting,
    before: [
      () =>
        Object.defineProperty(navigator, 'clipboard', {
          value: { writeText: () => Promise.reject(new DOMException('refused', 'NotAllowedError')) },
        }),
    ],
  });
  try {
    assert.equal(await copiesIn(shop.page), pixCode);
  } finally {
    await shop.close();
  }
});

it('a page without a clipboard, as every page of plain http, copies too', async () => {
  const shop = await openMerchantPage(browser, {
    head: module,
    checkout: checkouts.waiting,
    before: [() => Object.defineProperty(navigator, 'clipboard', { value: undefined })],
  });
  try {
    assert.equal(await copiesIn(shop.page), pixCode);
  } finally {
    await shop.close();
  }
});

it('where nothing copies it is not called copied', async () => {
  const shop = await openMerchantPage(browser, {
    head: module,
    checkout: checkouts.waiting,
    before: [
      () => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => true;
      },
    ],
  });
  try {
    await shop.page.locator('[part~="copy-button"]').first().click();
    await shop.page.locator('[part~="copy-note"].by-hand').waitFor();
  } finally {
    await shop.close();
  }
});

it('a frame in a page of another site, which gives it no clipboard, copies too', async () => {
  const shop = await openMerchantPage(browser, { head: module, checkout: checkouts.waiting });
  try {
    const portal = await shop.page.context().newPage();
    await portal.route('https://portal.example/', route =>
      route.fulfill({
        contentType: 'text/html',
        body: `<title>Portal</title><iframe src="${shopOrigin}/checkout" width="400" height="900"></iframe><textarea></textarea>`,
      }),
    );
    await portal.goto('https://portal.example/');
    const tag = portal.frameLocator('iframe');
    await tag.locator('[part~="copy-button"]').first().click();
    await tag.locator('[part~="copy-note"].copied').waitFor();
    await portal.locator('textarea').focus();
    await portal.keyboard.press('Control+V');
    assert.equal(await portal.locator('textarea').inputValue(), pixCode);
  } finally {
    await shop.close();
  }
});
