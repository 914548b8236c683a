import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { openAttempt } from '../../server/checkout/attempt.ts';
import type { CheckoutRecord } from '../../server/checkout/checkout-record.ts';
import { createVerifyingCount } from '../../server/verifying-count.ts';
import { record } from './store/store-suite.ts';

const checkout = (token: string, inDoubtSince: number | null): CheckoutRecord =>
  record({ token, attempts: [{ ...openAttempt(token, 1), phase: 'sending', inDoubtSince }] });

test('a doubt that another proxy ended is counted no more', async () => {
  let time = 0;
  const kept = new Map(
    [checkout('A', 1), checkout('B', 1), checkout('C', 1)].map(each => [each.token, each]),
  );
  const verifying = createVerifyingCount(
    async token => kept.get(token) ?? null,
    () => time,
  );
  for (const each of kept.values()) verifying.note(each);
  assert.equal(await verifying.count(), 3);
  kept.set('A', checkout('A', null));
  kept.delete('B');
  time = 5_000;
  assert.equal(await verifying.count(), 1);
  verifying.note(checkout('C', null));
  assert.equal(await verifying.count(), 0);
});

test('while the store is away, what was in doubt counts as in doubt', async () => {
  let time = 0;
  const away = () => Promise.reject(new Error('away'));
  const verifying = createVerifyingCount(away, () => time);
  verifying.note(checkout('A', 1));
  time = 60_000;
  assert.equal(await verifying.count(), 1);
});
