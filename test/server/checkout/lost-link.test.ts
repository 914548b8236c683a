/** A link that was lost with the answer to its submission: nobody can pay, so the shopper may turn to something else. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { canBeLeft, openAttempt } from '../../../server/checkout/attempt.ts';
import {
  appendAttempt,
  beginSending,
  canRenew,
  markInDoubt,
  newestAttempt,
} from '../../../server/checkout/checkout.ts';
import type { AttemptReport, CheckoutRecord } from '../../../server/checkout/checkout-record.ts';
import { recordReport } from '../../../server/checkout/record-report.ts';
import { statuses } from '../../../server/contract/checkout.ts';
import { orderRequest } from '../../../server/contract/order.ts';
import { order } from '../stack.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const offer = { methods: ['REDIRECT'], installments: [], totals: null, customerFees: [] } as const;
const link = { method: 'REDIRECT', url: 'https://pay.example/1', label: '' } as const;

function lost(): CheckoutRecord {
  const record: CheckoutRecord = {
    ...offer,
    token: 'ONE',
    version: 1,
    gateway: 'lesspay',
    referenceId: 'R',
    country: 'BR',
    currency: 'BRL',
    returnUrl: null,
    publicPersonId: null,
    delayCapture: false,
    offersSaveCard: false,
    order: orderRequest.parse(order),
    attempts: [openAttempt('ONE', now)],
    claims: {},
    cardTries: [],
    createdAt: now,
    dueAt: null,
  };
  const sending = { key: 'k', fingerprint: 'f', method: 'REDIRECT', installments: null, now } as const;
  return markInDoubt(beginSending(record, sending), 'ONE', now);
}

const waiting: AttemptReport = { status: 'PROCESSING', method: 'REDIRECT', linkLost: true };

test('a doubt is not left, a payment without its link is', () => {
  assert.equal(canRenew(lost()), false);
  assert.equal(canRenew(recordReport(lost(), 'ONE', waiting)), true);
});

test('a link that a report brings ends that', () => {
  const found = recordReport(recordReport(lost(), 'ONE', waiting), 'ONE', {
    ...waiting,
    linkLost: false,
    instrument: link,
  });
  assert.deepEqual([canRenew(found), newestAttempt(found).instrument], [false, link]);
});

test('a link that is known is not lost by a report without one', () => {
  const shown = recordReport(lost(), 'ONE', { ...waiting, instrument: link });
  const later = recordReport(shown, 'ONE', waiting);
  assert.deepEqual([canRenew(later), newestAttempt(later).instrument], [false, link]);
});

test('a link that turns up after its attempt was left does not stand in the way of the next one', () => {
  const next = appendAttempt(recordReport(lost(), 'ONE', waiting), 'TWO', offer, now);
  const late = recordReport(next, 'ONE', { ...waiting, linkLost: false, instrument: link });
  assert.deepEqual(late.attempts.map(canBeLeft), [true, false]);
});

test('only what nobody has paid is left', () => {
  const leavable = statuses.filter(status => {
    const [attempt] = recordReport(lost(), 'ONE', { ...waiting, status }).attempts;
    return canBeLeft(attempt);
  });
  assert.deepEqual(leavable, ['CREATED', 'PROCESSING']);
});

test('where nothing is said of a link, nothing is written of one', () => {
  const [attempt] = recordReport(lost(), 'ONE', { status: 'PROCESSING' }).attempts;
  assert.equal('linkLost' in attempt, false);
  assert.equal(canBeLeft(attempt), false);
});
