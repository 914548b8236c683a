/**
 * Safari 15.4 and Firefox 115 cannot run here. So a Chromium of today is robbed of every API that they lack by MDN’s compat
 * data, before any script of the page runs, and pays by every method.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { lackingIn } from '../repository/floor.ts';
import { choose, fillCard, ledger, orderSomething, pay, settle, tagIs } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

/** Runs in the page. Answers how many APIs are gone, so that a test can tell that it took any. */
function takeAway({ globals, statics, members }: ReturnType<typeof lackingIn>): void {
  const page = globalThis as unknown as Record<string, (object & { prototype?: object }) | undefined>;
  let taken = 0;
  const take = (object: object | undefined, member: string) => {
    if (object && member in object && Reflect.deleteProperty(object, member)) taken += 1;
  };
  for (const [owner, member] of statics) take(page[owner], member);
  for (const [owner, member] of members) take(page[owner]?.prototype, member);
  for (const name of globals) if (name in page && Reflect.deleteProperty(page, name)) taken += 1;
  // Safari before 16.4 has style sheets, and cannot make one.
  if (!('adoptedStyleSheets' in Document.prototype)) {
    const Unmade = class {
      constructor() {
        throw new TypeError('Illegal constructor');
      }
    };
    Object.defineProperty(window, 'CSSStyleSheet', { value: Unmade });
  }
  Object.assign(window, { taken });
}

for (const [engine, name] of [
  ['safari_ios', 'Safari 15.4'],
  ['firefox', 'Firefox 115'],
] as const) {
  describe(`without the APIs that ${name} lacks`, () => {
    for (const method of ['CREDITCARD', 'PIX', 'BOLETO', 'PAYCASH'] as const) {
      it(`${method} is PAID and sent once`, async () => {
        const { page, context, errors } = await stack.openShop();
        try {
          await page.addInitScript(takeAway, lackingIn(engine));
          const country = method === 'PAYCASH' ? 'MX' : 'BR';
          const isCard = method === 'CREDITCARD';
          const { reference } = await orderSomething(stack, page, {
            country,
            ...(isCard && { outcome: 'PAID' }),
          });
          const taken = await page.evaluate(() => (window as unknown as { taken: number }).taken);
          assert.ok(taken > 500, `${taken} APIs were taken away`);
          await choose(page, method);
          const shadow = page.locator('[part~="container"]');
          assert.equal(await shadow.evaluate(frame => getComputedStyle(frame).direction), 'ltr');
          assert.equal(await shadow.evaluate(frame => getComputedStyle(frame).borderTopStyle), 'solid');
          if (isCard) await fillCard(page);
          await pay(page);
          if (!isCard) {
            await tagIs(page, 'waiting');
            await settle(stack, reference, 'PAID');
          }
          await tagIs(page, 'paid');
          const entries = await ledger(stack, reference);
          assert.deepEqual(
            entries.map(({ status, send_accepted }) => [status, send_accepted]),
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
