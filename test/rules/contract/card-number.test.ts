import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { holdsCardNumber, isCardNumber } from '../../../server/contract/card-number.ts';

/** Test numbers of the schemes, 13 to 19 digits, and a Maestro of 12. */
const numbers = [
  '4539620659922097',
  '5240082975622454',
  '376449047333005',
  '36490102462661',
  '4222222222222',
  '5078601870000127985',
  '501800000009',
];

/** Makes the last digit the check digit. */
function withCheckDigit(body: string): string {
  return [...'0123456789'].map(digit => body + digit).find(isLuhn) ?? body;
}

function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const cardNumber = fc
  .string({ unit: fc.constantFrom(...'0123456789'), minLength: 11, maxLength: 18 })
  .map(withCheckDigit)
  .filter(digits => new Set(digits).size > 1);
const between = fc.constantFrom('', ' ', '-', '.', '/', '_', '·', '\u00a0', '\u200b', '\u2013', ', ', ' e ');
/** Where the ten digits of a script begin: ASCII, Arabic, Persian, Devanagari, full-width, mathematical bold and mono. */
const script = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce, 0x1d7f6);

test('test numbers of the schemes are card numbers; one digit repeated and a wrong check digit are none', () => {
  for (const number of numbers) assert.ok(isCardNumber(number), number);
  for (const number of [
    '0000000000000000',
    '8888888888888888',
    '4539620659922098',
    '45396206599',
    '',
    '4539 6206 5992 2097',
  ])
    assert.ok(!isCardNumber(number), number);
});

test('a card number is found in a name whatever stands between, before and after its digits, in any script', () => {
  fc.assert(
    fc.property(
      cardNumber,
      fc.array(between, { minLength: 19, maxLength: 19 }),
      script,
      fc.constantFrom('', 'ANA ', '12/29 '),
      fc.constantFrom('', ' 123', ' SILVA'),
      (digits, gaps, zero, before, after) => {
        const text = [...digits]
          .map((digit, at) => String.fromCodePoint(zero + Number(digit)) + (gaps[at] ?? ''))
          .join('');
        assert.ok(holdsCardNumber(before + text + after), before + text + after);
      },
    ),
  );
});

test('names hold none', () => {
  const names = [
    'D’ÁVILA',
    "D'ÁVILA",
    'Ñ',
    'MARIA 2ª',
    'JOSÉ DA SILVA 3º',
    'ANA',
    'LOJA 11 99999-0000',
    '0000 0000 0000 0000',
  ];
  for (const name of names) assert.ok(!holdsCardNumber(name), name);
});

test('fewer than twelve digits are never a card number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 11 }), text => {
      assert.ok(!holdsCardNumber(text));
    }),
  );
});
