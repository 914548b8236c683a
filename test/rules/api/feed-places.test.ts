/** Feeds of one page leave connections free for what has to be sent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeFeedPlace } from '../../../widget/api/feed-places.ts';

test('four feeds have a place, a fifth has none until one is given back, and once', () => {
  const taken = [1, 2, 3, 4].map(() => takeFeedPlace());
  assert.ok(taken.every(Boolean));
  assert.equal(takeFeedPlace(), null);
  taken[0]?.();
  taken[0]?.();
  assert.ok(takeFeedPlace());
  assert.equal(takeFeedPlace(), null);
});
