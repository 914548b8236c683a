import assert from 'node:assert/strict';
import { test } from 'node:test';
import cardValidator from 'card-validator';
import fc from 'fast-check';
import { cardBrand, localBrands, possibleBrands } from '../../../../widget/methods/card/brands.ts';

const ids = (digits: string) => possibleBrands(digits).map(({ id }) => id);

/** LetPay’s own test cards (psp-api-facts 4.8), the Aura test number of 9.6, and Elo numbers of adyen-cse-web #54. */
const published: readonly (readonly [number: string, id: string])[] = [
  ['5555666677778884', 'mastercard'],
  ['4012001037141112', 'visa'],
  ['376449047333005', 'american-express'],
  ['36490102462661', 'diners-club'],
  ['6370950000000005', 'hiper'],
  ['6062825624254001', 'hipercard'],
  ['5240082975622454', 'mastercard'],
  ['4539620659922097', 'visa'],
  ['345817690311361', 'american-express'],
  ['6062828598919021', 'hipercard'],
  ['4514161122113757', 'elo'],
  ['6505050000001091', 'elo'],
  ['5078601870000127985', 'aura'],
  ['5090510000414209', 'elo'],
  ['5090685000041697', 'elo'],
  ['6516539999924898', 'elo'],
  ['6550049999924911', 'elo'],
  ['6362970000457013', 'elo'],
  ['5067268650517446', 'elo'],
];

for (const [number, id] of published) {
  test(`knows ${number.slice(0, 6)}… as ${id}`, () => assert.equal(cardBrand(number)?.id, id));
}

/** Both ends of every range of our table. */
const ends = localBrands.flatMap(({ id, ranges }) =>
  ranges.flatMap(([first, last = first]) => [
    { id, bin: first, outside: first - 1 },
    { id, bin: last, outside: last + 1 },
  ]),
);

/** Ten digits: longer than any prefix of ours and of card-validator. */
const filled = (prefix: number | string, digit: string) => String(prefix).padEnd(10, digit);
const theirs = (number: string) => cardValidator.number(number).card?.type;

test('every range of the table begins and ends where it says (adyen-cse-web #54)', () => {
  assert.ok(ends.length > 40, 'the table was not read');
  for (const { id, bin } of ends) {
    for (const digit of ['0', '9']) assert.equal(cardBrand(filled(bin, digit))?.id, id, String(bin));
  }
});

test('one before and one after a range are what card-validator says, or of another range', () => {
  for (const { outside } of ends) {
    const isOurs = localBrands.some(({ ranges }) =>
      ranges.some(([first, last = first]) => first <= outside && outside <= last),
    );
    const said = theirs(filled(outside, '5'));
    if (!isOurs)
      assert.equal(cardBrand(filled(outside, '5'))?.id, said === 'maestro' ? undefined : said, `${outside}`);
  }
});

test('no number is in two ranges of the table', () => {
  for (const { id, bin } of ends) {
    const others = localBrands.filter(other =>
      other.ranges.some(([first, last = first]) => other.id !== id && first <= bin && bin <= last),
    );
    assert.deepEqual(others, [], String(bin));
  }
});

test('the table holds nothing that card-validator knows by itself', () => {
  for (const { id, bin } of ends) assert.notEqual(theirs(filled(bin, '5')), id, String(bin));
});

test('all other numbers are of the brand, the lengths and the code that card-validator says', () => {
  const { types, getTypeInfo } = cardValidator.creditCardType;
  const prefixes = Object.values(types).flatMap(type => getTypeInfo(type).patterns.flat().map(String));
  assert.ok(prefixes.length > 200, 'the patterns were not read');
  const ours = new Set(localBrands.map(({ id }) => id));
  for (const prefix of prefixes) {
    for (const number of [filled(prefix, '0'), filled(prefix, '9')]) {
      const brand = cardBrand(number);
      const { card } = cardValidator.number(number);
      if (brand && ours.has(brand.id) && brand.id !== card?.type) continue;
      // Its catch-all, and what several brands claim.
      if (brand === null && (card?.type === 'maestro' || number.startsWith('6509'))) continue;
      if (brand?.id === 'visa') {
        assert.deepEqual([card?.type, brand.lengths], ['visa', [13, ...(card?.lengths ?? [])]], number);
        continue;
      }
      assert.deepEqual(
        [brand?.id, brand?.name, brand?.lengths, brand?.codeLength],
        [card?.type, card?.niceType, card?.lengths, card?.code.size],
        number,
      );
    }
  }
});

