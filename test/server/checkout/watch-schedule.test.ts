import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../../server/checkout/attempt.ts';
import type { Attempt } from '../../../server/checkout/checkout-record.ts';
import { createReadBudget } from '../../../server/checkout/read-budget.ts';
import { gapOf, nextDue } from '../../../server/checkout/watch-schedule.ts';
import type { Method, Status } from '../../../server/contract/checkout.ts';
import { record as stored } from '../store/store-suite.ts';

const sentAt = Date.parse('2026-11-20T12:00:00Z');
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const attemptOf = (method: Method, status: Status, more: Partial<Attempt> = {}): Attempt => ({
  ...openAttempt(`${method}-${status}`, sentAt),
  phase: 'sent',
  sendingSince: sentAt,
  method,
  status,
  ...more,
});
const recordOf = (...attempts: [Attempt, ...Attempt[]]) => stored({ attempts, order: null });
const gapAt = (attempt: Attempt, age: number) => gapOf(recordOf(attempt), attempt, sentAt + age, false);

const ages = [9 * day, 10 * day, 119 * day, 120 * day];
const lookedAfter: readonly (readonly [name: string, attempt: Attempt])[] = [
  ['a paid card', attemptOf('CREDITCARD', 'PAID')],
  ['a paid Pix', attemptOf('PIX', 'PAID')],
  ['a dispute', attemptOf('CREDITCARD', 'DISPUTE')],
  ['what was given back', attemptOf('CREDITCARD', 'REFUNDED')],
  ['a canceled boleto', attemptOf('BOLETO', 'CANCELED')],
  ['a declined Pix', attemptOf('PIX', 'DECLINED')],
  [
    'a redirect that failed',
    attemptOf('REDIRECT', 'DECLINED', {
      instrument: { method: 'REDIRECT', url: 'https://a.example/', label: '' },
    }),
  ],
  ['a payment that was canceled after it was paid', attemptOf('CREDITCARD', 'CANCELED', { wasPaid: true })],
];
for (const [name, attempt] of lookedAfter) {
  test(`${name} is looked at daily for ten days, then weekly, and after 120 days no more`, () => {
    assert.deepEqual(
      ages.map(age => gapAt(attempt, age)),
      [day, 7 * day, 7 * day, null],
    );
  });
}

const never: readonly (readonly [name: string, attempt: Attempt])[] = [
  ['a declined card', attemptOf('CREDITCARD', 'DECLINED')],
  ['a canceled card', attemptOf('CREDITCARD', 'CANCELED')],
  ['an order that nobody submitted', openAttempt('OPEN', sentAt)],
];
for (const [name, attempt] of never) {
  test(`${name} is not looked at again`, () => {
    assert.deepEqual(
      [hour, ...ages].map(age => gapAt(attempt, age)),
      [null, null, null, null, null],
    );
  });
}

test('somebody who looks at a paid checkout makes the PSP be asked no sooner', () => {
  const paid = recordOf(attemptOf('CREDITCARD', 'PAID'));
  assert.equal(nextDue(paid, sentAt + hour, true), sentAt + hour + day);
});

test('a code that was left keeps the pace of its own age, while the newest one is quick', () => {
  const left = attemptOf('PIX', 'PROCESSING', { sendingSince: sentAt - 2 * hour });
  const newest = attemptOf('BOLETO', 'PROCESSING');
  const record = recordOf(left, newest);
  assert.deepEqual(
    [left, newest].map(attempt => gapOf(record, attempt, sentAt + minute, true)),
    [10 * minute, 2 * second],
  );
  assert.equal(nextDue(record, sentAt + minute, false), sentAt + minute + 5 * second);
});

test('a paid order of 120 days was looked at 26 times', () => {
  const paid = attemptOf('CREDITCARD', 'PAID');
  let looks = 0;
  for (let age = 0; ; looks += 1) {
    const gap = gapAt(paid, age);
    if (gap === null) break;
    age += gap;
  }
  assert.equal(looks, 26);
});

test('the budget counts calls: what a read took beyond one is missing from the next turns', () => {
  const budget = createReadBudget(25);
  budget.refill();
  assert.equal(budget.room(), 25);
  budget.spend(25);
  budget.spend(50);
  const rooms = [1, 2, 3, 4].map(() => {
    budget.refill();
    return budget.room();
  });
  assert.deepEqual(rooms, [0, 0, 25, 25]);
});

test('a budget of one call a second makes one in four turns', () => {
  const budget = createReadBudget(0.25);
  let calls = 0;
  for (let turn = 0; turn < 40; turn += 1) {
    budget.refill();
    calls += budget.room();
    budget.spend(budget.room());
  }
  assert.equal(calls, 10);
});
