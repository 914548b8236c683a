/** The retention table of server/README.md, row by row, against the bytes of an unsealed store. */
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { card, checkoutOf, startStack, until } from './stack.ts';
import { storedFile } from './stored-file.ts';

const day = 86_400_000;
const payer = {
  person_firstname: 'UNIQUEFIRSTNAME',
  person_surname: 'UNIQUESURNAME',
  person_email: 'unique@payer.example',
};
/** Surname, e-mail and tax id of the payer, also as a boleto prints them. */
const personal = /UNIQUESURNAME|unique@payer|397\.?840\.?450-?87/;

for (const [how, end] of [
  ['paid', 'PAID'],
  ['canceled', 'CANCELED'],
] as const) {
  test(`a boleto that was ${how} leaves no page of it in the file; its code, amount and date stay`, async t => {
    const file = storedFile(t);
    const stack = await startStack(t, { env: file.env });
    const token = await stack.orderToken(payer);
    const { instrument } = checkoutOf(await stack.send(token, { method: 'BOLETO' }));
    assert.equal(instrument?.method, 'BOLETO');
    assert.match(instrument.html ?? '', /UNIQUESURNAME/);
    assert.match(file.bytes(), /UNIQUESURNAME/);
    await stack.settle(token, end);
    await stack.checkoutWhen(token, ({ status }) => status === end);
    const kept = file.record(token);
    const { code, due_date } = instrument;
    assert.deepEqual(kept.attempts[0].instrument, {
      method: 'BOLETO',
      code,
      amount: 12345,
      due_date,
      html: null,
    });
    assert.equal(personal.test(JSON.stringify(kept.attempts)), false);
    if (end === 'PAID') {
      await stack.close();
      assert.equal(personal.exec(file.bytes()), null);
    }
  });
}

test('a boleto that the shopper left has no page any more, and no page stays longer than thirty days', async t => {
  const file = storedFile(t);
  const stack = await startStack(t, { env: file.env });
  const [left, waiting] = [await stack.orderToken(payer), await stack.orderToken(payer)];
  for (const token of [left, waiting]) checkoutOf(await stack.send(token, { method: 'BOLETO' }));
  checkoutOf(await stack.renew(left));
  assert.equal(personal.test(JSON.stringify(file.record(left).attempts)), false);
  assert.equal(personal.test(JSON.stringify(file.record(waiting).attempts)), true);
  stack.clock.advance(30 * day);
  await until(() => file.record(waiting).order === null && file.record(left).order === null);
  await stack.close();
  assert.equal(personal.exec(file.bytes()), null);
});

test('what an older version kept in ended checkouts goes at the next start, once, and is told in the log', async t => {
  const file = storedFile(t);
  const first = await startStack(t, { env: file.env });
  const token = await first.orderToken(payer);
  checkoutOf(await first.send(token, { method: 'BOLETO' }));
  await first.settle(token, 'PAID');
  await first.checkoutWhen(token, ({ status }) => status === 'PAID');
  await first.close();
  file.replace(token, record => ({
    ...record,
    tokenPayment: { authentication: { cavv: 'CAVV-OF-AN-OLD-CHARGE' } },
    attempts: [
      { ...record.attempts[0], instrument: { ...record.attempts[0].instrument, html: 'UNIQUESURNAME' } },
    ],
    dueAt: null,
  }));
  file.query('DELETE FROM tidied');
  assert.match(file.bytes(), /CAVV-OF-AN-OLD-CHARGE/);

  const second = await startStack(t, { env: file.env });
  const tidied = await until(() => second.log.find(line => line.includes('store_tidied')));
  assert.equal(JSON.parse(tidied).changed, 1);
  await second.close();
  assert.equal(/CAVV-OF-AN-OLD-CHARGE|UNIQUESURNAME/.exec(file.bytes()), null);

  const third = await startStack(t, { env: file.env });
  await third.read(token);
  await third.close();
  assert.equal(
    third.log.some(line => line.includes('store_tidied')),
    false,
  );
});

test('the payer’s data of a paid card order is gone from the file', async t => {
  const file = storedFile(t);
  const stack = await startStack(t, { env: file.env });
  const token = await stack.orderToken({ ...payer, person_firstname: 'PAID' });
  checkoutOf(await stack.send(token, card));
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  await stack.close();
  assert.equal(personal.exec(file.bytes()), null);
});

/** Which tests of this folder hold to a row. */
const shownBy: Readonly<Record<string, readonly string[]>> = {
  'order, attempts, codes, statuses, amounts': ['store/forget.test.ts'],
  'the payer’s name, tax id, e-mail, address, `ip_address`, `extra_data`': ['kept-data.test.ts'],
  'a boleto’s page, pictures of codes, the link to instructions': [
    'kept-data.test.ts',
    'checkout/erasure.test.ts',
  ],
  'Idempotency-Keys of orders and token payments, a keyed hash of each body': ['fingerprints.test.ts'],
  'Idempotency-Keys of submissions, refunds and captures, a keyed hash of each body': [
    'fingerprints.test.ts',
  ],
  'of a token payment: amount, currencies, ids of person and card': ['fingerprints.test.ts'],
  '3-D Secure values, `fraud_protection_token`, `ip_address`, `extra_data` of a token payment': [
    'fingerprints.test.ts',
  ],
  'brand, last four and expiry of a stored card': ['persons.test.ts'],
  'card number, CVV, holder': ['card-data-canary.test.ts'],
  'log-in token of LetPay': ['log-in.test.ts'],
  'events for the merchant (no personal data)': ['store/outbox-suite.ts'],
  'bank account or Pix key of a refund': ['refunds.test.ts'],
};

test('every row of the table of what is kept is held to by a test', () => {
  const text = readFileSync(join(import.meta.dirname, '../../server/README.md'), 'utf8');
  const section = text.slice(text.indexOf('## What it keeps'), text.indexOf('## Stores'));
  const [, , ...rows] = section.split('\n').filter(line => line.startsWith('| '));
  const named = rows.map(row => row.split('|')[1]?.trim());
  assert.deepEqual(named, Object.keys(shownBy));
  for (const file of Object.values(shownBy).flat())
    assert.ok(existsSync(join(import.meta.dirname, file)), file);
});
