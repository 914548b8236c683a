/** The packed files in merchants’ pages: strict policies, pinned hashes, several copies, blockers, a network that dies. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Browser, chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { boletoLine, checkouts, createCheckout, instruments } from '../widget/checkouts.ts';
import {
  integrityList,
  type MerchantPage,
  type MerchantPageOptions,
  openMerchantPage,
  partNamed,
  proxyOrigin,
  scriptTag,
  shopOrigin,
  tag,
} from './merchant-page.ts';
import { choose, fillCard, pay, tagIs } from './shop-visit.ts';

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
});
after(() => browser.close());

async function visit(
  options: MerchantPageOptions,
  run: (shop: MerchantPage) => Promise<void>,
): Promise<void> {
  const shop = await openMerchantPage(browser, options);
  try {
    await run(shop);
  } finally {
    await shop.close();
  }
}

const module = scriptTag('letpay-checkout.js');
const waiting = { checkout: createCheckout(), sendPayment: checkouts.waiting } as const;

/** From the first screen to a Pix code that was copied and paid; then nothing may have been refused or have failed. */
async function payByPix({ page, answer, complaints }: MerchantPage): Promise<void> {
  await page.locator('[part~="pay-button"]').waitFor();
  await choose(page, 'CREDITCARD');
  await fillCard(page);
  await choose(page, 'PIX');
  await pay(page);
  await tagIs(page, 'waiting');
  await page.locator('[part~="qr-code"]').waitFor({ state: 'visible' });
  await page.locator('[part~="copy-button"]').first().click();
  await page.locator('[part~="copy-note"]').first().waitFor({ state: 'visible' });
  answer(createCheckout({ status: 'PAID', method: 'PIX', now: '2026-11-20T12:00:05.000Z' }));
  await page.locator('[part~="check-button"]').click();
  await tagIs(page, 'paid');
  assert.deepEqual(
    complaints.filter(text => !text.includes('404')),
    [],
  );
}

const boleto = {
  checkout: { ...checkouts.waiting, method: 'BOLETO', instrument: instruments.BOLETO },
} as const;

/** A printer without a dialog: keeps what was on the sheet, and how large its code was set. */
function printAtOnce(): void {
  window.print = () => {
    const code = document.querySelector('code');
    Object.assign(window.parent, {
      sheet: { text: document.body.textContent, font: code && getComputedStyle(code).fontFamily },
    });
    window.dispatchEvent(new Event('afterprint'));
  };
}

async function printsBoleto({ page, complaints }: MerchantPage): Promise<void> {
  await page.locator('[part~="print-button"]').click();
  const sheet = await page.waitForFunction(
    () => (window as unknown as { sheet?: { text: string; font: string } }).sheet,
  );
  const { text, font } = (await sheet.jsonValue()) ?? { text: '', font: '' };
  assert.ok(text.replace(/\D/g, '').includes(boletoLine), text);
  assert.match(font, /monospace/);
  assert.deepEqual(
    complaints.filter(complaint => !complaint.includes('404')),
    [],
  );
}

/** The policy that the README gives to merchants, to the letter, with everything else forbidden. */
function publishedPolicy(): string {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const policy = /^script-src https:.*$/m.exec(readme)?.[0];
  assert.ok(policy, 'the README shows a policy');
  return `default-src 'none'; ${policy}; require-trusted-types-for 'script'; trusted-types letpay-checkout`;
}

describe('a page whose policy is the README’s', () => {
  for (const [name, attributes] of [
    ['letpay-checkout.js', 'type="module"'],
    ['letpay-checkout.one.js', 'type="module"'],
    ['letpay-checkout.classic.js', 'defer'],
  ] as const) {
    it(`takes a payment with ${name}, under Trusted Types, and nothing is refused (adyen-web #2336, adyen-web #1352)`, () =>
      visit({ ...waiting, head: scriptTag(name, attributes), policy: publishedPolicy() }, payByPix));
  }

  it('prints a boleto too', () =>
    visit({ head: module, policy: publishedPolicy(), ...boleto, before: [printAtOnce] }, printsBoleto));
});

