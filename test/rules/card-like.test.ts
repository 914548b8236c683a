import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsCardLikeNumber } from '../../server/card-like.ts';

test('card numbers are seen in ids, alone and among other words, plain and as printed', () => {
  for (const id of [
    '4539620659922097',
    'order-4539620659922097',
    'pay_5240082975622454_1',
    'pay5240082975622454x',
    '376449047333005',
    '4539-6206-5992-2097',
    'pay 4539 6206 5992 2097',
    '3764-490473-33005',
    '3649-010246-2661',
    '2221000000000009',
  ])
    assert.ok(holdsCardLikeNumber(id), id);
});

test('dates, counters, telephone-like and hash-like ids are none', () => {
  for (const id of [
    'order-1732694400000-42',
    '20261127123045123',
    '1861234567890123457',
    '1117000000000000000',
    'b2f1a4539620659922097c',
    '4012-1732694400000',
    '4539620659922098',
    '0000000000000000',
    'ORDER-1',
    '',
  ])
    assert.ok(!holdsCardLikeNumber(id), id);
});

test('no UUID, ULID or hash is taken for one', () => {
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 64 });
  const ulid = fc.string({
    unit: fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
    minLength: 26,
    maxLength: 26,
  });
  fc.assert(
    fc.property(fc.oneof(fc.uuid(), hex, ulid), id => !holdsCardLikeNumber(id)),
    { numRuns: 5_000 },
  );
});
