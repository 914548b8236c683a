/** Lesspay from the shop’s shelf to its end: paid on a page of its own, failed there, left and come back from. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { control, ledger, orderSomething, type PlacedOrder, pay, settle, tagIs } from './shop-visit.ts';
import { type Shopper, type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());
afterEach(() => control(stack, 'lesspay', { webhooks: true, query_link: false }));

async function visit(run: (shopper: Shopper) => Promise<void>): Promise<void> {
  const shopper = await stack.openShop();
  try {
    await run(shopper);
    assert.deepEqual(shopper.errors, [], 'the page says nothing of errors');
  } finally {
    await shopper.context.close();
  }
}

const link = (page: Page) => page.locator('[part~="redirect-link"]');
const address = async (page: Page) => (await link(page).getAttribute('href')) ?? assert.fail('no link');

const isThere = (page: Page) => page.waitForURL('**/lesspay/cashier/**');

/** To Lesspay’s page, as one press leads there, and back to the link that stands there for whoever comes back. */
async function orderWithLink(page: Page): Promise<PlacedOrder> {
  const order = await orderSomething(stack, page, { gateway: 'lesspay' });
  await pay(page);
  await isThere(page);
  await page.goBack();
  await tagIs(page, 'waiting');
  await link(page).waitFor({ state: 'visible' });
  return order;
}

async function followLink(page: Page): Promise<void> {
  await link(page).click();
  await isThere(page);
}

/** Presses a button at Lesspay that leads back to the shop’s page. */
async function pressAndReturn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.waitForURL(`${stack.shopUrl}/pay/*`);
}

async function statuses({ reference }: PlacedOrder): Promise<string[]> {
  return (await ledger(stack, reference)).map(({ status }) => status);
}

/** A number of the proxy’s metrics. */
async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${stack.proxyUrl}/metrics`)).text();
  const line = text.split('\n').find(candidate => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? 0);
}

const known = 'letpay_callbacks_total{known="true"}';
const forged = 'letpay_forged_callbacks_total{gateway="lesspay"}';

describe('Lesspay', () => {
  it('is paid on its own page in the same tab; its signed webhook comes first, then the shopper, to a paid page', () =>
    visit(async ({ page, context }) => {
      const order = await orderWithLink(page);
      const [before, forgedBefore] = [await metric(known), await metric(forged)];
      assert.equal(await link(page).getAttribute('rel'), 'noreferrer');
      await followLink(page);
      assert.equal(context.pages().length, 1);
      await pressAndReturn(page, 'Pay');
      await tagIs(page, 'paid');
      await page.locator('#thanks').waitFor({ state: 'visible' });
      assert.deepEqual(await statuses(order), ['PAID']);
      assert.ok((await metric(known)) > before);
      assert.equal(await metric(forged), forgedBefore);
    }));

  it('that fails is said to have failed on the way back, and a second try is an order that can be paid', () =>
    visit(async ({ page }) => {
      const order = await orderWithLink(page);
      await followLink(page);
      await pressAndReturn(page, 'Let it fail');
      await tagIs(page, 'declined');
      await page.locator('[part~="next-step-other"]').click();
      await tagIs(page, 'choosing');
      await pay(page);
      await isThere(page);
      await pressAndReturn(page, 'Pay');
      await tagIs(page, 'paid');
      assert.deepEqual(await statuses(order), ['DECLINED', 'PAID']);
    }));

  it('that is left by its own button is there again, with the same link', () =>
    visit(async ({ page }) => {
      const order = await orderWithLink(page);
      const first = await address(page);
      await followLink(page);
      await pressAndReturn(page, 'Back to the shop');
      await tagIs(page, 'waiting');
      assert.equal(await address(page), first);
      assert.deepEqual(await statuses(order), ['PROCESSING']);
      await followLink(page);
      await pressAndReturn(page, 'Pay');
      await tagIs(page, 'paid');
    }));

  it('that is left by the browser’s way back is there again', () =>
    visit(async ({ page }) => {
      await orderWithLink(page);
      const first = await address(page);
      await followLink(page);
      await page.goBack();
      await tagIs(page, 'waiting');
      assert.equal(await address(page), first);
    }));

  it('whose card is declined there, and another one taken, is paid once', () =>
    visit(async ({ page }) => {
      const order = await orderWithLink(page);
      await followLink(page);
      await page.getByRole('button', { name: 'Decline this card' }).click();
      await page.getByRole('alert').waitFor();
      await pressAndReturn(page, 'Pay');
      await tagIs(page, 'paid');
      assert.deepEqual(await statuses(order), ['PAID']);
    }));

  it('that is paid in another window, with every webhook lost, tells the waiting page by itself', () =>
    visit(async ({ page, context }) => {
      await control(stack, 'lesspay', { webhooks: false });
      const order = await orderWithLink(page);
      const before = await metric(known);
      const other = await context.newPage();
      await other.goto(await address(page));
      await other.getByRole('button', { name: 'Pay' }).click();
      await tagIs(page, 'paid');
      assert.deepEqual(await statuses(order), ['PAID']);
      assert.equal(await metric(known), before);
    }));

  it('does not believe a forged webhook, and counts it', () =>
    visit(async ({ page }) => {
      const order = await orderWithLink(page);
      const before = await metric(forged);
      const answer = await fetch(`${stack.proxyUrl}/v1/callbacks/lesspay`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-auth-signature': 'A'.repeat(64) },
        body: JSON.stringify({
          request_id: order.paymentToken,
          order_status: 'SUCCEED',
          order_status_int: 2,
        }),
      });
      assert.equal(answer.status, 401);
      assert.equal(await metric(forged), before + 1);
      await page.reload();
      await tagIs(page, 'waiting');
    }));

  it('with another amount than was asked for is being looked at, and neither paid nor failed', () =>
    visit(async ({ page }) => {
      const order = await orderWithLink(page);
      await settle(stack, order.reference, 'IN_ANALYSIS');
      await tagIs(page, 'pending');
      await settle(stack, order.reference, 'PAID');
      await tagIs(page, 'paid');
    }));

  it('whose link was lost with an answer is started again, and paid once', () =>
    visit(async ({ page }) => {
      const order = await orderSomething(stack, page, { gateway: 'lesspay' });
      await control(stack, 'faults', {
        path: '/lesspay/api/global/v1/pay/create-order',
        kind: 'drop_after',
        times: 1,
      });
      await pay(page);
      await tagIs(page, 'ended');
      await page.locator('[part~="renew-button"]').click();
      await isThere(page);
      await pressAndReturn(page, 'Pay');
      await tagIs(page, 'paid');
      assert.deepEqual(await statuses(order), ['PROCESSING', 'PAID']);
    }));

  it('works the same on the page that the proxy hosts', () =>
    visit(async ({ page }) => {
      const { paymentToken } = await orderSomething(stack, page, { gateway: 'lesspay' });
      const hosted = `${stack.proxyUrl}/pay/${paymentToken}`;
      await page.goto(hosted);
      await tagIs(page, 'choosing');
      await pay(page);
      await isThere(page);
      await pressAndReturn(page, 'Pay');
      await tagIs(page, 'paid');
      await page.goto(hosted);
      await tagIs(page, 'paid');
    }));
});
