/** The bank’s own HTML of a boleto, as hostile as it can be, behind the fold of the packed tag on a merchant’s page. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { type Browser, chromium, type Frame } from 'playwright-core';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { checkouts, instruments } from '../widget/checkouts.ts';
import {
  type MerchantPage,
  type MerchantPageOptions,
  openMerchantPage,
  proxyOrigin,
  scriptTag,
  shopOrigin,
} from './merchant-page.ts';

/** A third host that counts who knocks, so that a connection without a request counts too. */
let third: Server;
let knocks = 0;
let browser: Browser;

before(async () => {
  third = createServer(socket => {
    knocks++;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(third, 'listening');
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
});
after(async () => {
  await browser.close();
  third.close();
});

const link = (target: string, top: number) =>
  `<a href="https://third.example/${target}" target="${target}" class="cover" style="top: ${top}px">Pagar aqui</a>`;

function hostilePage(): string {
  const { port } = third.address() as AddressInfo;
  const tell = (what: string) => `top.postMessage('${what} ran', '*')`;
  return `<!DOCTYPE html><html lang="pt-BR"><head><title>Boleto</title>
    <base href="https://third.example/" target="_top">
    <meta http-equiv="refresh" content="0;url=https://third.example/refresh">
    <meta http-equiv="Content-Security-Policy" content="default-src * data: 'unsafe-inline'">
    <link rel="preconnect" href="http://127.0.0.1:${port}"><link rel="dns-prefetch" href="//third.example">
    <link rel="prefetch" href="https://third.example/prefetch"><link rel="stylesheet" href="https://third.example/s.css">
    <link rel="icon" href="https://third.example/icon"><link rel="manifest" href="https://third.example/manifest">
    <style>@import url(https://third.example/import.css); @font-face { font-family: f; src: url(https://third.example/font) }
      body { margin: 0; font-family: f; background: url(https://third.example/background) }
      .cover { position: absolute; left: 0; width: 100%; height: 50px; background: #dfe }</style>
    <script>${tell('script')}; top.location = 'https://third.example/script'</script>
    <script src="https://third.example/script.js"></script></head>
    <body onload="${tell('onload')}">
    <img src="https://third.example/image.png" onerror="${tell('onerror')}"><img src="data:,x" onerror="${tell('onerror')}">
    <svg onload="${tell('svg')}"><image href="https://third.example/svg.png"/></svg>
    <iframe src="https://third.example/frame"></iframe><iframe srcdoc="<script>${tell('nested')}</script>"></iframe>
    <object data="https://third.example/object"></object><embed src="https://third.example/embed">
    <video src="https://third.example/video" poster="https://third.example/poster" autoplay></video>
    ${link('_top', 0)} ${link('_parent', 50)} ${link('_self', 100)} ${link('_blank', 150)}
    <a href="https://third.example/ping" ping="https://third.example/pinged" target="_self" class="cover" style="top: 200px">Pagar</a>
    <form action="https://third.example/form" target="_top"><button class="cover" style="top: 250px">Pagar</button></form>
    <form action="https://third.example/form-self" target="_self"><input autofocus><button class="cover" style="top: 300px">Pagar</button></form>
    <p id="end">fim</p></body></html>`;
}

interface Heard {
  readonly heard: readonly unknown[];
}

async function visit(
  options: Partial<MerchantPageOptions>,
  run: (shop: MerchantPage) => Promise<void>,
): Promise<void> {
  const instrument = { ...instruments.BOLETO, html: hostilePage() };
  const shop = await openMerchantPage(browser, {
    head: scriptTag('letpay-checkout.js'),
    checkout: { ...checkouts.waiting, method: 'BOLETO', instrument },
    before: [
      () => {
        const heard: unknown[] = [];
        Object.assign(window, { heard });
        window.addEventListener('message', event => heard.push(event.data));
      },
    ],
    ...options,
  });
  try {
    await shop.page.locator('[part~="barcode"]').waitFor({ state: 'visible' });
    await run(shop);
  } finally {
    await shop.close();
  }
}

/** Unfolds the bank’s page and waits until the browser has read it to its end. */
async function unfold({ page }: MerchantPage): Promise<Frame> {
  await page.locator('[part~="bank-page"] summary').click();
  const frame = await (await page.locator('[part~="bank-page"] iframe').elementHandle())?.contentFrame();
  assert.ok(frame);
  await frame.waitForSelector('#end', { state: 'attached' });
  return frame;
}

const strangers = ({ requests }: MerchantPage) =>
  requests.filter(address => ![shopOrigin, proxyOrigin].includes(new URL(address).origin));

describe('a hostile page of the bank', () => {
  it('is shown, runs nothing, asks no third host for anything and leads nowhere', () =>
    visit({}, async shop => {
      const { page } = shop;
      const frame = await unfold(shop);
      const view = page.locator('[part~="bank-page-view"]');
      await view.scrollIntoViewIfNeeded();
      const box = await view.boundingBox();
      assert.ok(box);
      for (const y of [25, 75, 125, 175, 225, 275, 325]) await page.mouse.click(box.x + 60, box.y + y);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      // An answer from afar: whatever was under way has left by now.
      await page.locator('[part~="check-button"]').click();
      await page.locator('[part~="check-note"]').waitFor();
      assert.deepEqual(await page.evaluate(() => (window as unknown as Heard).heard), []);
      assert.deepEqual(strangers(shop), []);
      assert.equal(knocks, 0);
      assert.equal(page.url(), `${shopOrigin}/checkout`);
      assert.equal(page.context().pages().length, 1);
      assert.equal(frame.url(), 'about:srcdoc');
      assert.equal(await frame.locator('#end').textContent(), 'fim');
    }));

  it('is shown where the page demands Trusted Types and allows our policy', () =>
    visit({ policy: "require-trusted-types-for 'script'; trusted-types letpay-checkout" }, async shop => {
      await unfold(shop);
      assert.deepEqual(await shop.errorCodes(), []);
      assert.deepEqual(strangers(shop), []);
    }));

  for (const names of ['dompurify', "'none'", 'lit-html']) {
    it(`is shown where the page lists only ${names} as policies and demands none`, () =>
      visit({ policy: `trusted-types ${names}` }, async shop => {
        await unfold(shop);
        assert.deepEqual(await shop.errorCodes(), []);
        assert.deepEqual(strangers(shop), []);
      }));
  }

  it('finds no way out under the strictest policy either, and the voucher is whole', () =>
    visit(
      { policy: `default-src 'none'; script-src ${proxyOrigin}; connect-src ${proxyOrigin}` },
      async shop => {
        await unfold(shop);
        assert.deepEqual(strangers(shop), []);
        assert.equal(await shop.page.locator('[part~="barcode"]').isVisible(), true);
        assert.deepEqual(await shop.page.evaluate(() => (window as unknown as Heard).heard), []);
      },
    ));
});
