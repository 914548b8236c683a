import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createIdempotencyKeys } from '../../../widget/checkout/idempotency-keys.ts';

function ids(): () => string {
  let count = 0;
  return () => `key-${++count}`;
}

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const entries = new Map<string, string>();
  return {
    getItem: name => entries.get(name) ?? null,
    setItem: (name, value) => void entries.set(name, value),
    removeItem: name => void entries.delete(name),
  };
}

/** A sandboxed frame: every touch of sessionStorage throws. */
const forbidden = {
  getItem: (): string | null => {
    throw new Error('SecurityError');
  },
  setItem: () => {
    throw new Error('SecurityError');
  },
  removeItem: () => {
    throw new Error('SecurityError');
  },
};

describe('idempotency keys', () => {
  it('stay the same for one attempt until they are forgotten', () => {
    const keys = createIdempotencyKeys('token', { storage: memory(), randomId: ids() });
    assert.equal(keys.keyFor('submit', 1), 'key-1');
    assert.equal(keys.keyFor('submit', 1), 'key-1');
    keys.forget('submit');
    assert.equal(keys.keyFor('submit', 1), 'key-2');
  });

  it('differ by attempt, by purpose and by token', () => {
    const storage = memory();
    const randomId = ids();
    const keys = createIdempotencyKeys('token', { storage, randomId });
    const other = createIdempotencyKeys('other', { storage, randomId });
    const made = [
      keys.keyFor('submit', 1),
      keys.keyFor('renew', 1),
      other.keyFor('submit', 1),
      keys.keyFor('submit', 2),
    ];
    assert.equal(new Set(made).size, made.length);
  });

  it('outlive the page that made them', () => {
    const storage = memory();
    const before = createIdempotencyKeys('token', { storage, randomId: ids() });
    const key = before.keyFor('submit', 3);
    const after = createIdempotencyKeys('token', { storage, randomId: () => 'another' });
    assert.equal(after.keyFor('submit', 3), key);
  });

  it('hold as long as the page where no store may be touched', () => {
    const keys = createIdempotencyKeys('token', { storage: forbidden, randomId: ids() });
    assert.equal(keys.keyFor('submit', 1), 'key-1');
    assert.equal(keys.keyFor('submit', 1), 'key-1');
    keys.forget('submit');
    assert.equal(keys.keyFor('submit', 1), 'key-2');
  });
});
