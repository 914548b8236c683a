import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPayable, openAttempt } from '../../../server/checkout/attempt.ts';
import { shownAttempt } from '../../../server/checkout/checkout.ts';
import type { Attempt, CheckoutRecord } from '../../../server/checkout/checkout-record.ts';
import { viewCheckout } from '../../../server/checkout/checkout-view.ts';
import { erasureDueAt, withoutUnneeded } from '../../../server/checkout/erasure.ts';
import { type Instrument, statuses } from '../../../server/contract/checkout.ts';
import { record } from '../store/store-suite.ts';

const day = 86_400_000;
const made = Date.parse('2026-11-20T12:00:00Z');
const keyed = (kept: string) => (kept.startsWith('k.') ? kept : `k.${kept}`);
const erased = (kept: CheckoutRecord, now = made) => withoutUnneeded(kept, now, keyed);
const pageSecret = 'ALICE 39784045087';

const instruments: readonly Instrument[] = [
  { method: 'BOLETO', code: '34191', amount: 12345, due_date: '2026-11-30', html: pageSecret },
  { method: 'PIX', code: '000201', amount: 12345, qr_code_png: pageSecret, expires_at: null },
  {
    method: 'PAYCASH',
    barcode: '123',
    amount: 12345,
    due_date: '2026-11-30',
    barcode_png: pageSecret,
    instructions_link: `https://letpay.example/${encodeURIComponent(pageSecret)}`,
  },
];

const attempt = (token: string, instrument: Instrument, changes: Partial<Attempt> = {}): Attempt => ({
  ...openAttempt(token, made),
  phase: 'sent',
  status: 'PROCESSING',
  method: instrument.method,
  instrument,
  ...changes,
});
const checkoutOf = (first: Attempt, ...rest: Attempt[]) =>
  record({ createdAt: made, claims: {}, attempts: [first, ...rest] });
const holdsPage = (kept: CheckoutRecord) => JSON.stringify(kept.attempts).includes('39784045087');

test('the page of a code goes when it is paid, over or left, and the code, its amount and its date stay', () => {
  for (const instrument of instruments) {
    const waiting = checkoutOf(attempt('A', instrument));
    assert.equal(erased(waiting), waiting);
    for (const gone of [
      checkoutOf(attempt('A', instrument, { status: 'PAID' })),
      checkoutOf(attempt('A', instrument, { status: 'CANCELED' })),
      checkoutOf(attempt('A', instrument, { status: 'DISPUTE' })),
      checkoutOf(attempt('A', instrument), openAttempt('B', made)),
    ]) {
      const kept = erased(gone);
      assert.ok(!holdsPage(kept));
      const { html: _html, qr_code_png: _qr, ...rest } = { ...instrument } as Record<string, unknown>;
      const { barcode_png: _bar, instructions_link: _link, ...code } = rest;
      assert.deepEqual({ ...kept.attempts[0].instrument, ...code }, kept.attempts[0].instrument);
    }
  }
});

test('the payer’s data and every page end with the thirtieth day, and are due to be erased then', () => {
  for (const instrument of instruments) {
    const waiting = checkoutOf(attempt('A', instrument));
    assert.equal(erasureDueAt(waiting), made + 30 * day);
    assert.equal(erasureDueAt({ ...waiting, order: null }), made + 30 * day);
    assert.equal(erased(waiting, made + 30 * day - 1), waiting);
    const kept = erased(waiting, made + 30 * day);
    assert.equal(kept.order, null);
    assert.ok(!holdsPage(kept));
    assert.equal(erasureDueAt(kept), null);
  }
});

test('the payer’s data goes once the money is there, and not before', () => {
  const card = { ...openAttempt('A', made), phase: 'sent', method: 'CREDITCARD' } as const;
  assert.equal(erased(checkoutOf({ ...card, status: 'PAID' })).order, null);
  assert.equal(erased(checkoutOf({ ...card, status: 'CANCELED', wasPaid: true })).order, null);
  assert.notEqual(erased(checkoutOf({ ...card, status: 'PROCESSING' })).order, null);
});

test('what an older version kept of a charge and of bodies goes too', () => {
  const terms = { amount: 7, asset: 'BRL', public_person_id: 'p', public_card_id: 'c' };
  const old = {
    ...checkoutOf(openAttempt('A', made)),
    tokenPayment: {
      ...terms,
      payment_currency: 'BRL',
      authentication: { cavv: 'S' },
      ip_address: '203.0.113.7',
    },
    claims: { key: { fingerprint: 'f', attempt: 'A', ending: 'answered' as const } },
  };
  const kept = erased(old);
  assert.deepEqual(kept.tokenPayment, { ...terms, payment_currency: 'BRL' });
  assert.equal(kept.claims['key']?.fingerprint, 'k.f');
  assert.equal(erased(kept), kept);
});

test('whatever the statuses: what is shown stays, erasing changes nothing that is told, and nothing the second time', () => {
  const one = fc.record({
    instrument: fc.constantFrom(...instruments),
    status: fc.constantFrom(...statuses),
    phase: fc.constantFrom('sent' as const, 'open' as const, 'sending' as const),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), fc.nat(40 * day), (lives, age) => {
      const [first, ...rest] = lives.map(({ instrument, status, phase }, at) =>
        attempt(`T${at}`, instrument, { status, phase }),
      );
      assert.ok(first);
      const kept = checkoutOf(first, ...rest);
      const left = erased(kept, made + age);
      assert.equal(erased(left, made + age), left);
      const shown = shownAttempt(left);
      const isFresh = age < 30 * day;
      assert.equal(holdsPage(left), isFresh && isPayable(shown));
      if (!isFresh) return;
      const { can: _before, ...before } = viewCheckout(kept, made, { testMode: true });
      const { can: _after, ...after } = viewCheckout(left, made, { testMode: true });
      assert.deepEqual(after, before);
    }),
  );
});
