import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardBrand } from '../../../../widget/methods/card/brands.ts';
import { readSecurityCode } from '../../../../widget/methods/card/security-code.ts';

const visa = cardBrand('411111');
const amex = cardBrand('378282');
const incomplete = { ok: false, code: 'incomplete' };

test('takes exactly three digits for a brand with a code of three', () => {
  assert.deepEqual(readSecurityCode('029', visa), { ok: true, code: '029' });
  assert.deepEqual(readSecurityCode('12', visa), incomplete);
  assert.deepEqual(readSecurityCode('1234', visa), incomplete);
});

test('takes four digits for American Express, and the three of LetPay’s test card', () => {
  assert.deepEqual(readSecurityCode('1234', amex), { ok: true, code: '1234' });
  assert.deepEqual(readSecurityCode('123', amex), { ok: true, code: '123' });
  assert.deepEqual(readSecurityCode('12', amex), incomplete);
});

test('takes three or four digits while the brand is unknown', () => {
  assert.equal(readSecurityCode('123', null).ok, true);
  assert.equal(readSecurityCode('1234', null).ok, true);
  assert.deepEqual(readSecurityCode('12345', null), incomplete);
});

test('asks for a code where there is none', () => {
  assert.deepEqual(readSecurityCode(' ', visa), { ok: false, code: 'required' });
});

test('reads full-width digits', () => {
  assert.deepEqual(readSecurityCode('１２３', visa), { ok: true, code: '123' });
});
