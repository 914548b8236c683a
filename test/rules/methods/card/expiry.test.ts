import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatExpiry, readExpiry } from '../../../../widget/methods/card/expiry.ts';

const now = new Date(2026, 10, 20, 12);

for (const [typed, shown] of [
  ['', ''],
  ['0', '0'],
  ['1', '1'],
  ['5', '05/'],
  ['12', '12/'],
  ['13', '13/'],
  ['13/29', '13/29'],
  ['29/12', '29/12'],
  ['1/', '01/'],
  ['1229', '12/29'],
  ['529', '05/29'],
  ['12/2', '12/2'],
  ['12/2029', '12/2029'],
  ['12/20291', '12/2029'],
  ['12/298', '12/29'],
  ['12 / 29', '12/29'],
  ['2029-12', '12/29'],
  ['2029-1', '01/29'],
  ['202912', '12/29'],
  ['１２２９', '12/29'],
  ['abc', ''],
  ['01 / 30', '01/30'],
  ['062030', '06/2030'],
  ['2030', '/2030'],
  ['/30', '/30'],
  ['1/29', '1/29'],
  ['0/29', '0/29'],
  ['7/29', '07/29'],
] as const) {
  test(`shows ${JSON.stringify(typed)} as ${JSON.stringify(shown)}`, () =>
    assert.equal(formatExpiry(typed), shown));
}

for (const text of [
  '12/29',
  '12/2029',
  '2029-12',
  '12 / 29',
  '1229',
  '122029',
  '202912',
  '12.29',
  '１２／２９',
  ' 12-29 ',
]) {
  test(`reads ${JSON.stringify(text)} as December 2029 (adyen-web #3279)`, () => {
    assert.deepEqual(readExpiry(text, now), { ok: true, month: 12, year: 2029 });
  });
}

test('reads a month of one digit', () => {
  assert.deepEqual(readExpiry('1/29', now), { ok: true, month: 1, year: 2029 });
  assert.deepEqual(readExpiry('2029-1', now), { ok: true, month: 1, year: 2029 });
});

test('makes no date of a year alone', () => {
  for (const text of ['2030', '/2030', '/30', formatExpiry('2030')])
    assert.deepEqual(readExpiry(text, now), { ok: false, code: 'incomplete' }, text);
});

test('says what is wrong', () => {
  const code = (text: string) => {
    const reading = readExpiry(text, now);
    return reading.ok ? null : reading.code;
  };
  assert.equal(code(''), 'required');
  assert.equal(code(' / '), 'required');
  for (const text of ['1', '12', '12/', '12/2', '12/202', '129'])
    assert.equal(code(text), 'incomplete', text);
  for (const text of [
    '13/29',
    '29/12',
    formatExpiry('13/29'),
    formatExpiry('29/12'),
    '00/29',
    '12/2999',
    '12/99',
    '12/20290',
  ])
    assert.equal(code(text), 'invalid', text);
  for (const text of ['10/26', '12/25', '06/2022', '12/1999']) assert.equal(code(text), 'expired', text);
});

test('a card is good through the last moment of its month and not one longer', () => {
  assert.equal(readExpiry('11/26', new Date(2026, 10, 30, 23, 59, 59, 999)).ok, true);
  assert.deepEqual(readExpiry('11/26', new Date(2026, 11, 1)), { ok: false, code: 'expired' });
});

test('every month that is still to come is read from each way to write it, and from what is shown', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 2027, max: 2076 }), (month, year) => {
      const mm = String(month).padStart(2, '0');
      const yy = String(year).slice(2);
      for (const text of [
        `${mm}/${yy}`,
        `${mm}/${year}`,
        `${year}-${mm}`,
        `${month}/${yy}`,
        mm + yy,
        `${mm}${year}`,
      ]) {
        assert.deepEqual(readExpiry(text, now), { ok: true, month, year });
        assert.deepEqual(readExpiry(formatExpiry(text), now), { ok: true, month, year });
      }
    }),
  );
});

test('formatting what is already formatted changes nothing', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\d/ -]{0,9}$/), text => {
      const shown = formatExpiry(text);
      assert.equal(formatExpiry(shown), shown);
    }),
  );
});
