/** What the hosted page asks for until its first screen stands. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { orderSomething } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

it('the hosted page reads the Checkout once, by its preload hint, and its language begins with the page', async () => {
  const { page, context } = await stack.openShop();
  const order = await orderSomething(stack, page);
  // What the shop’s page still loads is not the hosted page’s.
  await page.goto('about:blank');
  const asked: string[] = [];
  const warnings: string[] = [];
  page.on('request', request => asked.push(new URL(request.url()).pathname));
  page.on('console', message => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  await page.goto(`${stack.proxyUrl}/pay/${order.paymentToken}`);
  await page.locator('letpay-checkout [part~=pay-button]').waitFor();

  const reads = asked.filter(path => path === `/v1/checkout/${order.paymentToken}`);
  assert.equal(reads.length, 1, 'reads of the Checkout');
  assert.deepEqual(warnings, []);
  const words = asked.findIndex(path => path.includes('letpay-pt-br'));
  const later = asked.findIndex(path => path.includes('letpay-after-submission'));
  assert.ok(words !== -1 && words < later, `the words come with the page: ${asked.join(' ')}`);
  assert.equal(asked.filter(path => path.includes('letpay-pt-br')).length, 1);
  await context.close();
});
