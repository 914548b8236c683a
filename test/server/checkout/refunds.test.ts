import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../../server/checkout/attempt.ts';
import type { CheckoutRecord, Refund } from '../../../server/checkout/checkout-record.ts';
import {
  type HoldStanding,
  type HoldWish,
  standingOf,
  withoutLostDecision,
} from '../../../server/checkout/hold.ts';
import {
  beginRefund,
  isRefundAwaited,
  markRefundInDoubt,
  type PspRefund,
  parseRefundId,
  recognizeRefund,
  recordRefund,
  recordRefundList,
  refundableOf,
  refundIdOf,
  refundsOf,
} from '../../../server/checkout/refunds.ts';
import { nextDue } from '../../../server/checkout/watch-schedule.ts';
import { record } from '../store/store-suite.ts';

const now = 1_000_000_000;
const minute = 60_000;

const paid = (changes: Partial<CheckoutRecord> = {}) =>
  record({
    token: 'T',
    order: null,
    attempts: [
      { ...openAttempt('T', 1), phase: 'sent', status: 'PAID', method: 'CREDITCARD', amountReceived: 1_000 },
    ],
    ...changes,
  });
const asked = (at: number) => ({ at, knownForMs: at - now, pspTimeoutMs: 2_000, unmadeAfterMs: 10 * minute });
const begun = (from: CheckoutRecord, amount: number, marksBefore: string[] = []) =>
  beginRefund(from, {
    attempt: 'T',
    amount,
    marksBefore,
    createdAt: now,
    requestId: 'r',
    key: null,
    fingerprint: 'f',
  });
const said = (mark: string, status: PspRefund['status'] = 'PROCESSING'): PspRefund => ({
  id: mark,
  mark,
  status,
});
const list = (...refunds: PspRefund[]) => ({ refunds, complete: true });
const told = (from: CheckoutRecord) =>
  refundsOf(from).map(({ phase, mark, status }) => [phase, mark, status]);

test('a lost refund is the one that the PSP did not know before', () => {
  const lost = markRefundInDoubt(begun(paid(), 100, ['1', '2']), 1, now);
  const found = recordRefundList(lost, 'T', list(said('1'), said('2'), said('3', 'COMPLETED')), asked(now));
  assert.deepEqual(told(found), [['taken', '3', 'COMPLETED']]);
});

test('a lost refund that the PSP does not know is given up ten minutes after the answer was lost, and not before', () => {
  const lost = markRefundInDoubt(begun(paid(), 100), 1, now);
  const early = recordRefundList(lost, 'T', list(), asked(now + 10 * minute - 1));
  assert.deepEqual(told(early), [['sending', null, 'REQUESTED']]);
  const late = recordRefundList(lost, 'T', list(), asked(now + 10 * minute));
  assert.deepEqual(told(late), [['not_taken', null, 'REQUESTED']]);
  // Never marked, because the proxy died: the time-out counts too.
  const died = begun(paid(), 100);
  assert.deepEqual(told(recordRefundList(died, 'T', list(), asked(now + 10 * minute))), told(died));
  assert.equal(
    refundsOf(recordRefundList(died, 'T', list(), asked(now + 10 * minute + 2_000)))[0]?.phase,
    'not_taken',
  );
});

test('a new entry in the PSP’s list belongs to the refund in doubt before it belongs to one that was given up', () => {
  const first = recordRefundList(
    markRefundInDoubt(begun(paid(), 100), 1, now),
    'T',
    list(),
    asked(now + 11 * minute),
  );
  const second = begun({ ...first, version: 2 }, 200);
  const found = recordRefundList(second, 'T', list(said('7')), asked(now + 12 * minute));
  assert.deepEqual(told(found), [
    ['not_taken', null, 'REQUESTED'],
    ['taken', '7', 'PROCESSING'],
  ]);
  const both = recordRefundList(second, 'T', list(said('7'), said('8')), asked(now + 12 * minute));
  assert.deepEqual(told(both), told(second), 'nothing tells which of the two is which');
});

