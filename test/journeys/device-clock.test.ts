/** A device whose clock is wrong, or is set while a code is on screen: no countdown changes and no reading stops. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { choose, orderSomething, pay, settle, tagIs } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

const hour = 3_600_000;

/** Runs in the page: the device’s clock is off by `window.off` ms. */
function wrongClock(off: number): void {
  const right = Date;
  Object.assign(window, { off });
  const now = () => right.now() + (window as unknown as { off: number }).off;
  const Wrong = function (this: unknown, ...args: ConstructorParameters<DateConstructor> | []) {
    const date = args.length > 0 ? new right(...(args as [number])) : new right(now());
    return new.target ? date : date.toString();
  } as unknown as DateConstructor;
  window.Date = Object.assign(Wrong, { prototype: right.prototype, now, parse: right.parse, UTC: right.UTC });
}

/** Seconds left by the clock on screen. */
async function secondsLeft(page: Page): Promise<number> {
  const text = (await page.locator('[part~="countdown"]').first().textContent()) ?? '';
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(text) ?? [];
  assert.ok(minutes && seconds, text);
  return Number(minutes) * 60 + Number(seconds);
}

async function showsPix(page: Page): Promise<string> {
  const { reference } = await orderSomething(stack, page);
  await choose(page, 'PIX');
  await pay(page);
  await tagIs(page, 'waiting');
  await page.locator('[part~="countdown"]').first().waitFor({ state: 'visible' });
  return reference;
}

describe('a device clock', () => {
  for (const [name, off] of [
    ['three days fast', 72 * hour],
    ['three days slow', -72 * hour],
  ] as const) {
    it(`that is ${name} changes no countdown, and the payment is seen`, async () => {
      const right = await stack.openShop();
      const wrong = await stack.openShop();
      try {
        await wrong.page.addInitScript(wrongClock, off);
        await showsPix(right.page);
        const expected = await secondsLeft(right.page);
        const reference = await showsPix(wrong.page);
        assert.ok(Math.abs((await secondsLeft(wrong.page)) - expected) < 30);
        await settle(stack, reference, 'PAID');
        await tagIs(wrong.page, 'paid');
      } finally {
        await right.context.close();
        await wrong.context.close();
      }
    });
  }

  for (const [name, jump] of [
    ['forward', 2 * hour],
    ['back', -2 * hour],
  ] as const) {
    it(`that is set ${name} by two hours while a code is shown changes no countdown, and the payment is seen without a feed`, async () => {
      const { page, context } = await stack.openShop();
      try {
        await page.addInitScript(wrongClock, 0);
        await page.route('**/events', route => route.abort());
        const reference = await showsPix(page);
        const before = await secondsLeft(page);
        await page.evaluate(jump => Object.assign(window, { off: jump }), jump);
        await page.waitForFunction(
          before => {
            const root = document.querySelector('letpay-checkout')?.shadowRoot;
            const [, minutes, seconds] =
              /(\d+):(\d\d)/.exec(root?.querySelector('[part~="countdown"]')?.textContent ?? '') ?? [];
            return Number(minutes) * 60 + Number(seconds) < before;
          },
          before,
          { timeout: 10_000 },
        );
        const left = await secondsLeft(page);
        assert.ok(left > before - 20 && left < before, `${before} s, then ${left} s`);
        await settle(stack, reference, 'PAID');
        await tagIs(page, 'paid');
      } finally {
        await context.close();
      }
    });
  }
});
