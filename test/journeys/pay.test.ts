/** Each method from the shop’s shelf to PAID, in both dialects of the PSP; declines; reload in the middle of each. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { choose, control, fillCard, ledger, orderSomething, pay, settle, tagIs } from './shop-visit.ts';
import { type Shopper, type Stack, startStack } from './stack.ts';

let stack: Stack;
before(async () => {
  stack = await startStack();
});
after(() => stack.close());

async function visit(run: (shopper: Shopper) => Promise<void>): Promise<void> {
  const shopper = await stack.openShop();
  try {
    await run(shopper);
    assert.deepEqual(shopper.errors, [], 'the page says nothing of errors');
  } finally {
    await shopper.context.close();
  }
}

for (const era of ['current', 'classic'] as const) {
  describe(`with the ${era} dialect`, () => {
    before(() => control(stack, 'dialect', { era }));
    after(() => control(stack, 'dialect', { era: 'current' }));

    it('a card in two installments is PAID and charged once', () =>
      visit(async ({ page, hosts }) => {
        const order = await orderSomething(stack, page, { outcome: 'PAID' });
        await choose(page, 'CREDITCARD');
        await fillCard(page);
        await page.locator('select[name=card_installments]').selectOption('2');
        await pay(page);
        await tagIs(page, 'paid');
        await page.locator('#thanks').waitFor({ state: 'visible' });
        const [entry, ...others] = await ledger(stack, order.reference);
        assert.equal(entry?.send_accepted, 1);
        assert.equal(others.length, 0);
        assert.deepEqual(
          [...hosts].sort(),
          [new URL(stack.shopUrl).host, new URL(stack.proxyUrl).host].sort(),
        );
      }));

    it('a debit card is refused at the bank and charged nothing, then confirmed there and charged once', () =>
      visit(async ({ page }) => {
        const order = await orderSomething(stack, page, { outcome: 'PAID' });
        await choose(page, 'DEBITCARD');
        await fillCard(page);
        await pay(page);
        await page.locator('#demo-bank button[value=refuse]').click();
        await page.locator('[part~="notice"]').waitFor({ state: 'visible' });
        assert.deepEqual(
          (await ledger(stack, order.reference)).map(entry => entry.send_received),
          [0],
        );
        await pay(page);
        await page.locator('#demo-bank button[value=confirm]').click();
        await tagIs(page, 'paid');
        const entries = await ledger(stack, order.reference);
        assert.deepEqual(
          entries.map(({ method, send_accepted }) => [method, send_accepted]),
          [['DEBITCARD', 1]],
        );
      }));

    it('a Pix code is copied, paid at the bank, and the page says so by itself (gn-api-woocommerce #10)', () =>
      visit(async ({ page }) => {
        const order = await orderSomething(stack, page);
        await choose(page, 'PIX');
        await pay(page);
        await tagIs(page, 'waiting');
        await page.locator('[part~="qr-code"]').waitFor({ state: 'visible' });
        await page.locator('[part~="copy-button"]').first().click();
        await page.locator('[part~="copy-note"].copied').waitFor();
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        assert.match(copied, /^000201.*6304[0-9A-F]{4}$/);
        await settle(stack, order.reference, 'PAID');
        await tagIs(page, 'paid');
      }));

    it('a boleto shows its line and bars, and becomes PAID', () =>
      visit(async ({ page }) => {
        const order = await orderSomething(stack, page);
        await choose(page, 'BOLETO');
        await pay(page);
        await tagIs(page, 'waiting');
        await page.locator('[part~="barcode"]').waitFor({ state: 'visible' });
        const line = await page.locator('[part~="boleto-line"]').first().textContent();
        assert.equal((line ?? '').replace(/\D/g, '').length, 47);
        await settle(stack, order.reference, 'PAID');
        await tagIs(page, 'paid');
      }));

    for (const [country, length] of [
      ['MX', 13],
      ['CL', 16],
    ] as const) {
      it(`Paycash in ${country}: the reference is shown, paid at the till, and the page says so`, () =>
        visit(async ({ page }) => {
          const order = await orderSomething(stack, page, { country });
          await choose(page, 'PAYCASH');
          await pay(page);
          await tagIs(page, 'waiting');
          const reference = await page.locator('[part~="paycash-reference"]').first().textContent();
          assert.equal((reference ?? '').replace(/\s/g, '').length, length);
          await page.locator('[part~="barcode"]').waitFor({ state: 'visible' });
          await settle(stack, order.reference, 'PAID');
          await tagIs(page, 'paid');
        }));
    }
  });
}

it('a declined card is followed by Pix on the same order, and the declined attempt is not charged (woocommerce-paghiper #81)', () =>
  visit(async ({ page }) => {
    const order = await orderSomething(stack, page);
    await choose(page, 'CREDITCARD');
    await fillCard(page);
    await pay(page);
    await tagIs(page, 'verifying');
    await settle(stack, order.reference, 'DECLINED', '01.06.0003');
    await tagIs(page, 'declined');
    await page.locator('[part~="next-step-pix"]').click();
    await tagIs(page, 'waiting');
    await settle(stack, order.reference, 'PAID');
    await tagIs(page, 'paid');
    const entries = await ledger(stack, order.reference);
    assert.deepEqual(
      entries.map(({ method, status }) => [method, status]),
      [
        ['CREDITCARD', 'DECLINED'],
        ['PIX', 'PAID'],
      ],
    );
  }));

it('a declined card can be followed by another card', () =>
  visit(async ({ page }) => {
    const order = await orderSomething(stack, page);
    await choose(page, 'CREDITCARD');
    await fillCard(page);
    await pay(page);
    await tagIs(page, 'verifying');
    await settle(stack, order.reference, 'DECLINED', '01.05.0012');
    await tagIs(page, 'declined');
    await page.locator('[part~="next-step-card"]').click();
    await tagIs(page, 'choosing');
    await fillCard(page, { number: '5240082975622454' });
    await pay(page);
    await tagIs(page, 'verifying');
    await settle(stack, order.reference, 'PAID');
    await tagIs(page, 'paid');
    const entries = await ledger(stack, order.reference);
    assert.deepEqual(
      entries.map(entry => entry.send_accepted),
      [1, 1],
    );
  }));

it('a payment in analysis is neither paid nor declined', () =>
  visit(async ({ page }) => {
    await orderSomething(stack, page, { outcome: 'IN_ANALYSIS' });
    await choose(page, 'CREDITCARD');
    await fillCard(page);
    await pay(page);
    await tagIs(page, 'pending');
    await page.reload();
    await tagIs(page, 'pending');
  }));

it('a canceled payment can be paid anew', () =>
  visit(async ({ page }) => {
    const order = await orderSomething(stack, page);
    await choose(page, 'PIX');
    await pay(page);
    await tagIs(page, 'waiting');
    await settle(stack, order.reference, 'CANCELED');
    await tagIs(page, 'ended');
    await page.locator('[part~="renew-button"]').first().click();
    await tagIs(page, 'waiting');
    await settle(stack, order.reference, 'PAID');
    await tagIs(page, 'paid');
    const entries = await ledger(stack, order.reference);
    assert.deepEqual(
      entries.map(entry => entry.status),
      ['CANCELED', 'PAID'],
    );
  }));

describe('by keyboard alone', () => {
  /** Tab until the element with this selector, in whatever root, has the focus. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let presses = 0; presses < 60; presses += 1) {
      const there = await page.evaluate(wanted => {
        let focused = document.activeElement;
        while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
        return focused?.matches(wanted) ?? false;
      }, selector);
      if (there) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not lead to ${selector}`);
  }

  it('a card is chosen with the arrows, filled in and paid', () =>
    visit(async ({ page }) => {
      await orderSomething(stack, page, { outcome: 'PAID' });
      await tabTo(page, 'input[type=radio]');
      await page.keyboard.press('ArrowDown');
      await tabTo(page, 'input[name=card_number]');
      await page.keyboard.type('4539620659922097');
      await page.keyboard.press('Tab');
      await page.keyboard.type(`12${(new Date().getFullYear() + 3) % 100}`);
      await page.keyboard.press('Tab');
      await page.keyboard.type('123');
      await page.keyboard.press('Tab');
      await page.keyboard.type('MARINA AZEVEDO');
      await tabTo(page, 'select[name=card_installments]');
      await page.keyboard.press('ArrowDown');
      await tabTo(page, '[part~="pay-button"]');
      await page.keyboard.press('Enter');
      await tagIs(page, 'paid');
    }));

  it('a Pix code is made, copied and left for a boleto', () =>
    visit(async ({ page }) => {
      await orderSomething(stack, page);
      await tabTo(page, '[part~="pay-button"]');
      await page.keyboard.press('Space');
      await tagIs(page, 'waiting');
      await tabTo(page, '[part~="copy-button"]');
      await page.keyboard.press('Enter');
      await page.locator('[part~="copy-note"]').first().waitFor({ state: 'visible' });
      await tabTo(page, '[part~="other-method-button"]');
      await page.keyboard.press('Enter');
      await tabTo(page, '[part~="leave-button"]');
      await page.keyboard.press('Enter');
      await tagIs(page, 'choosing');
      await tabTo(page, 'input[type=radio]');
      await page.keyboard.press('ArrowUp');
      await tabTo(page, '[part~="pay-button"]');
      await page.keyboard.press('Enter');
      await tagIs(page, 'waiting');
      await page.locator('[part~="boleto-line"]').first().waitFor({ state: 'visible' });
    }));
});

describe('a reload comes back to the same screen', () => {
  it('with the same Pix code', () =>
    visit(async ({ page }) => {
      const order = await orderSomething(stack, page);
      await choose(page, 'PIX');
      await pay(page);
      await tagIs(page, 'waiting');
      const before = await page.locator('[part~="pix-code"]').first().textContent();
      await page.reload();
      await tagIs(page, 'waiting');
      await page.locator('[part~="qr-code"]').waitFor({ state: 'visible' });
      assert.equal(await page.locator('[part~="pix-code"]').first().textContent(), before);
      assert.equal((await ledger(stack, order.reference)).length, 1);
    }));

  it('with the same boleto', () =>
    visit(async ({ page }) => {
      await orderSomething(stack, page);
      await choose(page, 'BOLETO');
      await pay(page);
      await tagIs(page, 'waiting');
      const before = await page.locator('[part~="boleto-line"]').first().textContent();
      await page.reload();
      await tagIs(page, 'waiting');
      assert.equal(await page.locator('[part~="boleto-line"]').first().textContent(), before);
    }));

  it('with the same cash reference', () =>
    visit(async ({ page }) => {
      await orderSomething(stack, page, { country: 'CO' });
      await choose(page, 'PAYCASH');
      await pay(page);
      await tagIs(page, 'waiting');
      const before = await page.locator('[part~="paycash-reference"]').first().textContent();
      await page.reload();
      await tagIs(page, 'waiting');
      assert.equal(await page.locator('[part~="paycash-reference"]').first().textContent(), before);
    }));

  it('while a card payment is on its way, and charges it once', () =>
    visit(async ({ page }) => {
      const order = await orderSomething(stack, page, { outcome: 'PAID' });
      await choose(page, 'CREDITCARD');
      await fillCard(page);
      await control(stack, 'faults', { path: '/payment/*/sendPayment', times: 1, kind: 'delay', ms: 1500 });
      await pay(page);
      await tagIs(page, 'submitting');
      await page.reload();
      await tagIs(page, 'paid');
      const entries = await ledger(stack, order.reference);
      assert.deepEqual(
        entries.map(entry => entry.send_received),
        [1],
      );
    }));
});

