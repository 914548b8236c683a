/** Counts what a shopper has to do, and holds it to the table in CONTRIBUTING. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Checkout, Instrument, Method } from '../../server/contract/checkout.ts';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { checkouts, createCheckout, instruments } from '../widget/checkouts.ts';
import { openMerchantPage, scriptTag } from './merchant-page.ts';
import { tagIs } from './shop-visit.ts';

interface Steps {
  readonly taps: number;
  readonly keys: number;
  readonly fields: number;
}

/** One `way · end` of the table, done with the least that the page takes. */
interface Way {
  /** Of the methods in this order the first one is open. */
  readonly checkout: Checkout;
  readonly renew?: Checkout;
  readonly sendPayment: Checkout;
  /** The parts to tap, and the text to type into fields between. */
  readonly tapped: readonly (string | { readonly field: string; readonly text: string })[];
  /** Keys as Playwright names them, and texts to type. */
  readonly pressed: readonly (string | { readonly text: string })[];
  readonly until: (page: Page) => Promise<void>;
}

const sees = (part: string) => (page: Page) =>
  page.locator(`[part~="${part}"]`).first().waitFor({ state: 'visible' });
const isPaid = (page: Page) => tagIs(page, 'paid');

/** Runs in the page: keeps it where it is, with what was counted, and notes where it was to go. */
function stayHere(): void {
  const { navigation } = window as unknown as { navigation: EventTarget };
  navigation.addEventListener('navigate', event => {
    const { url } = (event as unknown as { destination: { url: string } }).destination;
    if (new URL(url).origin === location.origin) return;
    event.preventDefault();
    Object.assign(window, { leftFor: url });
  });
}

const leavesFor = (url: string) => async (page: Page) => {
  await page.waitForFunction(url => (window as unknown as { leftFor?: string }).leftFor === url, url);
};

/** The screen with something to copy is there and holds the focus. */
const hasFocusOnTitle = (page: Page) =>
  page.waitForFunction(() => {
    const root = document.querySelector('letpay-checkout')?.shadowRoot;
    return root?.querySelector('[part~="copy-button"]') && root.activeElement?.matches('[part~="title"]');
  });

function offering(...methods: Method[]): Checkout {
  return createCheckout({ methods, installments: [] });
}

function waitingFor(instrument: Instrument): Checkout {
  return { ...checkouts.waiting, method: instrument.method, instrument };
}

const expiry = `12${(new Date().getFullYear() + 3) % 100}`;
const cardFields = [
  { field: 'card_number', text: '4012001037141112' },
  { field: 'card_expiry', text: expiry },
  { field: 'card_cvv', text: '123' },
  { field: 'card_holder', text: 'MARINA AZEVEDO' },
] as const;
const typedCard = cardFields.flatMap(({ text }, at) => (at === 0 ? [{ text }] : ['Tab', { text }]));

const savedCards = [{ public_card_id: 'CAR-1', brand: 'visa', last4: '1112', exp_month: 12, exp_year: 2030 }];

const pix = { checkout: offering('PIX', 'CREDITCARD', 'BOLETO'), sendPayment: checkouts.waiting } as const;
const boleto = waitingFor(instruments.BOLETO);

const ways: Readonly<Record<string, Way>> = {
  'Pix · the code to see': {
    ...pix,
    tapped: ['pay-button'],
    pressed: ['Tab', 'Enter'],
    until: sees('pix-code'),
  },
  'Pix · the code copied': {
    ...pix,
    tapped: ['pay-button', 'copy-button'],
    pressed: ['Tab', 'Enter', 'Tab', 'Enter'],
    until: sees('copy-note'),
  },
  'boleto, offered first · the line copied': {
    checkout: offering('BOLETO', 'CREDITCARD'),
    sendPayment: boleto,
    tapped: ['pay-button', 'copy-button'],
    pressed: ['Tab', 'Enter', 'Tab', 'Enter'],
    until: sees('copy-note'),
  },
  'boleto, offered third · the line to see': {
    ...pix,
    sendPayment: boleto,
    tapped: ['method-BOLETO', 'pay-button'],
    pressed: ['Tab', 'ArrowUp', 'Enter'],
    until: sees('boleto-line'),
  },
  'Paycash · the reference': {
    checkout: offering('PAYCASH', 'CREDITCARD'),
    sendPayment: waitingFor(instruments.PAYCASH),
    tapped: ['pay-button'],
    pressed: ['Tab', 'Enter'],
    until: sees('paycash-reference'),
  },
  'redirect · the page': {
    checkout: offering('REDIRECT', 'CREDITCARD'),
    sendPayment: waitingFor(instruments.REDIRECT),
    tapped: ['pay-button'],
    pressed: ['Tab', 'Enter'],
    until: leavesFor(instruments.REDIRECT.url),
  },
  'new card, the only method · paid': {
    checkout: offering('CREDITCARD'),
    sendPayment: checkouts.paid,
    tapped: [...cardFields, 'pay-button'],
    pressed: ['Tab', ...typedCard, 'Enter'],
    until: isPaid,
  },
  'new card, offered second · paid': {
    ...pix,
    sendPayment: checkouts.paid,
    tapped: ['method-CREDITCARD', ...cardFields, 'pay-button'],
    pressed: ['Tab', 'ArrowDown', 'Tab', ...typedCard, 'Enter'],
    until: isPaid,
  },
  'saved card, the only method · paid': {
    checkout: { ...offering('CREDITCARD'), saved_cards: savedCards },
    sendPayment: checkouts.paid,
    tapped: ['pay-button'],
    pressed: ['Tab', 'Enter'],
    until: isPaid,
  },
  'saved card, offered second · paid': {
    ...pix,
    checkout: { ...pix.checkout, saved_cards: savedCards },
    sendPayment: checkouts.paid,
    tapped: ['method-CREDITCARD', 'pay-button'],
    pressed: ['Tab', 'ArrowDown', 'Enter'],
    until: isPaid,
  },
  'declined card, then Pix · the code to see': {
    checkout: {
      ...checkouts.declined,
      decline: { reason: 'not_permitted', action: 'pay_by_pix', code: '01.06.0003' },
    },
    renew: { ...offering('PIX', 'CREDITCARD'), attempt: 2 },
    sendPayment: { ...checkouts.waiting, attempt: 2 },
    tapped: ['next-step-pix'],
    pressed: ['Tab', 'Enter'],
    until: sees('pix-code'),
  },
};

