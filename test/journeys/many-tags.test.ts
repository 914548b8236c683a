/** Seven orders on one page, over HTTP/1.1, where a browser opens six connections to a host: every one can be paid. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { ledger, orderSomething, type PlacedOrder, settle } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

const count = 7;

it('seven tags on one page are sent, shown and paid by Pix', async () => {
  const { page, context } = await stack.openShop();
  try {
    const orders: PlacedOrder[] = [];
    while (orders.length < count) orders.push(await orderSomething(stack, page));
    await page.evaluate(
      tokens => {
        const tag = document.querySelector('letpay-checkout');
        for (const token of tokens) {
          const another = tag?.cloneNode() as HTMLElement;
          another.setAttribute('payment-token', token);
          tag?.after(another);
        }
        tag?.remove();
      },
      orders.map(order => order.paymentToken),
    );
    const tagOf = ({ paymentToken }: PlacedOrder) =>
      page.locator(`letpay-checkout[payment-token="${paymentToken}"]`);
    for (const order of orders) {
      await tagOf(order).locator('[part~="method-PIX"]').click();
      await tagOf(order).locator('[part~="pay-button"]').click();
      await tagOf(order).locator('[part~="qr-code"]').first().waitFor({ state: 'visible' });
    }
    for (const order of orders) await settle(stack, order.reference, 'PAID');
    for (const order of orders) {
      await tagOf(order).locator('[part~="outcome"]').waitFor({ state: 'visible' });
      const entries = await ledger(stack, order.reference);
      assert.deepEqual(
        entries.map(({ status, send_accepted }) => [status, send_accepted]),
        [['PAID', 1]],
      );
    }
    const states = await page.evaluate(() =>
      [...document.querySelectorAll('letpay-checkout')].map(
        tag => (tag as unknown as { state: string }).state,
      ),
    );
    assert.deepEqual(states, new Array(count).fill('paid'));
  } finally {
    await context.close();
  }
});
