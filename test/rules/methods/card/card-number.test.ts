import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localBrands } from '../../../../widget/methods/card/brands.ts';
import { digitsOf, formatCardNumber, readCardNumber } from '../../../../widget/methods/card/card-number.ts';

test('takes digits out of spaces, dashes, no-break spaces and full-width text', () => {
  assert.equal(digitsOf('4012 0010-3714\u00a01112'), '4012001037141112');
  assert.equal(digitsOf('４０１２　００１０'), '40120010');
  assert.equal(digitsOf('no digit'), '');
});

test('groups by brand', () => {
  assert.equal(formatCardNumber('4012001037141112'), '4012 0010 3714 1112');
  assert.equal(formatCardNumber('376449047333005'), '3764 490473 33005');
  assert.equal(formatCardNumber('36490102462661'), '3649 010246 2661');
  assert.equal(formatCardNumber('5078601870000127985'), '5078 6018 7000 0127 985');
});

test('groups no further than what is typed', () => {
  assert.equal(formatCardNumber(''), '');
  assert.equal(formatCardNumber('4012'), '4012');
  assert.equal(formatCardNumber('40120'), '4012 0');
});

test('shows what no number can hold, and says that it is too long', () => {
  for (const [text, shown] of [
    ['55556666777788849', '5555 6666 7777 8884 9'],
    ['3764490473330051', '3764 490473 330051'],
    ['55555555555544445105105105105100', '5555 5555 5555 4444 5105105105105100'],
  ] as const) {
    assert.equal(formatCardNumber(text), shown);
    assert.deepEqual(readCardNumber(shown), { ok: false, code: 'too_long' });
  }
  assert.equal(digitsOf(formatCardNumber('0'.repeat(100))).length, 40);
});

for (const number of [
  '5555666677778884',
  '4012001037141112',
  '376449047333005',
  '36490102462661',
  '6370950000000005',
  '6062825624254001',
  '5240082975622454',
  '4539620659922097',
  '345817690311361',
  '6062828598919021',
  '4514161122113757',
  '4000000000002503',
  '5200000000001096',
  '5239032934640116',
  '5078601870000127985',
]) {
  test(`accepts the published test card ${number.slice(0, 6)}…${number.slice(-4)}, grouped or not`, () => {
    const bare = readCardNumber(number);
    assert.ok(bare.ok);
    assert.equal(bare.digits, number);
    assert.deepEqual(readCardNumber(formatCardNumber(number)), bare);
  });
}

test('says what is wrong', () => {
  assert.deepEqual(readCardNumber(' '), { ok: false, code: 'required' });
  assert.deepEqual(readCardNumber('4012 0010'), { ok: false, code: 'incomplete' });
  assert.deepEqual(readCardNumber('37644904733300'), { ok: false, code: 'incomplete' });
  assert.deepEqual(readCardNumber('5222222222222222'), { ok: false, code: 'invalid' });
  assert.deepEqual(readCardNumber('55556666777788841'), { ok: false, code: 'too_long' });
});

test('asks UnionPay for the check digit, as the proxy does', () => {
  assert.deepEqual(readCardNumber('6250941006528591'), { ok: false, code: 'invalid' });
});

test('takes a Visa of thirteen digits', () => {
  const reading = readCardNumber('4222222222222');
  assert.ok(reading.ok && reading.brand?.id === 'visa');
});

test('asks every brand of the table for the check digit, whatever card-validator takes it for', () => {
  for (const { ranges, lengths } of localBrands) {
    for (const [first] of ranges) {
      for (const length of lengths) {
        const passing = [...'0123456789'].filter(
          last => readCardNumber(String(first).padEnd(length - 1, '7') + last).ok,
        );
        assert.equal(passing.length, 1, `${first} of ${length} digits`);
      }
    }
  }
});

test('groups the last of nineteen digits by themselves, also where card-validator would not', () => {
  assert.equal(formatCardNumber('4012001037141112003'), '4012 0010 3714 1112 003');
  assert.equal(formatCardNumber('6250941006528591003'), '6250 9410 0652 8591 003');
});

test('accepts a number of an unknown brand by its check digit and leaves the brand to the PSP', () => {
  assert.deepEqual(readCardNumber('100000000000009'), { ok: true, digits: '100000000000009', brand: null });
});

test('formatting keeps the digits, their order and nothing else', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), text => {
      const formatted = formatCardNumber(text);
      assert.ok(digitsOf(text).startsWith(digitsOf(formatted)));
      assert.match(formatted, /^(\d+( \d+)*)?$/);
      assert.equal(formatCardNumber(formatted), formatted);
    }),
  );
});

test('a single wrong digit never passes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const number = '4012001037141112';
      const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
      const reading = readCardNumber(wrong);
      assert.ok(!reading.ok || reading.brand?.id === 'unionpay');
    }),
  );
});