describe('a browser without constructable style sheets', () => {
  const withoutSheets = () => {
    Reflect.deleteProperty(Document.prototype, 'adoptedStyleSheets');
    Reflect.deleteProperty(ShadowRoot.prototype, 'adoptedStyleSheets');
    Reflect.deleteProperty(CSSStyleSheet.prototype, 'replaceSync');
    Reflect.deleteProperty(CSSStyleSheet.prototype, 'replace');
  };
  const policy = () => `${publishedPolicy()}; style-src 'nonce-r4nd0m'`;

  it('takes style elements with the page’s nonce, on the first screen and on later ones (braintree-web-drop-in #904)', () =>
    visit(
      {
        ...waiting,
        head: module,
        body: tag.replace('>', ' nonce="r4nd0m">'),
        policy: policy(),
        before: [withoutSheets],
      },
      async shop => {
        await tagIs(shop.page, 'choosing');
        const button = await shop.page.locator('[part~="pay-button"]').boundingBox();
        assert.ok(button && button.height >= 44);
        await payByPix(shop);
        const styles = await shop.page.evaluate(
          () => document.querySelector('letpay-checkout')?.shadowRoot?.querySelectorAll('style').length,
        );
        assert.ok(styles && styles > 2);
      },
    ));

  it('prints a boleto', () =>
    visit(
      {
        head: module,
        body: tag.replace('>', ' nonce="r4nd0m">'),
        policy: policy(),
        ...boleto,
        before: [withoutSheets, printAtOnce],
      },
      printsBoleto,
    ));
});

describe('a pinned hash', () => {
  const { integrity, versioned } = integrityList['letpay-checkout.js'] ?? { integrity: '' };
  const pinned = `<script type="module" src="${proxyOrigin}/${versioned}" integrity="${integrity}" crossorigin="anonymous"></script>`;

  it('lets the file of that hash run, and its parts with the hashes of an import map (stripe-js #167)', () => {
    const parts = Object.fromEntries(
      Object.entries(integrityList)
        .filter(([, file]) => file.versioned === undefined)
        .map(([name, file]) => [`${proxyOrigin}/${name}`, file.integrity]),
    );
    const map = `<script type="importmap" nonce="r4nd0m">${JSON.stringify({ integrity: parts })}</script>`;
    const policy = publishedPolicy().replace('script-src', "script-src 'nonce-r4nd0m'");
    return visit({ ...waiting, head: map + pinned, policy }, payByPix);
  });

  it('keeps a changed file from running', () =>
    visit({ head: pinned, rewrite: (_, script) => `${script};` }, async ({ page, complaints }) => {
      await page.waitForLoadState('load');
      assert.equal(await page.evaluate(() => customElements.get('letpay-checkout')), undefined);
      assert.match(complaints.join('\n'), /integrity/);
    }));
});

describe('several copies on one page', () => {
  it('of the three builds are one tag that works (lit-element #771)', () =>
    visit(
      {
        ...waiting,
        head:
          scriptTag('letpay-checkout.classic.js', 'defer') +
          scriptTag('letpay-checkout.one.js') +
          scriptTag('letpay-checkout.js'),
      },
      async shop => {
        await payByPix(shop);
        const reads = shop.requests.filter(url => url.startsWith(`${proxyOrigin}/v1/`));
        assert.equal(reads.filter(url => url.endsWith('/sendPayment')).length, 1);
      },
    ));

  it('of one build under two names, as a hot reload makes them, still tell a refusal from a lost answer', () =>
    visit(
      {
        head: module + scriptTag('letpay-checkout.js?again'),
        sendPayment: {
          status: 422,
          body: {
            status: 422,
            code: 'psp_refused',
            request_id: 'req-1',
            errors: [{ pointer: '/card_cvv', code: 'invalid' }],
          },
        },
      },
      async ({ page }) => {
        await page.locator('[part~="pay-button"]').waitFor();
        await choose(page, 'CREDITCARD');
        await fillCard(page);
        await page.waitForFunction(() =>
          document.querySelector('letpay-checkout')?.shadowRoot?.querySelector('[part~="card-brand"]'),
        );
        await page.evaluate(() => {
          const states: string[] = [];
          Object.assign(window, { states });
          window.addEventListener('letpay-state-change', event =>
            states.push((event as unknown as { state: string }).state),
          );
        });
        await pay(page);
        await page.locator('input[name=card_cvv][aria-invalid=true]').waitFor();
        assert.deepEqual(await page.evaluate(() => (window as unknown as { states: string[] }).states), [
          'submitting',
          'choosing',
        ]);
      },
    ));

  it('of two versions keep to their own parts: the first one’s tag stays', () =>
    visit(
      {
        ...waiting,
        head: scriptTag('old/letpay-checkout.js') + module,
        rewrite: (path, script) =>
          path.startsWith('/old/')
            ? script.replace(/letpay-checkout [0-9a-f]{12}/, 'letpay-checkout older')
            : script,
      },
      async shop => {
        await payByPix(shop);
        const parts = shop.requests.filter(url => /\/letpay-[\w-]+-[0-9a-f]{12}\.js$/.test(url));
        assert.ok(parts.length > 3);
        assert.deepEqual(
          parts.filter(url => !url.startsWith(`${proxyOrigin}/old/`)),
          [],
        );
      },
    ));
});

