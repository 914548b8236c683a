/**
 * The built files in the oldest Chromium that README promises, and in the last one of Windows 7 and 8: every file and every
 * method to PAID, against the whole house. `test/run.ts` names the programs; a version that cannot be had here is left out
 * there, with words.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { oldChromiums } from '../environment/old-chromium.ts';
import { choose, fillCard, ledger, orderSomething, pay, settle, tagIs } from '../journeys/shop-visit.ts';
import { type Stack, startStack } from '../journeys/stack.ts';
import { launchOldBrowser, openPage } from './old-browser.ts';

type Method = 'CREDITCARD' | 'PIX' | 'BOLETO' | 'PAYCASH';
type Where = 'module' | 'one file' | 'classic script' | 'hosted page';

const places: readonly Where[] = ['module', 'one file', 'classic script', 'hosted page'];

const methods: readonly Method[] = ['CREDITCARD', 'PIX', 'BOLETO', 'PAYCASH'];

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

const scripts = {
  'one file': '<script type="module" src="{proxy}/letpay-checkout.one.js"></script>',
  'classic script': '<script src="{proxy}/letpay-checkout.classic.js"></script>',
} as const;

/** From the shelf to the first screen of the tag, in a page that loads it as `where` says. */
async function arrive(page: Page, where: Where, method: Method): Promise<string> {
  const country = method === 'PAYCASH' ? 'MX' : 'BR';
  const { paymentToken, reference } = await orderSomething(stack, page, {
    country,
    ...(method === 'CREDITCARD' && { outcome: 'PAID' }),
  });
  if (where === 'module') return reference;
  if (where === 'hosted page') await page.goto(`${stack.proxyUrl}/pay/${paymentToken}`);
  else {
    const address = `${stack.shopUrl}/embedded`;
    const script = scripts[where].replace('{proxy}', stack.proxyUrl);
    await page.route(address, route =>
      route.fulfill({
        contentType: 'text/html; charset=utf-8',
        body: `<!doctype html><html lang="pt-BR"><link rel="icon" href="data:,">${script}
          <letpay-checkout payment-token="${paymentToken}"></letpay-checkout></html>`,
      }),
    );
    await page.goto(address);
  }
  await tagIs(page, 'choosing');
  return reference;
}

/** Nothing of the tag stands beside the screen, where no shopper looks for a button. */
async function assertFits(page: Page): Promise<void> {
  const beyond = await page.locator('letpay-checkout').evaluate(tag => {
    const edge = document.documentElement.clientWidth;
    return [...(tag.shadowRoot?.querySelectorAll('.frame, button, [part], input, select, dd') ?? [])].flatMap(
      element => {
        const { right, width } = element.getBoundingClientRect();
        return width > 0 && right > edge
          ? [`${element.getAttribute('part') ?? element.className}: ${right}`]
          : [];
      },
    );
  });
  assert.deepEqual(beyond, []);
}

const codes = { PIX: 'qr-code', BOLETO: 'barcode', PAYCASH: 'barcode' } as const;

for (const major of oldChromiums) {
  const program = process.env[`CHROMIUM_${major}_PATH`];
  if (!program) continue;
  describe(`in Chromium ${major}`, () => {
    let browser: Browser;
    before(async () => {
      browser = await launchOldBrowser(program);
    });
    after(() => browser.close());

    for (const [where, method] of places.flatMap(where => methods.map(method => [where, method] as const))) {
      it(`${where}: ${method} is PAID and sent once`, async () => {
        const context = await browser.newContext({ locale: 'pt-BR', viewport: { width: 360, height: 740 } });
        context.setDefaultTimeout(15_000);
        const page = await openPage(context);
        const errors: string[] = [];
        page.on('pageerror', error => errors.push(error.message));
        try {
          const reference = await arrive(page, where, method);
          await choose(page, method);
          if (method === 'CREDITCARD') {
            await fillCard(page);
            await page.locator('select[name=card_installments]').selectOption('2');
          }
          await assertFits(page);
          await pay(page);
          if (method !== 'CREDITCARD') {
            await tagIs(page, 'waiting');
            await page.locator(`[part~="${codes[method]}"]`).waitFor({ state: 'visible' });
            await assertFits(page);
            await settle(stack, reference, 'PAID');
          }
          await tagIs(page, 'paid');
          await assertFits(page);
          const entries = await ledger(stack, reference);
          assert.deepEqual(
            entries.map(entry => [entry.status, entry.send_accepted]),
            [['PAID', 1]],
          );
          assert.deepEqual(errors, []);
        } finally {
          await context.close();
        }
      });
    }
  });
}
