/** Which of the PSP’s payments is the one whose answer was lost. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../../server/checkout/attempt.ts';
import type { Attempt } from '../../../server/checkout/checkout-record.ts';
import { recognise } from '../../../server/checkout/one-step.ts';
import type { ListedPayment } from '../../../server/gateways/gateway.ts';

const began = Date.UTC(2026, 10, 20, 12);
const attempt: Attempt = {
  ...openAttempt('T.3', began),
  phase: 'sending',
  sendingSince: began,
  oneStep: { paymentToken: null, method: 'CREDITCARD' },
};
const price = { amount: 12_345, currency: 'BRL' };
const minute = 60_000;

const listed = (changes: Partial<ListedPayment> = {}): ListedPayment => ({
  token: 'P-1',
  mark: undefined,
  created: { at: began + 1_000, seemsEarlierBy: 0 },
  currency: 'BRL',
  report: { status: 'PROCESSING' },
  ...changes,
});

const found = (payments: readonly ListedPayment[], ours: readonly string[] = []) => {
  const seen = recognise(payments, attempt, price, token => ours.includes(token));
  return typeof seen === 'string' ? seen : seen.token;
};

const vectors: [why: string, payments: ListedPayment[], expected: string, ours?: string[]][] = [
  ['our mark', [listed(), listed({ token: 'P-2', mark: 'T.3' })], 'P-2'],
  [
    'our mark, whatever else speaks against it',
    [listed({ mark: 'T.3', created: null, currency: 'USD' })],
    'P-1',
    ['P-1'],
  ],
  ['another mark of ours', [listed({ mark: 'T.1' })], 'none'],
  ['extra data of the merchant alone', [listed({ mark: null })], 'none'],
  ['an empty list', [], 'none'],
  ['no extra data, made after we began', [listed()], 'P-1'],
  ['an order that was never submitted', [listed({ report: { status: 'CREATED' } })], 'none'],
  ['another attempt or checkout of ours', [listed()], 'none', ['P-1']],
  ['another method', [listed({ report: { status: 'PAID', method: 'PIX' } })], 'none'],
  ['made before', [listed({ created: { at: began - 6 * minute, seemsEarlierBy: 0 } })], 'none'],
  [
    'made before, within what clocks differ',
    [listed({ created: { at: began - 4 * minute, seemsEarlierBy: 0 } })],
    'P-1',
  ],
  [
    'a time without a zone',
    [listed({ created: { at: began - 180 * minute, seemsEarlierBy: 480 * minute } })],
    'P-1',
  ],
  ['a time that cannot be read', [listed({ created: null })], 'unclear'],
  ['two that could be it', [listed(), listed({ token: 'P-2' })], 'unclear'],
  ['the amount that was asked for', [listed({ report: { status: 'PAID', amountReceived: 12_345 } })], 'P-1'],
  ['another amount', [listed({ report: { status: 'PAID', amountReceived: 5_000 } })], 'unclear'],
  ['another currency', [listed({ currency: 'USD' })], 'unclear'],
];

for (const [why, payments, expected, ours] of vectors) {
  test(`${why}: ${expected}`, () => assert.equal(found(payments, ours), expected));
}
