/**
 * The tag in the demo shop’s page: what a screen reader is told, how far the page jumps, and what is left of a hundred tags
 * that came and went.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { chromiumFlags, findChromium } from '../environment/chromium.ts';
import { choose, orderSomething, pay, tagIs } from './shop-visit.ts';
import { type Shopper, type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

async function visit(run: (shopper: Shopper) => Promise<void>): Promise<void> {
  const shopper = await stack.openShop();
  try {
    await run(shopper);
    assert.deepEqual(shopper.errors, [], 'the page says nothing of errors');
  } finally {
    await shopper.context.close();
  }
}

interface Told {
  readonly role: string;
  readonly name: string;
  readonly description: string;
  readonly checked: string | null;
}

/** What assistive technology is told of the tag, in order, as Chromium’s accessibility tree has it. */
async function told(page: Page): Promise<readonly Told[]> {
  const devtools = await page.context().newCDPSession(page);
  const { result } = await devtools.send('Runtime.evaluate', {
    expression: `document.querySelector('letpay-checkout').shadowRoot.querySelector('.frame')`,
  });
  assert.ok(result.objectId);
  const { nodes } = await devtools.send('Accessibility.queryAXTree', { objectId: result.objectId });
  await devtools.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, description, properties }) => ({
      role: String(role?.value ?? ''),
      name: String(name?.value ?? '').replaceAll('\u00a0', ' '),
      description: String(description?.value ?? ''),
      checked: String(properties?.find(property => property.name === 'checked')?.value.value ?? '') || null,
    }));
}

const namesOf = (all: readonly Told[], role: string) =>
  all.filter(one => one.role === role).map(one => one.name);

describe('a screen reader is told', () => {
  it('of a named group of named radios, one checked, of one button with the amount, of a silent region', () =>
    visit(async ({ page }) => {
      await orderSomething(stack, page);
      const all = await told(page);
      const radios = all.filter(one => one.role === 'radio');
      assert.deepEqual(
        radios.map(({ name }) => /^(Pix|Cartão de crédito|Cartão de débito|Boleto)/.exec(name)?.[0]),
        ['Pix', 'Cartão de crédito', 'Cartão de débito', 'Boleto'],
      );
      assert.deepEqual(
        radios.map(({ checked }) => checked),
        ['true', 'false', 'false', 'false'],
      );
      assert.ok(namesOf(all, 'group').includes('Como você quer pagar?'), namesOf(all, 'group').join());
      const buttons = namesOf(all, 'button');
      assert.equal(buttons.length, 1);
      assert.match(buttons[0] ?? '', /R\$/);
      assert.deepEqual(namesOf(all, 'status'), ['']);
      const brands = 'Visa, Mastercard, Elo, Hipercard, American Express';
      assert.deepEqual(
        namesOf(all, 'image').filter(name => name !== brands),
        [],
        'drawings that stand beside their words are left out',
      );
    }));

  it('of each field by its label, and of what is wrong with it', () =>
    visit(async ({ page }) => {
      await orderSomething(stack, page);
      await choose(page, 'CREDITCARD');
      await page.locator('input[name=card_number]').press('Enter');
      await page.locator('[part~="error-summary"]').waitFor();
      const fields = (await told(page)).filter(one => one.role === 'textbox');
      assert.deepEqual(
        fields.map(({ name }) => name),
        ['Número do cartão', 'Validade (MM/AA)', 'Código de segurança (CVV)', 'Nome impresso no cartão'],
      );
      for (const { name, description } of fields)
        assert.ok(description.length > 10, `${name}: ${description}`);
    }));

  it('of a Pix code: its title, its picture, the button that copies it', () =>
    visit(async ({ page }) => {
      await orderSomething(stack, page);
      await choose(page, 'PIX');
      await pay(page);
      await tagIs(page, 'waiting');
      await page.locator('[part~="qr-code"]').waitFor({ state: 'visible' });
      const all = await told(page);
      assert.deepEqual(namesOf(all, 'heading'), ['Pix']);
      assert.deepEqual(namesOf(all, 'image'), ['QR Code do Pix']);
      assert.ok(namesOf(all, 'button').includes('Copiar código Pix'), namesOf(all, 'button').join());
      assert.equal(all.filter(one => one.role === 'status').length, 1);
    }));
});

describe('the page does not jump', () => {
  for (const width of [360, 1100]) {
    it(`while the tag comes, ${width} px wide: layout shifts sum up to 0.05 at most`, async t => {
      const { page, context } = await stack.openShop({ viewport: { width, height: 900 } });
      await page.addInitScript(() => {
        const shifts: number[] = [];
        Object.assign(globalThis, { shifts });
        new PerformanceObserver(list => {
          for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value);
        }).observe({ type: 'layout-shift', buffered: true });
      });
      // A shopper’s page has no ribbon that says that no money moves.
      await page.route('**/v1/checkout/*', async route => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), test_mode: false } });
      });
      await orderSomething(stack, page);
      await page.locator('[part~="pay-button"]').first().waitFor({ state: 'visible' });
      const sum = await page.evaluate(async () => {
        await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return (globalThis as unknown as { shifts: number[] }).shifts.reduce((all, one) => all + one, 0);
      });
      await context.close();
      t.diagnostic(`layout shifts: ${sum.toFixed(4)}`);
      assert.ok(sum <= 0.05, `${sum}`);
    });
  }
});

describe('tags that come and go', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({
      executablePath: await findChromium(),
      args: [...chromiumFlags, '--js-flags=--expose-gc'],
    });
  });
  after(() => browser.close());

  it('leave no element, listener, timer, request or feed behind', async () => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, locale: 'pt-BR' });
    const page = await context.newPage();
    await orderSomething(stack, page);
    await choose(page, 'PIX');
    await pay(page);
    await tagIs(page, 'waiting');
    const devtools = await context.newCDPSession(page);
    const counts = async () => {
      for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
      return { nodes, jsEventListeners };
    };
    /** Mounts and removes tags one after the other; how many of them are still in memory afterwards. */
    const comeAndGo = (times: number) =>
      page.evaluate(async times => {
        const shown = document.querySelector('letpay-checkout')!;
        const token = shown.getAttribute('payment-token')!;
        const proxy = shown.getAttribute('proxy-url');
        const gone: WeakRef<Element>[] = [];
        for (let time = 0; time < times; time += 1) {
          const tag = document.createElement('letpay-checkout') as HTMLElement & { state: string };
          tag.setAttribute('payment-token', token);
          if (proxy) tag.setAttribute('proxy-url', proxy);
          document.body.append(tag);
          while (!tag.shadowRoot?.querySelector('[part~="qr-code"]')) {
            await new Promise(resolve => requestAnimationFrame(resolve));
          }
          tag.remove();
          gone.push(new WeakRef(tag));
        }
        // A reference that was asked for in a task is kept to its end: the engine collects between tasks.
        for (let round = 0; round < 10; round += 1) {
          await new Promise(resolve => requestAnimationFrame(resolve));
          (globalThis as unknown as { gc: () => void }).gc();
        }
        return gone.filter(one => one.deref()).length;
      }, times);
    await comeAndGo(5);
    const start = await counts();
    const kept = await comeAndGo(50);
    const end = await counts();
    await context.close();
    assert.ok(kept <= 1, `${kept} of 50 are still there`);
    assert.ok(
      end.jsEventListeners - start.jsEventListeners <= 5,
      `${JSON.stringify(start)} → ${JSON.stringify(end)}`,
    );
    assert.ok(end.nodes - start.nodes <= 100, `${JSON.stringify(start)} → ${JSON.stringify(end)}`);
  });
});
