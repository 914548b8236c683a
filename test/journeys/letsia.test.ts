/** Letsia from the shop’s shelf to its end: paid on a page of its own, failed there, left and come back to. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { control, ledger, orderSomething, type PlacedOrder, pay, settle, tagIs } from './shop-visit.ts';
import { type Shopper, type Stack, startStack } from './stack.ts';

const staffKey = randomBytes(8).toString('hex');
let stack: Stack;
before(async () => {
  process.env['SHOP_STAFF_KEY'] = staffKey;
  stack = await startStack();
});
after(() => stack.close());
afterEach(() => control(stack, 'letsia', { link: 'later' }));

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
const statusIs = (page: Page, status: string) =>
  page.locator(`#report .status[data-status="${status}"]`).waitFor();
const button = (page: Page, name: string) => page.getByRole('button', { name });

const isThere = (page: Page) => page.waitForURL('**/letsia/pay/**');

/** To Letsia’s page, as one press leads there, and back to the link that stands there for whoever comes back. */
async function orderWithLink(page: Page): Promise<PlacedOrder> {
  const order = await orderSomething(stack, page, { gateway: 'letsia' });
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

/** Somebody at Letsia works on the invoice. */
async function refreshAtLetsia(code: string): Promise<void> {
  const call = async (path: string, body: object, token = '') => {
    const answer = await fetch(`${stack.emulatorUrl}/letsia${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { data: { access_token?: string } };
  };
  const credentials = { email: 'demo@letsia.example', password: 'demo', device_name: 'test' };
  const { data } = await call('/login', credentials);
  await call(`/invoices/${code}/refresh`, {}, data.access_token);
}

async function invoices(order: PlacedOrder): Promise<string[]> {
  return (await ledger(stack, order.reference)).map(({ status }) => status);
}

describe('Letsia', () => {
  it('is paid on its own page in the same tab, and the shop’s page says so when the shopper is back', () =>
    visit(async ({ page, context }) => {
      const order = await orderWithLink(page);
      const shop = page.url();
      assert.equal(await link(page).getAttribute('rel'), 'noreferrer');
      await followLink(page);
      assert.equal(context.pages().length, 1);
      await button(page, 'Pay').click();
      await page.getByText('Nothing is left to do here').waitFor();
      await page.goto(shop);
      await tagIs(page, 'paid');
      assert.deepEqual(await invoices(order), ['PAID']);
    }));

  it('that fails is said to have failed, and a second try is a second invoice that can be paid', () =>
    visit(async ({ page }) => {
      const order = await orderWithLink(page);
      const shop = page.url();
      await followLink(page);
      await button(page, 'Let it fail').click();
      await page.getByText('Nothing is left to do here').waitFor();
      await page.goto(shop);
      await tagIs(page, 'declined');
      await page.locator('[part~="next-step-other"]').click();
      await tagIs(page, 'choosing');
      await pay(page);
      await isThere(page);
      await page.goBack();
      await link(page).waitFor({ state: 'visible' });
      await settle(stack, order.reference, 'PAID');
      await tagIs(page, 'paid');
      assert.deepEqual(await invoices(order), ['DECLINED', 'PAID']);
    }));

  it('that is left without paying is there again on the way back, with the same link', () =>
    visit(async ({ page }) => {
      const order = await orderWithLink(page);
      const address = await link(page).getAttribute('href');
      await followLink(page);
      await page.goBack();
      await tagIs(page, 'waiting');
      await link(page).waitFor({ state: 'visible' });
      assert.equal(await link(page).getAttribute('href'), address);
      assert.deepEqual(await invoices(order), ['PROCESSING']);
      await followLink(page);
      await button(page, 'Pay').click();
      await page.getByText('Nothing is left to do here').waitFor();
      while (!page.url().startsWith(stack.shopUrl)) await page.goBack();
      await tagIs(page, 'paid');
    }));

  it('that is paid in another window tells the waiting page by itself, without any webhook', () =>
    visit(async ({ page, context }) => {
      const order = await orderWithLink(page);
      const other = await context.newPage();
      await other.goto((await link(page).getAttribute('href')) ?? '');
      await button(other, 'Pay').click();
      await tagIs(page, 'paid');
      assert.deepEqual(await invoices(order), ['PAID']);
    }));

  it('whose link is not there yet waits, and shows it when it comes', () =>
    visit(async ({ page }) => {
      await control(stack, 'letsia', { link: 'after_refresh' });
      const order = await orderSomething(stack, page, { gateway: 'letsia' });
      await pay(page);
      await tagIs(page, 'verifying');
      await page.getByText('Estamos preparando a página de pagamento').first().waitFor();
      assert.equal(await page.getByText('Não pague de novo').count(), 0);
      assert.equal(await link(page).count(), 0);
      const [invoice] = await ledger(stack, order.reference);
      await refreshAtLetsia(invoice?.payment_token ?? '');
      await tagIs(page, 'waiting');
      await link(page).waitFor({ state: 'visible' });
    }));

  it('that is paid and then left for good is on the shop’s order page', () =>
    visit(async ({ page }) => {
      await orderWithLink(page);
      const orderPage = page.url().replace('/pay/', '/orders/');
      await followLink(page);
      await button(page, 'Pay').click();
      await page.getByText('Nothing is left to do here').waitFor();
      await page.goto(orderPage);
      await page.getByText('Pago', { exact: true }).first().waitFor();
    }));

  it('that is paid and then canceled by the shop says so everywhere, offers no second payment, and calls nothing unpaid', () =>
    visit(async ({ page, context }) => {
      const order = await orderWithLink(page);
      const shop = page.url();
      await followLink(page);
      await button(page, 'Pay').click();
      await page.getByText('Nothing is left to do here').waitFor();
      await page.goto(shop);
      await tagIs(page, 'paid');
      const buyers = await context.newPage();
      await buyers.goto(shop.replace('/pay/', '/orders/'));
      await statusIs(buyers, 'PAID');

      const staffs = await context.newPage();
      await staffs.goto(`${stack.shopUrl}/admin?key=${staffKey}`);
      await staffs.goto(shop.replace('/pay/', '/admin/orders/'));
      await staffs.locator('form[action$="/cancel"] button').click();
      await staffs.locator('.done').waitFor();
      await statusIs(staffs, 'CANCELED');
      await staffs.locator('#deeds form').first().waitFor({ state: 'detached' });
      assert.deepEqual(await invoices(order), ['CANCELED']);

      // Brought by a webhook, without a reload; the money that came in is still told.
      await statusIs(buyers, 'CANCELED');
      const received = buyers.locator('#report dl.report div').nth(3);
      assert.match((await received.textContent()) ?? '', /Recebido\s*R\$/);

      await page.goto(shop);
      await tagIs(page, 'ended');
      await page.getByText('Se você já pagou, fale com a loja sobre o valor.').waitFor();
      assert.equal(await page.getByText('segue em aberto').count(), 0);
      assert.equal(await page.locator('[part~="renew-button"]').count(), 0);
    }));

  it('works the same on the page that the proxy hosts', () =>
    visit(async ({ page }) => {
      const { paymentToken } = await orderSomething(stack, page, { gateway: 'letsia' });
      await page.goto(`${stack.proxyUrl}/pay/${paymentToken}`);
      await tagIs(page, 'choosing');
      await pay(page);
      await isThere(page);
      await button(page, 'Pay').click();
      await page.goto(`${stack.proxyUrl}/pay/${paymentToken}`);
      await tagIs(page, 'paid');
    }));
});
