import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BuyerForm, readBuyer, sampleBuyer, taxIdProblem } from '../../demo/shop/buyer.ts';
import { brazil, countries, findCountry } from '../../demo/shop/countries.ts';

const posted = (form: BuyerForm) => ({ ...form.person, ...form.address, outcome: form.outcome });

test('the prefilled form of every country can be sent as it is', () => {
  for (const country of countries) {
    const read = readBuyer(posted(sampleBuyer(country)), country);
    assert.ok('buyer' in read, country.code);
    assert.equal(read.buyer.address === null, country.code !== 'BR');
  }
});

test('wrong fields are named and what was typed is kept', () => {
  const fields = { ...posted(sampleBuyer(brazil)), email: 'marina', number: 's/n', city: '  ' };
  const read = readBuyer(fields, brazil);
  assert.ok('wrong' in read);
  assert.deepEqual(new Set(read.wrong), new Set(['email', 'number', 'city']));
  assert.equal(read.form.address?.number, 's/n');
  assert.equal(read.form.person.email, 'marina');
});

test('an empty form names every field that is needed', () => {
  const read = readBuyer({}, brazil);
  assert.ok('wrong' in read);
  assert.equal(read.wrong.length, 10);
  assert.equal(read.wrong.includes('complement'), false);
});

test('a cash country asks for no address, whatever was posted', () => {
  const mexico = findCountry('MX')!;
  const read = readBuyer({ ...posted(sampleBuyer(mexico)), street: 'Rua Araguari' }, mexico);
  assert.ok('buyer' in read);
  assert.equal(read.buyer.address, null);
});

test('a Brazilian tax id is checked, and said to be wrong by its kind', () => {
  const reading = (taxId: string) => readBuyer({ ...posted(sampleBuyer(brazil)), tax_id: taxId }, brazil);
  for (const taxId of ['12.ABC.345/01DE-35', '397.840.450-87', '111.111.111-11'])
    assert.ok('buyer' in reading(taxId), taxId);
  const wrong = reading('39784045078');
  assert.ok('wrong' in wrong);
  assert.deepEqual(wrong.wrong, ['tax_id']);
  assert.equal(wrong.form.person.tax_id, '397.840.450-78');
  assert.equal(taxIdProblem('39784045078', brazil), 'CPF');
  assert.equal(taxIdProblem('12ABC34501DE53', brazil), 'CNPJ');
  assert.equal(taxIdProblem('397', brazil), 'length');
  assert.equal(taxIdProblem('397', findCountry('MX')!), null);
});

test('an outcome that the sandbox does not know counts as ordinary', () => {
  const read = readBuyer({ ...posted(sampleBuyer(brazil)), outcome: 'FREE' }, brazil);
  assert.ok('buyer' in read);
  assert.equal(read.buyer.outcome, 'ordinary');
});