it('a card payment whose answer is lost is verified and ends PAID, charged once', () =>
  visit(async ({ page }) => {
    const order = await orderSomething(stack, page, { outcome: 'PAID' });
    await choose(page, 'CREDITCARD');
    await fillCard(page);
    await control(stack, 'faults', { path: '/payment/*/sendPayment', times: 1, kind: 'drop_after' });
    await pay(page);
    await tagIs(page, 'paid');
    const entries = await ledger(stack, order.reference);
    assert.deepEqual(
      entries.map(entry => entry.send_received),
      [1],
    );
  }));

it('a card number that cannot be right is said at its field, and nothing typed is lost', () =>
  visit(async ({ page }) => {
    await orderSomething(stack, page);
    await choose(page, 'CREDITCARD');
    await fillCard(page, { number: '4539620659922098' });
    await pay(page);
    const number = page.locator('input[name=card_number]');
    await page.locator('input[name=card_number][aria-invalid=true]').waitFor();
    assert.equal(
      await number.evaluate(input => (input.getRootNode() as ShadowRoot).activeElement === input),
      true,
    );
    assert.equal(await number.inputValue(), '4539 6206 5992 2098');
    assert.equal(await page.locator('input[name=card_holder]').inputValue(), 'MARINA AZEVEDO');
  }));

it('the hosted page takes a payment as the embedded tag does', () =>
  visit(async ({ page }) => {
    const order = await orderSomething(stack, page);
    await page.goto(`${stack.proxyUrl}/pay/${order.paymentToken}`);
    await choose(page, 'PIX');
    await pay(page);
    await tagIs(page, 'waiting');
    await settle(stack, order.reference, 'PAID');
    await tagIs(page, 'paid');
  }));

it('the hosted page shows a boleto with the bank’s own page in its looks, and its policy refuses nothing', () =>
  visit(async ({ page, errors }) => {
    const order = await orderSomething(stack, page);
    await page.goto(`${stack.proxyUrl}/pay/${order.paymentToken}`);
    await choose(page, 'BOLETO');
    await pay(page);
    await tagIs(page, 'waiting');
    await page.locator('[part~="bank-page"] summary').click();
    const view = page.frameLocator('[part~="bank-page"] iframe');
    const line = view.locator('.line');
    await line.waitFor();
    assert.equal(await line.evaluate(element => getComputedStyle(element).textAlign), 'right');
    assert.equal(
      await view.locator('img').evaluate(image => (image as HTMLImageElement).naturalWidth > 0),
      true,
    );
    assert.deepEqual(errors, []);
  }));
