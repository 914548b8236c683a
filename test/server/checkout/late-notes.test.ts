import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { createLateNotes } from '../../../server/checkout/late-notes.ts';
import { StoreUnavailable } from '../../../server/store/store.ts';
import { until } from '../stack.ts';

test('a note is tried until the store takes it, and then no more', async () => {
  const lost: unknown[] = [];
  const notes = createLateNotes(error => lost.push(error));
  let tries = 0;
  notes.keep(async () => {
    tries += 1;
    if (tries < 3) throw new StoreUnavailable('full');
  });
  await until(() => tries === 3);
  await notes.end();
  assert.deepEqual([tries, lost], [3, []]);
});

test('the end tries once more at once, and tells of what stays lost', async () => {
  const lost: unknown[] = [];
  const notes = createLateNotes(error => lost.push(error));
  let kept = 0;
  notes.keep(async () => {
    kept += 1;
  });
  const full = new StoreUnavailable('full');
  notes.keep(async () => {
    throw full;
  });
  await notes.end();
  assert.deepEqual([kept, lost], [1, [full]]);
});

test('an error that is not the store’s ends the tries', async () => {
  const lost: unknown[] = [];
  const notes = createLateNotes(error => lost.push(error));
  const wrong = new TypeError('wrong');
  notes.keep(async () => {
    throw wrong;
  });
  await until(() => lost.length === 1);
  await notes.end();
  assert.deepEqual(lost, [wrong]);
});

test('a store that stays away does not fill the memory', async () => {
  let lost = 0;
  const notes = createLateNotes(() => {
    lost += 1;
  });
  const keep = () =>
    notes.keep(async () => {
      throw new StoreUnavailable('full');
    });
  for (let n = 0; n < 1_001; n += 1) keep();
  assert.equal(lost, 1);
  await notes.end();
  assert.equal(lost, 1_001);
});