test('what is left counts what came in, what was given back here or elsewhere, and what is on its way', () => {
  const left = (from: CheckoutRecord) => refundableOf(from, from.attempts[0]);
  assert.equal(left(paid()), 1_000);
  const open = begun(paid(), 300);
  assert.equal(left(open), 700);
  assert.equal(left(recordRefund(open, 1, said('1', 'COMPLETED'), now)), 700);
  assert.equal(left(recordRefund(open, 1, said('1', 'FAILED'), now)), 1_000);
  const [attempt] = paid().attempts;
  assert.equal(
    left(paid({ attempts: [{ ...attempt, status: 'PARTIALLY_REFUNDED', refundedAmount: 900 }] })),
    100,
  );
  assert.equal(left(paid({ attempts: [{ ...attempt, status: 'REFUNDED' }] })), 0);
  assert.equal(left(paid({ attempts: [{ ...attempt, amountReceived: null }] })), null);
});

test('a refund’s id leads to its checkout, and nothing else is one', () => {
  const from = begun(paid({ token: '021b6048-81e2-49ad-b0e4-d9729a0efe17', version: 12 }), 5);
  const [refund] = refundsOf(from);
  const id = refundIdOf(from, refund as Refund);
  assert.equal(id, 'rf_021b6048-81e2-49ad-b0e4-d9729a0efe17_12');
  assert.deepEqual(parseRefundId(id), { token: from.token, number: 12 });
  assert.deepEqual(parseRefundId('rf_a_b_3'), { token: 'a_b', number: 3 });
  for (const wrong of ['', 'rf_', 'rf_a', 'rf__1', 'a_1', 'rf_a_1 ', 'rf_a_-1', 'rf_a/b_1']) {
    assert.equal(parseRefundId(wrong), null, wrong);
  }
});

test('an open refund is read ever more rarely, and a finished one until the payment’s status has followed', () => {
  const open = begun(paid(), 300);
  const day = 24 * 60 * minute;
  const week = 7 * day;
  assert.equal(nextDue(paid(), now, false), now + week);
  assert.equal(nextDue(open, now, false), now + 1_000);
  assert.equal(nextDue(open, now + 2 * day, false), now + 2 * day + 120 * minute);
  const done = recordRefund(open, 1, said('1', 'COMPLETED'), now);
  const [refund] = refundsOf(done);
  assert.equal(isRefundAwaited(done, refund as Refund, now), true);
  const [attempt] = done.attempts;
  const followed = { ...done, attempts: [{ ...attempt, status: 'PARTIALLY_REFUNDED' }] } as const;
  assert.equal(isRefundAwaited(followed, refund as Refund, now), false);
  assert.equal(nextDue(followed, now, false), now + week);
});

const all: HoldWish = { kind: 'capture', amount: 1_000, cancelsPaid: false };
const part: HoldWish = { kind: 'capture', amount: 400, cancelsPaid: false };
const cancel: HoldWish = { kind: 'cancel', amount: null, cancelsPaid: false };
type Life = Partial<CheckoutRecord['attempts'][0]>;
const decided = ({ kind, amount }: HoldWish, phase: 'sending' | 'taken' = 'sending') => ({
  decision: { kind, amount, phase, decidedAt: now, inDoubtSince: null, requestId: 'r', key: null },
});

const standings: readonly (readonly [life: Life, wish: HoldWish, standing: HoldStanding])[] = [
  [{ status: 'PRE_AUTHORIZED' }, all, 'possible'],
  [{ status: 'PRE_AUTHORIZED' }, cancel, 'possible'],
  [{ status: 'PRE_AUTHORIZED', ...decided(part) }, part, 'on_its_way'],
  [{ status: 'PROCESSING', ...decided(part, 'taken') }, part, 'on_its_way'],
  [{ status: 'PRE_AUTHORIZED', ...decided(part) }, all, 'other_on_its_way'],
  [{ status: 'PRE_AUTHORIZED', ...decided(part) }, cancel, 'other_on_its_way'],
  [{ status: 'PAID', amountReceived: 400, ...decided(part) }, part, 'done'],
  [{ status: 'PAID', amountReceived: null, ...decided(part, 'taken') }, part, 'done'],
  [{ status: 'PARTIALLY_REFUNDED', amountReceived: 400, ...decided(part, 'taken') }, part, 'done'],
  [{ status: 'PAID', amountReceived: 1_000, ...decided(part) }, part, 'captured'],
  [{ status: 'PAID', amountReceived: 400, ...decided(part) }, cancel, 'captured'],
  [{ status: 'CANCELED', ...decided(cancel) }, cancel, 'done'],
  [{ status: 'CANCELED', ...decided(part) }, part, 'not_held'],
  // In the dashboard, or by a cancellation of ours that was given up and arrived late.
  [{ status: 'CANCELED' }, cancel, 'done'],
  [{ status: 'PROCESSING' }, all, 'not_held'],
  [{ status: 'DECLINED' }, cancel, 'not_held'],
];