/** First and last of the ranges, as their sources give them. */
for (const [id, inside, outside] of [
  [
    'elo',
    ['636369', '650057', '650081', '651680', '651704'],
    ['636370', '650056', '650082', '651705', '650440'],
  ],
  ['hipercard', ['384100', '384140', '384199'], ['384099', '384200']],
  ['aura', ['507860', '507864'], ['507859', '507865']],
  [
    'cabal',
    ['589657', '603522', '604201', '604400', '627170'],
    ['589656', '603523', '604200', '604401', '627171'],
  ],
  [
    'carnet',
    ['506199', '506499', '286900', '502275', '639559'],
    ['506198', '506500', '286901', '502274', '639560'],
  ],
  ['naranja', ['402918', '527572', '589562'], ['402919', '527571', '589563']],
] as const) {
  test(`knows ${id} from its first number to its last`, () => {
    for (const bin of inside) assert.equal(cardBrand(bin)?.id, id, bin);
    for (const bin of outside) assert.notEqual(cardBrand(bin)?.id, id, bin);
  });
}

test('takes the old Hipercard numbers in all their lengths', () => {
  assert.deepEqual(cardBrand('384160')?.lengths, [13, 16, 19]);
});

test('knows Naranja, which card-validator has', () => {
  for (const bin of ['402918', '527572', '589562']) assert.equal(cardBrand(bin)?.id, 'naranja', bin);
});

test('names no brand where only a catch-all of card-validator does', () => {
  // Credz, Sorocred, Banescard, Mais!, and what Elo and Discover both may have.
  for (const number of [
    '6367600001405019',
    '6364142000000122',
    '6031828795629272',
    '6280281038975334',
    '5031433215406351',
    '6509790000000000',
    '6509990000000000',
  ])
    assert.equal(cardBrand(number), null, number);
  assert.equal(cardBrand('6759649826438453')?.id, 'maestro');
});

test('offers several brands while a number can still become each of them, from the fourth digit on', () => {
  for (const [digits, expected] of [
    ['', []],
    ['0', []],
    ['4', []],
    ['38', []],
    ['0000', []],
    ['34', ['american-express']],
    ['51', ['mastercard']],
    ['4514', ['visa', 'elo']],
    ['451416', ['elo']],
    ['4515', ['visa']],
    ['3841', ['hipercard']],
    ['3840', ['diners-club']],
    ['5275', ['mastercard', 'naranja']],
    ['6062', ['hipercard']],
    ['606282', ['hipercard']],
    ['5078', ['aura', 'verve']],
    ['6042', ['cabal']],
    ['6363', ['carnet', 'elo']],
    ['63737', ['hiper']],
  ] as const) {
    assert.deepEqual(ids(digits), expected, digits);
  }
});

test('offers every brand that a further digit can lead to, and no other', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[2-6]\d{3,6}$/), digits => {
      const next = new Set([...'0123456789'].flatMap(digit => ids(digits + digit)));
      if (!cardBrand(digits)) assert.deepEqual(new Set(ids(digits)), next);
      else for (const id of next) assert.ok(ids(digits).includes(id), digits);
    }),
  );
});

test('names no brand while more than one is possible, or before the digits that decide', () => {
  for (const digits of ['', '28', '4', '4514', '45141', '50', '38', '384', '6', '65', '637374'])
    assert.equal(cardBrand(digits), null, digits);
});

test('more digits never bring a brand back that was ruled out', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{4,11}$/), digits => {
      const before = ids(digits.slice(0, -1));
      for (const id of ids(digits)) assert.ok(before.includes(id), `${digits}: ${id}`);
    }),
  );
});

test('gives the code of American Express four digits and every other brand three', () => {
  assert.equal(cardBrand('3714')?.codeLength, 4);
  assert.equal(cardBrand('451416')?.codeLength, 3);
});

test('from the eighth digit on no digit changes the brand', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[3-6]\d{7,18}$/), digits => {
      const brand = cardBrand(digits);
      assert.equal(cardBrand(digits.slice(0, 8))?.id, brand?.id);
      if (brand) assert.deepEqual(ids(digits), [brand.id]);
    }),
  );
});
