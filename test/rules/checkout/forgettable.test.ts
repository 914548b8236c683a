import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../../server/checkout/attempt.ts';
import type { Attempt, Refund } from '../../../server/checkout/checkout-record.ts';
import { isForgettable } from '../../../server/checkout/forgettable.ts';
import type { Status } from '../../../server/contract/checkout.ts';
import { record } from '../../server/store/store-suite.ts';

const withAttempt = (changes: Partial<Attempt>, refunds: readonly Refund[] = []) =>
  record({ attempts: [{ ...openAttempt('T', 1), ...changes }], refunds });

const refund = (settledAt: number | null): Refund => ({
  number: 1,
  attempt: 'T',
  amount: 1,
  phase: 'taken',
  status: settledAt === null ? 'PROCESSING' : 'COMPLETED',
  pspId: null,
  mark: null,
  marksBefore: [],
  createdAt: 1,
  inDoubtSince: null,
  settledAt,
  requestId: 'r',
  key: null,
  fingerprint: 'f',
});

test('an order that nobody paid, and one that ended, may be deleted', () => {
  assert.ok(isForgettable(withAttempt({})));
  for (const status of [
    'PAID',
    'REFUNDED',
    'DECLINED',
    'CANCELED',
    'ERROR',
    'DISPUTE_FINAL',
  ] satisfies Status[])
    assert.ok(isForgettable(withAttempt({ phase: 'sent', status })), status);
  assert.ok(isForgettable(withAttempt({ phase: 'sent', status: 'PAID' }, [refund(2)])));
});

test('an order whose money may still move stays', () => {
  const words = ['PROCESSING', 'IN_ANALYSIS', 'PRE_AUTHORIZED', 'UNKNOWN', 'DISPUTE'] satisfies Status[];
  for (const status of words) assert.ok(!isForgettable(withAttempt({ phase: 'sent', status })), status);
  assert.ok(!isForgettable(withAttempt({ phase: 'sending' })));
  assert.ok(!isForgettable(withAttempt({ givenUpAt: 5 })));
  assert.ok(!isForgettable(withAttempt({ phase: 'sent', status: 'DECLINED', mayBePaidYet: true })));
  assert.ok(!isForgettable(withAttempt({ phase: 'sent', status: 'PAID' }, [refund(2), refund(null)])));
});
