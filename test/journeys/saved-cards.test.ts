/** A shopper stores a card with one order, pays the next with it, and has it removed: shop, proxy and PSP for real. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { Checkout, SavedCard } from '../../server/contract/checkout.ts';
import { choose, fillCard, ledger, orderSomething, pay, tagIs } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

const part = (page: Page, name: string) => page.locator(`[part~="${name}"]`);
const textOf = async (page: Page, name: string) => (await part(page, name).textContent()) ?? '';

async function savedCardsOf(paymentToken: string): Promise<readonly SavedCard[]> {
  const answer = await fetch(`${stack.proxyUrl}/v1/checkout/${paymentToken}`);
  return ((await answer.json()) as Checkout).saved_cards;
}

/** Pays an order with a new card, and lets it be stored. */
async function storeCard(page: Page): Promise<void> {
  await orderSomething(stack, page, { outcome: 'PAID' });
  await choose(page, 'CREDITCARD');
  await fillCard(page);
  assert.equal(await part(page, 'save-card-box').isChecked(), false);
  await part(page, 'save-card-box').check();
  await pay(page);
  await tagIs(page, 'paid');
}

it('a card that the shopper stored pays the next order with two taps, once, and is gone when it is removed', async () => {
  const { page, context, errors } = await stack.openShop();
  await storeCard(page);

  const second = await orderSomething(stack, page, { outcome: 'PAID' });
  await choose(page, 'CREDITCARD');
  await part(page, 'saved-cards').waitFor();
  assert.match(await textOf(page, 'saved-card-name'), /final 2097$/);
  assert.equal(await page.locator('[name=card_number]').count(), 0);
  await pay(page);
  await tagIs(page, 'paid');
  assert.match(await textOf(page, 'payment-facts'), /final 2097 ·/);
  const paid = (await ledger(stack, second.reference)).filter(({ status }) => status === 'PAID');
  assert.equal(paid.length, 1);

  const third = await orderSomething(stack, page, { outcome: 'PAID' });
  await choose(page, 'CREDITCARD');
  await part(page, 'remove-card-button').click();
  await part(page, 'confirm-removal-button').click();
  await page.locator('[name=card_number]').waitFor();
  assert.equal(await textOf(page, 'saved-card-note'), 'Cartão removido.');
  assert.deepEqual(await savedCardsOf(third.paymentToken), []);

  await page.reload();
  await tagIs(page, 'choosing');
  await choose(page, 'CREDITCARD');
  await page.locator('[name=card_number]').waitFor();
  assert.equal(await part(page, 'saved-cards').count(), 0);
  assert.deepEqual(errors, [], 'the page says nothing of errors');
  await context.close();
});

it('a card that was removed in another tab is refused, said to be gone, and charged to nobody', async () => {
  const { page, context } = await stack.openShop();
  await storeCard(page);
  const order = await orderSomething(stack, page);
  await choose(page, 'CREDITCARD');
  await part(page, 'saved-cards').waitFor();
  const [card] = await savedCardsOf(order.paymentToken);
  const removal = await fetch(
    `${stack.proxyUrl}/v1/checkout/${order.paymentToken}/saved-cards/${card?.public_card_id}`,
    { method: 'DELETE' },
  );
  assert.equal(removal.status, 200);
  await pay(page);
  await part(page, 'notice').waitFor();
  assert.match(await textOf(page, 'notice'), /Este cartão não pode mais ser usado: nada foi cobrado/);
  await page.locator('[name=card_number]').waitFor();
  await part(page, 'saved-cards').waitFor({ state: 'detached' });
  const entries = await ledger(stack, order.reference);
  assert.deepEqual(
    entries.map(({ send_received }) => send_received),
    [0],
  );
  await context.close();
});

it('another shopper of the same shop is offered nothing of it', async () => {
  const first = await stack.openShop();
  await storeCard(first.page);
  const other = await stack.openShop();
  await orderSomething(stack, other.page);
  await choose(other.page, 'CREDITCARD');
  await other.page.locator('[name=card_number]').waitFor();
  assert.equal(await part(other.page, 'saved-cards').count(), 0);
  await first.context.close();
  await other.context.close();
});
