/** Pages are no clean rooms: other scripts change what the browser has before the tag comes. It pays all the same. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { choose, fillCard, ledger, orderSomething, pay, settle, tagIs } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

/** As Prototype.js 1.7 leaves a browser of today: its own `Array.from` maps nothing, its `entries` is `toArray`. */
function prototypeJs(): void {
  const toArray = function (this: ArrayLike<unknown>) {
    return Array.prototype.slice.call(this);
  };
  const from = (list: ArrayLike<unknown> | null) => (list ? Array.prototype.slice.call(list) : []);
  Object.assign(Array, { from });
  Object.assign(window, { $A: from, $: (id: string) => document.getElementById(id) });
  const own = {
    entries: toArray,
    toArray,
    each(this: unknown[], run: (item: unknown) => void) {
      for (let at = 0; at < this.length; at++) run(this[at]);
      return this;
    },
    clone: toArray,
    inspect: () => '[]',
    // Theirs throws a $break to leave a loop, and answers the array.
    include(this: unknown[], item: unknown) {
      return this.indexOf(item) >= 0;
    },
  };
  // Plain assignment: they are enumerable, as theirs are.
  Object.assign(Array.prototype, own);
  Object.assign(Function.prototype, { argumentNames: () => [], curry: () => null, wrap: () => null });
  Object.assign(String.prototype, { strip: () => '', toQueryParams: () => ({}), evalJSON: () => null });
  Object.assign(Element.prototype, {
    visible: () => true,
    update: () => null,
    insert: () => null,
    select: () => [],
  });
}

/** Enumerable members on what everything inherits from: every `for … in` without a check meets them. */
function enumerablePrototypes(): void {
  for (const prototype of [Object.prototype, Array.prototype, String.prototype, Function.prototype]) {
    Object.assign(prototype, {
      extend: () => null,
      isEmpty: () => false,
      card_number: undefined,
      legacy: 'enumerable',
    });
  }
}

/** Monitoring: one request header more, each of another vendor, and a fetch that hides the abort signal. */
function wrappedFetch(): void {
  const { fetch } = window;
  window.fetch = (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
    headers.set('tracestate', 'vendor=1');
    headers.set('baggage', 'sentry-environment=production');
    headers.set('sentry-trace', '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1');
    headers.set('newrelic', 'eyJ2IjpbMCwxXX0=');
    headers.set('x-datadog-trace-id', '1234567890');
    const { signal: _, ...rest } = init;
    return fetch(input, { ...rest, headers });
  };
}

for (const [name, script] of Object.entries({
  'Prototype.js 1.7': prototypeJs,
  'enumerable prototypes': enumerablePrototypes,
  'monitoring that wraps fetch and adds headers': wrappedFetch,
})) {
  describe(`beside ${name}`, () => {
    for (const method of ['CREDITCARD', 'PIX', 'BOLETO'] as const) {
      it(`${method} is PAID and sent once`, async () => {
        const { page, context, errors } = await stack.openShop();
        try {
          await page.addInitScript(script);
          const isCard = method === 'CREDITCARD';
          const { reference } = await orderSomething(stack, page, isCard ? { outcome: 'PAID' } : {});
          await choose(page, method);
          if (isCard) await fillCard(page);
          await pay(page);
          if (!isCard) {
            await tagIs(page, 'waiting');
            const own = method === 'PIX' ? 'svg[part~="qr-code"]' : 'svg.bars';
            await page.locator(own).first().waitFor({ state: 'visible' });
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
