import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bareTaxId, formatTaxId, readTaxId } from '../../demo/shop/tax-id.ts';

for (const [text, kind, value] of [
  ['397.840.450-87', 'CPF', '39784045087'],
  ['12345678909', 'CPF', '12345678909'],
  ['397 840 450 87', 'CPF', '39784045087'],
  ['３９７８４０４５０８７', 'CPF', '39784045087'],
  ['12.ABC.345/01DE-35', 'CNPJ', '12ABC34501DE35'],
  ['12abc34501de35', 'CNPJ', '12ABC34501DE35'],
  ['11.222.333/0001-81', 'CNPJ', '11222333000181'],
  ['00.000.000/0001-91', 'CNPJ', '00000000000191'],
] as const) {
  test(`reads ${text} as a ${kind} (brazilian-utils/javascript #425)`, () =>
    assert.deepEqual(readTaxId(text, false), { ok: true, kind, value }));
}

for (const [text, kind, wrong] of [
  ['397.840.450-78', 'CPF', 'digits'],
  ['17678744403', 'CPF', 'digits'],
  ['12.ABC.345/01DE-53', 'CNPJ', 'digits'],
  ['12.ABD.345/01DE-35', 'CNPJ', 'digits'],
  ['11.111.111/1111-11', 'CNPJ', 'digits'],
  ['12.ABC.345/01DE-3A', 'CNPJ', 'length'],
  ['039784045087', 'CNPJ', 'length'],
  ['3978404508', null, 'length'],
  ['', null, 'length'],
] as const) {
  test(`finds ${text || 'an empty text'} wrong by its ${wrong}`, () =>
    assert.deepEqual(readTaxId(text, true), { ok: false, kind, wrong }));
}

test('takes a CPF of one digit repeated in the sandbox only, and only those that decide there', () => {
  for (const text of ['111.111.111-11', '22222222222', '00000000000']) {
    assert.equal(readTaxId(text, true).ok, true, text);
    assert.equal(readTaxId(text, false).ok, false, text);
  }
  assert.equal(readTaxId('33333333333', true).ok, false);
});

test('writes each kind as people do, and leaves alone what is neither', () => {
  assert.equal(formatTaxId('39784045087'), '397.840.450-87');
  assert.equal(formatTaxId('12abc34501de35'), '12.ABC.345/01DE-35');
  assert.equal(formatTaxId('397 840'), '397 840');
});

const letters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

test('of every CNPJ exactly one pair of check digits fits, and what is written reads as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...letters), minLength: 12, maxLength: 12 }), body => {
      fc.pre(new Set(body).size > 1);
      const good = Array.from({ length: 100 }, (_, at) => `${body}${String(at).padStart(2, '0')}`).filter(
        value => readTaxId(value, false).ok,
      );
      assert.equal(good.length, 1);
      const [value = ''] = good;
      assert.equal(bareTaxId(formatTaxId(value)), value);
    }),
    { numRuns: 50 },
  );
});

test('no single wrong digit of a CPF passes', () => {
  fc.assert(
    fc.property(fc.nat(10), fc.integer({ min: 1, max: 9 }), (at, by) => {
      const cpf = '39784045087';
      const wrong = cpf.slice(0, at) + ((Number(cpf[at]) + by) % 10) + cpf.slice(at + 1);
      assert.equal(readTaxId(wrong, false).ok, false);
    }),
  );
});