test('what may follow on held money, by its status, its decision and the wish', () => {
  for (const [life, wish, standing] of standings) {
    const attempts = [{ ...openAttempt('T', 1), phase: 'sent', ...life }] as const;
    const from = record({ token: 'T', delayCapture: true, attempts });
    assert.equal(standingOf(from, wish), standing, JSON.stringify([life, wish]));
  }
});

test('held money is not captured when another attempt was paid', () => {
  const [first] = paid().attempts;
  const held = { ...openAttempt('U', 1), phase: 'sent', status: 'PRE_AUTHORIZED' } as const;
  const from = record({ token: 'T', attempts: [first, held] });
  assert.equal(standingOf(from, all), 'paid_otherwise');
  assert.equal(standingOf(from, cancel), 'possible');
});

test('“still held” ends a lost decision after time-out and doubt, and never one that the PSP took', () => {
  const from = (phase: 'sending' | 'taken') =>
    record({
      token: 'T',
      attempts: [
        { ...openAttempt('T', 1), phase: 'sent', status: 'PRE_AUTHORIZED', ...decided(part, phase) },
      ],
    });
  const at = (ms: number) => ({ at: now + ms, knownForMs: ms, pspTimeoutMs: 2_000, unsentAfterMs: 4_000 });
  const decisionAfter = (record: CheckoutRecord, ms: number) =>
    withoutLostDecision(record, 'T', at(ms)).attempts[0].decision?.kind;
  assert.equal(decisionAfter(from('sending'), 5_999), 'capture');
  assert.equal(decisionAfter(from('sending'), 6_000), undefined);
  assert.equal(decisionAfter(from('taken'), 60 * minute), 'capture');
});

const totalled = (refundedAmount: number | null, elsewhere?: number) =>
  beginRefund(
    paid({
      attempts: [
        { ...openAttempt('T', 1), phase: 'sent', status: 'PAID', amountReceived: 1_000, refundedAmount },
      ],
    }),
    {
      attempt: 'T',
      amount: 100,
      marksBefore: [],
      createdAt: now,
      requestId: 'r',
      key: null,
      fingerprint: 'f',
      ...(elsewhere !== undefined && { refundedElsewhere: elsewhere }),
    },
  );

const completed = (mark: string) => said(mark, 'COMPLETED');
const failed = (mark: string) => said(mark, 'FAILED');

for (const [what, total, candidates, expected] of [
  ['no new refund', 0, [], 'none'],
  ['one whose amount is what was asked for', 100, [completed('1')], '1'],
  ['a stranger’s of less', 1, [completed('1')], 'none'],
  ['one of more than was asked for', 150, [completed('1')], 'unclear'],
  ['one that the total does not count yet', 0, [completed('1')], 'unclear'],
  ['one that has not ended', 0, [said('1')], 'unclear'],
  ['two that ended', 100, [completed('1'), completed('2')], 'unclear'],
  ['two whose sum is less than was asked for', 60, [completed('1'), completed('2')], 'none'],
  ['one that failed: no money moved', 0, [failed('1')], '1'],
  ['one that failed beside one that fits', 100, [failed('1'), completed('2')], '2'],
] as const) {
  test(`of the PSP’s new refunds the lost one is found by what was given back: ${what}`, () => {
    const lost = totalled(total, 0);
    const found = recognizeRefund(lost, refundsOf(lost)[0]!, candidates);
    assert.equal(typeof found === 'string' ? found : found.mark, expected);
  });
}

test('what was given back elsewhere before a refund left is none of it', () => {
  const lost = totalled(130, 30);
  assert.notEqual(recognizeRefund(lost, refundsOf(lost)[0]!, [completed('2')]), 'unclear');
  const other = totalled(100, 30);
  assert.equal(recognizeRefund(other, refundsOf(other)[0]!, [completed('2')]), 'none');
});

test('where the PSP tells no total, the only new refund is the lost one, and one of two is not', () => {
  const lost = totalled(null, 0);
  const [refund] = refundsOf(lost);
  assert.equal(typeof recognizeRefund(lost, refund!, [said('1')]), 'object');
  assert.equal(recognizeRefund(lost, refund!, [said('1'), said('2')]), 'unclear');
});
