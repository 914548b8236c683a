import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createKeyedHash } from '../../server/keyed-hash.ts';

const hash = createKeyedHash('a key of the merchant');

it('the same text under the same key and purpose is recognized', () => {
  assert.equal(createKeyedHash('a key of the merchant')('mark', 'order-1'), hash('mark', 'order-1'));
});

it('another key, another purpose or another split of the two gives another hash', () => {
  const others = [
    createKeyedHash('another key')('mark', 'order-1'),
    hash('fingerprint', 'order-1'),
    hash('mark","order', '-1'),
  ];
  assert.equal(new Set([hash('mark', 'order-1'), ...others]).size, 4);
});
