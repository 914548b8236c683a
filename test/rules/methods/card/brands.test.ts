import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cardBrand, possibleBrands } from '../../../../widget/methods/card/brands.ts';

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

test('knows the brands that card-validator lacks by their first six digits', () => {
  assert.equal(cardBrand('384100')?.id, 'hipercard');
  assert.deepEqual(cardBrand('384160')?.lengths, [13, 16, 19]);
  assert.equal(cardBrand('604201')?.id, 'cabal');
  assert.equal(cardBrand('589657')?.id, 'cabal');
  assert.equal(cardBrand('636369')?.id, 'elo');
  assert.equal(cardBrand('650057')?.id, 'elo');
  assert.equal(cardBrand('651704')?.id, 'elo');
});

test('ends every local range where its table ends', () => {
  assert.notEqual(cardBrand('384200')?.id, 'hipercard');
  assert.notEqual(cardBrand('604401')?.id, 'cabal');
  assert.notEqual(cardBrand('650052')?.id, 'elo');
  assert.notEqual(cardBrand('651705')?.id, 'elo');
  assert.notEqual(cardBrand('650440')?.id, 'elo');
});

test('offers no brand for no digit, and several while a number can still become each of them', () => {
  assert.deepEqual(possibleBrands(''), []);
  assert.deepEqual(ids('4'), ['visa', 'elo']);
  assert.deepEqual(ids('4514'), ['visa', 'elo']);
  assert.deepEqual(ids('34'), ['american-express']);
  assert.deepEqual(ids('38'), ['diners-club', 'hipercard']);
  assert.deepEqual(ids('51'), ['mastercard']);
  assert.ok(['maestro', 'elo', 'aura', 'verve'].some(id => ids('50').includes(id)));
  assert.ok(ids('6').includes('hipercard') && ids('6').includes('elo') && ids('6').includes('hiper'));
});

test('names no brand while more than one is possible', () => {
  for (const digits of ['', '4', '4514', '45141', '50', '38', '6', '65', '637374'])
    assert.equal(cardBrand(digits), null);
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