/** The table of CONTRIBUTING: `way · end` to its numbers. */
function promised(): ReadonlyMap<string, Steps> {
  const text = readFileSync(join(import.meta.dirname, '../../CONTRIBUTING.md'), 'utf8');
  const table = /<!-- few-steps -->([\s\S]*?)<!-- \/few-steps -->/.exec(text)?.[1] ?? '';
  const rows = table
    .trim()
    .split('\n')
    .slice(2)
    .map(line => line.split('|').map(cell => cell.trim()));
  return new Map(
    rows.map(([, way, end, taps, keys, fields]) => [
      `${way} · ${end}`,
      { taps: Number(taps), keys: Number(keys), fields: Number(fields) },
    ]),
  );
}

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
});
after(() => browser.close());

/** Runs in the page: counts what the shopper’s hand does. A tap into a field belongs to the field. */
function countHands(): void {
  const counted = { taps: 0, keys: 0, fields: 0 };
  Object.assign(window, { counted });
  const typedInto = new Set<unknown>();
  const aimOf = (event: Event) => event.composedPath()[0] as Element;
  const isField = (element: Element) => element.matches('input:not([type=radio]), select');
  window.addEventListener('pointerdown', event => {
    if (event.isTrusted && !isField(aimOf(event))) counted.taps += 1;
  });
  window.addEventListener(
    'keydown',
    event => {
      if (event.isTrusted && event.key.length > 1) counted.keys += 1;
    },
    true,
  );
  window.addEventListener('input', event => {
    const aim = aimOf(event);
    if (event.isTrusted && isField(aim)) counted.fields = typedInto.add(aim.id).size;
  });
}

async function walk(way: Way, steps: (page: Page) => Promise<void>): Promise<Steps> {
  const { checkout, renew, sendPayment } = way;
  const shop = await openMerchantPage(browser, {
    head: scriptTag('letpay-checkout.js'),
    before: [countHands, stayHere],
    checkout,
    sendPayment,
    ...(renew && { renew }),
  });
  try {
    await shop.page.locator('[part~="pay-button"], [part~="decline-reason"]').first().waitFor();
    await steps(shop.page);
    await way.until(shop.page);
    return await shop.page.evaluate(() => (window as unknown as { counted: Steps }).counted);
  } finally {
    await shop.close();
  }
}

describe('the steps that CONTRIBUTING promises', () => {
  const table = promised();

  it('are those of every way that is walked here', () => {
    assert.deepEqual([...table.keys()], Object.keys(ways));
  });

  for (const [name, way] of Object.entries(ways)) {
    it(`by hand: ${name}`, async () => {
      const { taps, fields } = await walk(way, async page => {
        for (const step of way.tapped) {
          if (typeof step === 'string') await page.locator(`[part~="${step}"]`).first().click();
          else {
            await page.locator(`[name=${step.field}]`).click();
            await page.keyboard.type(step.text);
          }
        }
      });
      assert.deepEqual([taps, fields], [table.get(name)?.taps, table.get(name)?.fields]);
    });

    it(`by keyboard: ${name}`, async () => {
      const { taps, keys, fields } = await walk(way, async page => {
        for (const [at, step] of way.pressed.entries()) {
          // A shopper presses on once the next screen is there, and the focus with it.
          if (at > 0 && way.pressed[at - 1] === 'Enter') await hasFocusOnTitle(page);
          if (typeof step === 'string') await page.keyboard.press(step);
          else await page.keyboard.type(step.text);
        }
      });
      assert.deepEqual([taps, keys, fields], [0, table.get(name)?.keys, table.get(name)?.fields]);
    });
  }
});
