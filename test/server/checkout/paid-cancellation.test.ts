/** A payment that was paid, at a PSP that cancels those. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { isOver, openAttempt } from '../../../server/checkout/attempt.ts';
import {
  beginSending,
  canRenew,
  canSubmit,
  isCheckoutPaid,
  newestAttempt,
} from '../../../server/checkout/checkout.ts';
import type {
  Attempt,
  AttemptReport,
  CheckoutRecord,
  HoldDecision,
  Refund,
} from '../../../server/checkout/checkout-record.ts';
import {
  beginDecision,
  dropDecision,
  type HoldStanding,
  type HoldWish,
  noteDecision,
  standingOf,
  withoutLostDecision,
} from '../../../server/checkout/hold.ts';
import { recordReport } from '../../../server/checkout/record-report.ts';
import { beginRefund } from '../../../server/checkout/refunds.ts';
import { isCheckoutWatched, nextDue } from '../../../server/checkout/watch-schedule.ts';
import type { Status } from '../../../server/contract/checkout.ts';
import { orderRequest } from '../../../server/contract/order.ts';
import { order } from '../stack.ts';

const now = Date.parse('2026-11-20T12:00:00Z');
const hour = 60 * 60_000;
const day = 24 * hour;
const token = 'INVOICE-1';

const fresh: CheckoutRecord = {
  methods: ['REDIRECT'],
  installments: [],
  totals: null,
  customerFees: [],
  token,
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
  attempts: [openAttempt(token, now)],
  claims: {},
  cardTries: [],
  createdAt: now,
  dueAt: null,
};
const sent = beginSending(fresh, { key: 'K', fingerprint: 'F', method: 'REDIRECT', installments: null, now });
const paid = recordReport(sent, token, { status: 'PAID', amountReceived: 12_345 });
const canceling: AttemptReport = { status: 'CANCELED', mayUndoPaid: true };
const canceled = recordReport(paid, token, canceling);

const cancel: HoldWish = { kind: 'cancel', amount: null, cancelsPaid: true };
const decision: HoldDecision = {
  kind: 'cancel',
  amount: null,
  phase: 'sending',
  decidedAt: now,
  inDoubtSince: null,
  requestId: 'r',
  key: null,
};
const decide = (record: CheckoutRecord) => beginDecision(record, token, decision);
const decided = decide(paid);
const statusAfter = (record: CheckoutRecord, report: AttemptReport) =>
  newestAttempt(recordReport(record, token, report)).status;

test('a late answer to a decision changes no later one, though both came with one request id', () => {
  const later = beginDecision(paid, token, { ...decision, decidedAt: now + 1 });
  assert.equal(dropDecision(later, token, decision), later);
  assert.equal(noteDecision(later, token, decision, { phase: 'taken' }), later);
  assert.equal(newestAttempt(dropDecision(decided, token, decision)).decision, undefined);
});

test('a PSP that cancels what was paid makes PAID into CANCELED; another’s CANCELED is an older answer', () => {
  assert.equal(newestAttempt(canceled).status, 'CANCELED');
  assert.equal(statusAfter(paid, { status: 'CANCELED' }), 'PAID');
  const refunded = recordReport(paid, token, { status: 'REFUNDED' });
  assert.equal(statusAfter(refunded, canceling), 'REFUNDED');
});

test('after its cancellation a paid payment takes no other try, and what came in is still told', () => {
  assert.deepEqual([canSubmit(canceled), canRenew(canceled), isCheckoutPaid(canceled)], [false, false, true]);
  assert.equal(newestAttempt(canceled).amountReceived, 12_345);
  assert.equal(isOver(newestAttempt(canceled)), false);
  assert.deepEqual([isCheckoutWatched(canceled), nextDue(canceled, now, false)], [false, now + day]);
});

test('an older answer that overtook the cancellation does not make it paid, and a refund is news', () => {
  const after: readonly (readonly [said: Status, status: Status])[] = [
    ['PAID', 'CANCELED'],
    ['PROCESSING', 'CANCELED'],
    ['DECLINED', 'CANCELED'],
    ['UNKNOWN', 'CANCELED'],
    ['CANCELED', 'CANCELED'],
    ['REFUNDED', 'REFUNDED'],
  ];
  for (const [said, status] of after) assert.equal(statusAfter(canceled, { status: said }), status, said);
});

test('what was canceled unpaid can be tried again, unless the PSP tells of money that had come in', () => {
  assert.equal(canRenew(recordReport(sent, token, canceling)), true);
  const unseen = recordReport(sent, token, { ...canceling, amountReceived: 12_345 });
  assert.deepEqual([canRenew(unseen), isCheckoutPaid(unseen)], [false, true]);
  // Where CANCELED is the end of an unpaid payment, an amount is no proof.
  assert.equal(canRenew(recordReport(sent, token, { status: 'CANCELED', amountReceived: 1 })), true);
});

const withAttempt = (more: Partial<Attempt>): CheckoutRecord => ({
  ...paid,
  attempts: [{ ...newestAttempt(paid), ...more }],
});
const refunding = (more: Partial<Refund> = {}): CheckoutRecord => {
  const asked = {
    attempt: token,
    amount: 12_345,
    marksBefore: [],
    createdAt: now,
    requestId: 'r',
    key: null,
  };
  const begun = beginRefund(paid, { ...asked, fingerprint: 'F' });
  return { ...begun, refunds: (begun.refunds ?? []).map(refund => ({ ...refund, ...more })) };
};
const twice: CheckoutRecord = {
  ...paid,
  attempts: [newestAttempt(paid), { ...newestAttempt(paid), token: 'INVOICE-2' }],
};

const standings: readonly (readonly [what: string, record: CheckoutRecord, standing: HoldStanding])[] = [
  ['paid', paid, 'possible'],
  ['decided', decided, 'on_its_way'],
  ['decided and taken', noteDecision(decided, token, decision, { phase: 'taken' }), 'on_its_way'],
  ['decided and canceled', recordReport(decided, token, canceling), 'done'],
  ['canceled elsewhere', canceled, 'done'],
  ['canceled unpaid', recordReport(sent, token, canceling), 'not_held'],
  ['not paid yet', recordReport(sent, token, { status: 'PROCESSING' }), 'not_held'],
  ['failed', recordReport(sent, token, { status: 'DECLINED' }), 'not_held'],
  ['never submitted', fresh, 'not_held'],
  ['given back', withAttempt({ status: 'REFUNDED' }), 'not_held'],
  ['a refund in doubt', refunding(), 'refund_on_its_way'],
  ['a refund asked for', refunding({ phase: 'taken' }), 'refund_on_its_way'],
  ['a refund that never arrived', refunding({ phase: 'not_taken' }), 'possible'],
  ['paid twice', twice, 'paid_twice'],
  ['paid twice, one canceled', recordReport(twice, 'INVOICE-2', canceling), 'paid_twice'],
];

test('whether a paid payment may be canceled, by its status, its decision and its refunds', () => {
  for (const [what, record, standing] of standings) assert.equal(standingOf(record, cancel), standing, what);
});

test('at a PSP that cancels nothing paid, a paid payment is not held', () => {
  assert.equal(standingOf(paid, { ...cancel, cancelsPaid: false }), 'not_held');
});

test('held money is given up as such, even where the PSP cancels what was paid', () => {
  const held = recordReport(sent, token, { status: 'PRE_AUTHORIZED' });
  assert.equal(standingOf(held, cancel), 'possible');
  assert.equal(newestAttempt(decide(held)).decision?.ofPaid, undefined);
  assert.equal(newestAttempt(decided).decision?.ofPaid, true);
});

const asked = (ms: number) => ({ at: now + ms, knownForMs: ms, pspTimeoutMs: 2_000, unsentAfterMs: 10_000 });

test('“still paid” ends a lost cancellation after time-out and doubt, and never one that the PSP took', () => {
  const decisionAfter = (record: CheckoutRecord, ms: number) =>
    newestAttempt(withoutLostDecision(record, token, asked(ms))).decision?.kind;
  assert.equal(decisionAfter(decided, 11_999), 'cancel');
  assert.equal(decisionAfter(decided, 12_000), undefined);
  assert.equal(
    decisionAfter(noteDecision(decided, token, decision, { inDoubtSince: now + 500 }), 10_500),
    undefined,
  );
  assert.equal(decisionAfter(noteDecision(decided, token, decision, { phase: 'taken' }), hour), 'cancel');
  assert.equal(decisionAfter(recordReport(decided, token, canceling), hour), 'cancel');
});

test('a cancellation on its way is read for, and for an hour after it was given up', () => {
  assert.deepEqual([isCheckoutWatched(decided), nextDue(decided, now, false)], [true, now + 1_000]);
  const givenUp = withoutLostDecision(decided, token, asked(12_000));
  assert.equal(standingOf(givenUp, cancel), 'possible');
  const waitAt = (age: number) => (nextDue(givenUp, now + age, false) ?? 0) - now - age;
  assert.deepEqual([12_000 + hour - 1, 12_000 + hour].map(waitAt), [60_000, day]);
  assert.equal(newestAttempt(recordReport(givenUp, token, canceling)).status, 'CANCELED');
});
