/** The shop's own side: it hears of a payment by webhook, gives a part of it back, then the rest; both pages follow alone. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { choose, control, fillCard, ledger, orderSomething, pay, tagIs } from './shop-visit.ts';
import { type Stack, startStack } from './stack.ts';

const staffKey = randomBytes(8).toString('hex');
let stack: Stack;
before(async () => {
  process.env['SHOP_STAFF_KEY'] = staffKey;
  stack = await startStack();
});
after(() => stack.close());

const statusIs = (page: Page, status: string) =>
  page.locator(`#report .status[data-status="${status}"]`).waitFor();
const happened = (page: Page, type: string) =>
  page.locator(`#timeline [data-event="${type}"]`).first().waitFor();

/** Without a reload: what stands there was brought by the page itself. */
async function isNeverReloaded(page: Page, run: () => Promise<void>): Promise<void> {
  await page.evaluate(() => document.body.setAttribute('data-first-load', ''));
  await run();
  assert.equal(await page.locator('body[data-first-load]').count(), 1, 'the page was loaded anew');
}

interface PspRefund {
  readonly refund_id: number;
  readonly payment_token: string;
  readonly amount: number;
  readonly status: string;
}

async function completeRefunds(paymentToken: string): Promise<PspRefund[]> {
  const answer = await fetch(`${stack.emulatorUrl}/_emulator/refunds`);
  const { refunds } = (await answer.json()) as { refunds: PspRefund[] };
  const own = refunds.filter(({ payment_token }) => payment_token === paymentToken);
  for (const { refund_id, status } of own)
    if (status !== 'COMPLETED') await control(stack, `refunds/${refund_id}/settle`, { status: 'COMPLETED' });
  return own;
}

async function openStaffPage(buyersPage: Page, orderId: string): Promise<Page> {
  const page = await buyersPage.context().newPage();
  await page.goto(`${stack.shopUrl}/admin?key=${staffKey}`);
  await page.goto(`${stack.shopUrl}/admin/orders/${orderId}`);
  return page;
}

async function asksForRefund(page: Page, amount: string): Promise<void> {
  await page.locator('#deeds input[name=amount]').fill(amount);
  await page.locator('form[action$="/refund"] button').click();
  await page.locator('.done').waitFor();
}

