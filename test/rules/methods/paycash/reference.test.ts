import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { groupReference } from '../../../../widget/methods/paycash/reference.ts';

test('groups by four from the left, whatever the length', () => {
  assert.equal(groupReference('1234567890123456'), '1234 5678 9012 3456');
  assert.equal(groupReference('1234567890123'), '1234 5678 9012 3');
  assert.equal(groupReference('123'), '123');
  assert.equal(groupReference(''), '');
});

test('keeps letters, and groups anew what was grouped otherwise', () => {
  assert.equal(groupReference('AB12 3CD 4'), 'AB12 3CD4');
});

test('without its spaces the result is the reference', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~]{0,40}$/), text => {
      const grouped = groupReference(text);
      assert.equal(grouped.replaceAll(' ', ''), text);
      assert.ok(grouped.split(' ').every((group, i, all) => group.length === 4 || i === all.length - 1));
    }),
  );
});