describe('a blocker', () => {
  it('finds no other host to block than the shop’s and the proxy’s (react-stripe-js #587)', () =>
    visit({ ...waiting, head: module }, async shop => {
      await payByPix(shop);
      const origins = new Set(shop.requests.map(url => new URL(url).origin));
      assert.deepEqual([...origins].sort(), [proxyOrigin, shopOrigin].sort());
    }));

  it('that takes the feed for telemetry does not hide the payment (stripe-js #619)', () =>
    visit({ ...waiting, head: module, isCut: path => path.endsWith('/events') }, async ({ page, answer }) => {
      await choose(page, 'PIX');
      await pay(page);
      await tagIs(page, 'waiting');
      answer(createCheckout({ status: 'PAID', method: 'PIX', now: '2026-11-20T12:00:05.000Z' }));
      await tagIs(page, 'paid');
    }));
});

describe('a network that dies between the script and its parts', () => {
  /** The first `times` requests for a part never arrive. */
  function cut(part: string, times = 1): (path: string) => boolean {
    let left = times;
    return path => path === `/${partNamed(part)}` && left-- > 0;
  }

  it('without words for a failure says so in three languages, and a tap tries again', () =>
    visit({ head: module, isCut: cut('letpay-pt-br') }, async ({ page, errorCodes }) => {
      await page.getByText('Não foi possível carregar · No se pudo cargar · Could not load').waitFor();
      assert.deepEqual(await errorCodes(), ['script_unavailable']);
      await page.locator('[part~="retry-button"]').click();
      await page.locator('[part~="pay-button"]').waitFor();
    }));

  it('before a code can be shown says so, and a tap brings the code', () =>
    visit(
      { head: module, checkout: checkouts.waiting, isCut: cut('letpay-after-submission') },
      async ({ page, errorCodes }) => {
        await page.locator('[part~="retry-button"]').waitFor();
        // The part is missing, and so the Checkout could not be read.
        assert.deepEqual([...new Set(await errorCodes())].sort(), ['network', 'script_unavailable']);
        await page.locator('[part~="retry-button"]').click();
        await page.locator('[part~="pix-code"]').waitFor();
      },
    ));

  it('sends nothing whose outcome could not be shown, and the next tap pays', () =>
    visit(
      { ...waiting, head: module, isCut: cut('letpay-after-submission', 2) },
      async ({ page, requests }) => {
        await page.locator('[part~="pay-button"]').waitFor();
        await choose(page, 'PIX');
        await pay(page);
        await page.locator('[part~="notice"]').waitFor();
        const sent = () => requests.filter(url => url.endsWith('/sendPayment')).length;
        assert.equal(sent(), 0);
        await pay(page);
        await tagIs(page, 'waiting');
        assert.equal(sent(), 1);
      },
    ));

  it('behind a code that waits says so, and a tap draws it', () =>
    visit(
      { head: module, checkout: checkouts.waiting, isCut: cut('letpay-pix-instrument') },
      async ({ page }) => {
        await page.locator('[part~="retry-button"]').click();
        await page.locator('[part~="qr-code"]').waitFor();
      },
    ));

  it('before the card’s rules are there keeps what was typed, and the next tap checks it', () =>
    visit(
      { head: module, isCut: cut('letpay-card-rules', 3), sendPayment: checkouts.paid },
      async ({ page }) => {
        await page.locator('[part~="pay-button"]').waitFor();
        await choose(page, 'CREDITCARD');
        await fillCard(page);
        await pay(page);
        await page.locator('[part~="notice"]').waitFor();
        await page.waitForFunction(() => {
          const root = document.querySelector('letpay-checkout')?.shadowRoot;
          if (root?.querySelector('[part~="notice"]')) {
            root.querySelector<HTMLElement>('[part~="pay-button"]')?.click();
          }
          return (document.querySelector('letpay-checkout') as unknown as { state: string }).state === 'paid';
        });
      },
    ));
});

describe('a time', () => {
  for (const [timezoneId, shown] of [
    ['America/Sao_Paulo', '17:30'],
    ['America/Manaus', '16:30'],
  ] as const) {
    it(`until which a code can be paid is that of the shopper’s clock in ${timezoneId}, wherever the server is (pagseguro-modulo-prestashop #160)`, () =>
      visit(
        {
          head: module,
          context: { timezoneId },
          checkout: {
            ...checkouts.waiting,
            instrument: { ...instruments.PIX, expires_at: '2026-11-20T20:30:00.000Z' },
          },
        },
        async ({ page }) => {
          const countdown = page.locator('[part~="countdown"]').first();
          assert.match((await countdown.textContent()) ?? '', new RegExp(shown));
        },
      ));
  }

  it('on a boleto is a day, the same in every zone', () =>
    visit(
      {
        head: module,
        context: { timezoneId: 'Pacific/Pago_Pago' },
        checkout: { ...checkouts.waiting, method: 'BOLETO', instrument: instruments.BOLETO },
      },
      async ({ page }) => {
        const facts = page.locator('[part~="facts"]').first();
        assert.match((await facts.textContent()) ?? '', /12\/03\/2027/);
      },
    ));
});
