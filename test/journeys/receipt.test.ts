/** What was paid, and with what: the same after a reload and in another tab, and never of a card that was declined. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Page } from 'playwright-core';
import { choose, fillCard, orderSomething, pay, settle, tagIs } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

async function receiptOn(page: Page): Promise<string> {
  await tagIs(page, 'paid');
  await page.locator('[part~="payment-facts"]').waitFor();
  return ((await page.locator('[part~="outcome"]').textContent()) ?? '').replace(/\s+/g, ' ');
}

it('six payments with the second card are told alike on the page, after a reload and in another tab', async () => {
  const { page, context } = await stack.openShop();
  try {
    const { reference } = await orderSomething(stack, page);
    await choose(page, 'CREDITCARD');
    await fillCard(page, { number: '4012001037141112' });
    await pay(page);
    await tagIs(page, 'verifying');
    await settle(stack, reference, 'DECLINED', '01.05.0012');
    await tagIs(page, 'declined');
    await page.locator('[part~="next-step-card"]').click();
    await tagIs(page, 'choosing');
    await fillCard(page);
    await page.locator('select[name=card_installments]').selectOption('6');
    const button = (await page.locator('[part~="pay-button"]').textContent()) ?? '';
    await pay(page);
    await tagIs(page, 'verifying');
    await settle(stack, reference, 'PAID');
    const told = await receiptOn(page);
    const [, each] = /6x de (R\$\s[\d.,]+)/.exec(button.replace(/\s+/g, ' ')) ?? [];
    assert.ok(each && told.includes(`6x de ${each}`), `${button}: ${told}`);
    assert.match(told, /total R\$ \d/i);
    assert.match(told, /Visa final 2097/);
    assert.doesNotMatch(told, /1112/);
    await page.reload();
    assert.equal(await receiptOn(page), told);
    const other = await context.newPage();
    await other.goto(page.url());
    assert.equal(await receiptOn(other), told);
  } finally {
    await context.close();
  }
});
