/** What a shopper does in the demo shop up to the payment page, and what the shop’s keeper sees behind it. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Stack } from './stack.ts';

export interface Visit {
  readonly country?: string;
  /** The sandbox’s word for the payer’s first name; without one the payment waits to be settled. */
  readonly outcome?: 'PAID' | 'DECLINED' | 'IN_ANALYSIS' | 'CANCELED';
  readonly language?: 'pt' | 'es' | 'en';
  /** The payment provider; LetPay without one. */
  readonly gateway?: 'letsia' | 'lesspay';
  /** A card’s money is held only. */
  readonly hold?: boolean;
}

export interface PlacedOrder {
  readonly paymentToken: string;
  readonly reference: string;
}

/** From the shelf to the payment page, by the shop’s own buttons. */
export async function orderSomething(stack: Stack, page: Page, visit: Visit = {}): Promise<PlacedOrder> {
  await page.goto(`${stack.shopUrl}/?country=${visit.country ?? 'BR'}`);
  if (visit.language) await page.goto(`${stack.shopUrl}/?lang=${visit.language}`);
  await page.locator('form[action="/cart/add"] button').first().click();
  await page.goto(`${stack.shopUrl}/checkout`);
  if (visit.outcome) await page.locator('select[name=outcome]').selectOption(visit.outcome);
  if (visit.gateway) await page.locator('select[name=gateway]').selectOption(visit.gateway);
  if (visit.hold) await page.locator('input[name=hold]').check();
  await page.locator('form.buyer button').click();
  await page.waitForURL('**/pay/*');
  const tag = page.locator('letpay-checkout');
  await tagIs(page, 'choosing');
  const paymentToken = await tag.getAttribute('payment-token');
  assert.ok(paymentToken);
  const reference = (await (await fetch(`${stack.proxyUrl}/v1/checkout/${paymentToken}`)).json()) as {
    reference_id: string;
  };
  return { paymentToken, reference: reference.reference_id };
}

export interface LedgerEntry {
  readonly payment_token: string;
  readonly status: string;
  readonly method: string | null;
  readonly send_received: number;
  readonly send_accepted: number;
  readonly amount_received: number;
}

/** The PSP’s own books for an order, oldest first. */
export async function ledger(stack: Stack, reference: string): Promise<LedgerEntry[]> {
  const answer = await fetch(
    `${stack.emulatorUrl}/_emulator/payments?reference_id=${encodeURIComponent(reference)}`,
  );
  return ((await answer.json()) as { payments: LedgerEntry[] }).payments;
}

/** The PSP decides on the newest attempt of an order. */
export async function settle(
  stack: Stack,
  reference: string,
  status: string,
  error_code?: string,
): Promise<void> {
  const newest = (await ledger(stack, reference)).at(-1);
  assert.ok(newest, 'an attempt to settle');
  await control(stack, `payments/${newest.payment_token}/settle`, { status, error_code });
}

export async function control(stack: Stack, path: string, body: object): Promise<void> {
  const answer = await fetch(`${stack.emulatorUrl}/_emulator/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.equal(answer.ok, true, `${path} answered ${answer.status}`);
}

/** The tag stands in this state. */
export async function tagIs(page: Page, state: string): Promise<void> {
  await page.waitForFunction(
    wanted =>
      (document.querySelector('letpay-checkout') as unknown as { state: string } | null)?.state === wanted,
    state,
    { polling: 50 },
  );
}

export async function choose(page: Page, method: string): Promise<void> {
  // “choosing” is said when the order is there; the rows follow when the words are.
  const row = page.locator(`[part~="method-${method}"]`).first();
  await row.waitFor();
  const radio = row.locator('input[type=radio]');
  if ((await radio.count()) > 0) await radio.check({ force: true });
}

/** LetPay’s test card (facts 4.8), good for some years from today. */
export async function fillCard(page: Page, card: { number?: string; holder?: string } = {}): Promise<void> {
  const year = String((new Date().getFullYear() + 3) % 100);
  await page.locator('input[name=card_number]').pressSequentially(card.number ?? '4539620659922097');
  await page.locator('input[name=card_expiry]').pressSequentially(`12${year}`);
  await page.locator('input[name=card_cvv]').pressSequentially('123');
  await page.locator('input[name=card_holder]').pressSequentially(card.holder ?? 'MARINA AZEVEDO');
}

export async function pay(page: Page): Promise<void> {
  await page.locator('[part~="pay-button"]').first().click();
}
