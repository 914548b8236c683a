/** An attempt that failed on a page which may take the money after all. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../../server/checkout/attempt.ts';
import {
  appendAttempt,
  beginSending,
  canRenew,
  findAttempt,
  isCheckoutPaid,
  isPaidTwice,
} from '../../../server/checkout/checkout.ts';
import type { CheckoutRecord } from '../../../server/checkout/checkout-record.ts';
import { recordReport } from '../../../server/checkout/record-report.ts';
import { isCheckoutWatched, nextDue } from '../../../server/checkout/watch-schedule.ts';
import { orderRequest } from '../../../server/contract/order.ts';
import { order } from '../stack.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const day = 24 * 60 * 60_000;
const offer = { methods: ['REDIRECT' as const], installments: [], totals: null, customerFees: [] };

const fresh: CheckoutRecord = {
  ...offer,
  token: 'INVOICE-1',
  version: 1,
  gateway: 'letsia',
  referenceId: 'R',
  country: 'BR',
  currency: 'BRL',
  returnUrl: null,
  publicPersonId: null,
  delayCapture: false,
  offersSaveCard: false,
  order: orderRequest.parse(order),
  attempts: [openAttempt('INVOICE-1', now)],
  claims: {},
  cardTries: [],
  createdAt: now,
  dueAt: null,
};

const sent = (record: CheckoutRecord, key: string) =>
  beginSending(record, { key, fingerprint: 'F', method: 'REDIRECT', installments: null, now });
const failing = (mayBePaidYet: boolean) =>
  recordReport(sent(fresh, 'K1'), 'INVOICE-1', { status: 'DECLINED', mayBePaidYet });
const failed = failing(true);
const left = appendAttempt(failed, 'INVOICE-2', offer, now);

test('it allows another attempt, like every failure', () => {
  assert.equal(canRenew(failed), true);
  assert.equal(isCheckoutPaid(failed), false);
});

test('it is read for a day, and stays watched for whoever asks', () => {
  const erased = { ...failed, order: null };
  assert.equal(nextDue(erased, now + 60_000, false), now + 65_000);
  assert.notEqual(nextDue(erased, now + day - 1, false), null);
  assert.equal(nextDue(erased, now + day, false), null);
  assert.equal(isCheckoutWatched(erased), true);
});

test('a failure that is the last word is not read again', () => {
  const final = { ...failing(false), order: null };
  assert.equal(nextDue(final, now + 60_000, false), null);
  assert.equal(isCheckoutWatched(final), false);
});

test('once it was left, only its money is news', () => {
  const pending = recordReport(left, 'INVOICE-1', { status: 'PROCESSING', mayBePaidYet: false });
  assert.equal(pending, left);
  const paid = recordReport(left, 'INVOICE-1', { status: 'PAID', mayBePaidYet: false });
  assert.equal(findAttempt(paid, 'INVOICE-1')?.status, 'PAID');
  assert.equal(isCheckoutPaid(paid), true);
});

test('while it is the newest, the PSP may think better of it', () => {
  const pending = recordReport(failed, 'INVOICE-1', { status: 'PROCESSING', mayBePaidYet: false });
  assert.equal(pending.attempts[0].status, 'PROCESSING');
  assert.equal(canRenew(pending), false);
});

test('paid beside the next one is paid twice', () => {
  const next = recordReport(sent(left, 'K2'), 'INVOICE-2', { status: 'PAID', mayBePaidYet: false });
  assert.equal(isPaidTwice(next), false);
  assert.equal(isPaidTwice(recordReport(next, 'INVOICE-1', { status: 'PAID', mayBePaidYet: false })), true);
});

test('paid over another amount after it was left, it is told of and nothing else may be sent', () => {
  const looked = recordReport(left, 'INVOICE-1', { status: 'IN_ANALYSIS', amountReceived: 5_000 });
  const attempt = findAttempt(looked, 'INVOICE-1');
  assert.deepEqual([attempt?.status, attempt?.amountReceived], ['IN_ANALYSIS', 5_000]);
  assert.equal(isCheckoutWatched(looked), true);
});
