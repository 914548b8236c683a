import assert from 'node:assert/strict';
import { test } from 'node:test';
import { texts } from '../../../../widget/i18n/pt-br.ts';
import { brandName, cardName, lastMonth } from '../../../../widget/methods/saved-card/saved-card.ts';

for (const [brand, name] of [
  ['visa', 'Visa'],
  ['mastercard', 'Mastercard'],
  ['american-express', 'American Express'],
  ['diners-club', 'Diners Club'],
  ['jcb', 'JCB'],
  ['unionpay', 'UnionPay'],
  ['elo', 'Elo'],
  ['hipercard', 'Hipercard'],
  ['carnet', 'Carnet'],
  ['unknown', ''],
] as const) {
  test(`the brand ${brand} is written «${name}»`, () => {
    assert.equal(brandName(brand), name);
  });
}

const card = { public_card_id: 'CAR-1', brand: 'visa', last4: '1112', exp_month: 3, exp_year: 2030 };

test('a card is told by its brand and last four digits, one of an unknown brand by the method', () => {
  assert.equal(cardName(card, texts), 'Visa final 1112');
  assert.equal(cardName({ ...card, brand: 'unknown' }, texts), 'Cartão de crédito final 1112');
});

test('its last month is written as on the card', () => {
  assert.equal(lastMonth(card), '03/30');
  assert.equal(lastMonth({ ...card, exp_month: 12, exp_year: 2101 }), '12/01');
});