describe('an order from the payment to the last refund', () => {
  it('is paid, refunded in part and then wholly, and buyer and shop see each step without a reload', async () => {
    const { page, context, errors } = await stack.openShop();
    const order = await orderSomething(stack, page, { language: 'en', outcome: 'PAID' });
    const orderId = page.url().split('/').at(-1) ?? '';
    const buyers = await context.newPage();
    await buyers.goto(`${stack.shopUrl}/orders/${orderId}`);
    await statusIs(buyers, 'CREATED');

    let staffs: Page | undefined;
    await isNeverReloaded(buyers, async () => {
      await choose(page, 'CREDITCARD');
      await fillCard(page);
      await pay(page);
      await tagIs(page, 'paid');
      await statusIs(buyers, 'PAID');
      await happened(buyers, 'order.paid');

      staffs = await openStaffPage(buyers, orderId);
      await happened(staffs, 'order.paid');
      await asksForRefund(staffs, '10,00');
      await completeRefunds(order.paymentToken);
      await statusIs(buyers, 'PARTIALLY_REFUNDED');
      await happened(buyers, 'refund.completed');
      await happened(staffs, 'order.partially_refunded');

      await asksForRefund(staffs, '');
      await completeRefunds(order.paymentToken);
      await statusIs(buyers, 'REFUNDED');
      await happened(staffs, 'order.refunded');
    });

    const refunds = await completeRefunds(order.paymentToken);
    const [entry] = await ledger(stack, order.reference);
    assert.equal(entry?.send_accepted, 1);
    assert.deepEqual([refunds.length, refunds[0]?.amount], [2, 10]);
    const done = buyers.locator('#timeline [data-event="refund.completed"]');
    await done.nth(1).waitFor();
    assert.match((await done.first().textContent()) ?? '', /R\$\s?10\.00/);
    await staffs?.locator('#deeds form').waitFor({ state: 'detached' });
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('a refund of more than was paid is refused in words, and nothing is sent', async () => {
    const { page, context } = await stack.openShop();
    const order = await orderSomething(stack, page, { language: 'pt', outcome: 'PAID' });
    const orderId = page.url().split('/').at(-1) ?? '';
    await choose(page, 'CREDITCARD');
    await fillCard(page);
    await pay(page);
    await tagIs(page, 'paid');
    const staffs = await openStaffPage(page, orderId);
    await statusIs(staffs, 'PAID');
    await staffs.locator('#deeds input[name=amount]').fill('9.999,00');
    await staffs.locator('form[action$="/refund"] button').click();
    await staffs.locator('.notice[role=alert]').waitFor();
    assert.deepEqual(await completeRefunds(order.paymentToken), []);
    await context.close();
  });
});

describe('an order whose money is held', () => {
  /** Held by a card, with the staff's page open; both pages are left as they are. */
  async function hold(language: 'en' | 'pt') {
    const { page, context, errors } = await stack.openShop();
    const order = await orderSomething(stack, page, { language, outcome: 'PAID', hold: true });
    const orderId = page.url().split('/').at(-1) ?? '';
    await choose(page, 'CREDITCARD');
    await fillCard(page);
    await pay(page);
    await tagIs(page, 'paid');
    await page.locator('#held').waitFor();
    assert.equal(await page.locator('#thanks').isVisible(), false, 'it is called paid');
    const staffs = await openStaffPage(page, orderId);
    await statusIs(staffs, 'PRE_AUTHORIZED');
    await happened(staffs, 'order.pre_authorized');
    return { page, staffs, context, errors, order, orderId };
  }
  const standing = async (reference: string) => {
    const [entry] = await ledger(stack, reference);
    return [entry?.status, entry?.amount_received, entry?.send_accepted];
  };

  it('is captured in part from the staff’s page, and is paid with that amount', async () => {
    const { page, staffs, context, errors, order, orderId } = await hold('en');
    await page.getByText('Payment authorised').first().waitFor();
    assert.match((await staffs.locator('#amount-hint').textContent()) ?? '', /R\$\s?54\.90/);
    assert.equal(await staffs.locator('form[action$="/refund"]').count(), 0);
    await staffs.locator('#deeds input[name=amount]').fill('40,00');
    await staffs.locator('form[action$="/capture"] button').click();
    await staffs.locator('.done').waitFor();
    await statusIs(staffs, 'PAID');
    await happened(staffs, 'order.paid');
    assert.deepEqual(await standing(order.reference), ['PAID', 40, 1]);
    const told = staffs.locator('#timeline [data-event="order.paid"]');
    assert.match((await told.textContent()) ?? '', /R\$\s?40\.00/);
    await staffs.locator('form[action$="/refund"]').waitFor();
    await page.goto(`${stack.shopUrl}/orders/${orderId}`);
    await statusIs(page, 'PAID');
    const amounts = await page.locator('#report dd').allTextContents();
    assert.equal(amounts.filter(text => /R\$\s?40\.00/.test(text)).length, 2, 'to pay, and received');
    assert.deepEqual(errors, []);
    await context.close();
  });

  it('is released from the staff’s page, and the buyer finds it canceled', async () => {
    const { page, staffs, context, errors, order, orderId } = await hold('pt');
    await staffs.locator('form[action$="/cancel"] button').click();
    await staffs.locator('.done').waitFor();
    await statusIs(staffs, 'CANCELED');
    await happened(staffs, 'order.canceled');
    assert.deepEqual(await standing(order.reference), ['CANCELED', 0, 1]);
    assert.equal(await staffs.locator('#deeds form').count(), 0);
    await page.goto(`${stack.shopUrl}/orders/${orderId}`);
    await statusIs(page, 'CANCELED');
    await page.goto(`${stack.shopUrl}/pay/${orderId}`);
    await tagIs(page, 'ended');
    assert.equal(await page.locator('#held').isVisible(), false);
    assert.deepEqual(errors, []);
    await context.close();
  });
});

it('whoever has no key sees no order of the shop and can give nothing back', async () => {
  const { page, context } = await stack.openShop();
  await orderSomething(stack, page);
  const orderId = page.url().split('/').at(-1) ?? '';
  for (const path of ['/admin', '/admin?key=wrong', `/admin/orders/${orderId}`])
    assert.equal((await page.goto(`${stack.shopUrl}${path}`))?.status(), 403, path);
  const refused = await page.request.post(`${stack.shopUrl}/admin/orders/${orderId}/refund`, {
    form: { form: 'some-form-id' },
    headers: { Origin: stack.shopUrl },
  });
  assert.equal(refused.status(), 403);
  await context.close();
});
