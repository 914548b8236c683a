/** The emulator stands in for LetPay: what it answers has the fields, types and codes that the documents print. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { gunzipSync, inflateSync } from 'node:zlib';
import { card, order, paycash, runEmulator } from '../emulator/running-emulator.ts';
import { assertSpeaksLike, examples } from './documents.ts';

const dollars = { asset: 'USD', amount: 100 };
const mexican = {
  asset: 'MXN',
  payment_country: 'MX',
  payment_currency: 'MXN',
  person_taxid: 'GODE561231GR8',
};
const unknown = '00000000-0000-4000-8000-000000000000';

for (const era of ['current', 'classic'] as const) {
  const documented = examples[era];

  test(`${era}: an order is answered as documented`, async t => {
    const emulator = await runEmulator(t);
    await emulator.dialect(era);
    const { status, body } = await emulator.letpay('POST', '/payment', { ...order, ...dollars });
    assert.equal(status, 200);
    assertSpeaksLike(body, documented.order);
    assert.equal(body.installments.length, 12);
    assert.equal(typeof body.customer_fees.TAXES_FEE, era === 'classic' ? 'string' : 'number');
  });

  test(`${era}: a card and a boleto are answered as documented`, async t => {
    const emulator = await runEmulator(t);
    await emulator.dialect(era);
    for (const [body, example] of [
      [card, documented.card],
      [{ method: 'BOLETO' }, documented.boleto],
    ] as const) {
      const answer = await emulator.send(await emulator.createOrder(), body);
      assert.equal(answer.status, 200);
      assertSpeaksLike(answer.body, example);
    }
  });

  test(`${era}: a boleto’s page is packed and its line written as in the samples`, async t => {
    const emulator = await runEmulator(t);
    await emulator.dialect(era);
    const { body } = await emulator.send(await emulator.createOrder(), { method: 'BOLETO' });
    const packed = Buffer.from(body.boleto_html, 'base64');
    if (era === 'classic') {
      assert.match(body.boleto_html, /^eN/);
      assert.match(String(inflateSync(packed)), /<html/);
      assert.match(body.boleto_code, /^\d{5}\.\d{5} \d{5}\.\d{6} \d{5}\.\d{6} \d \d{14}$/);
    } else {
      assert.match(body.boleto_html, /^H4sI/);
      assert.match(String(gunzipSync(packed)), /<html/);
      assert.match(body.boleto_code, /^\d{47}$/);
    }
  });

  test(`${era}: a status, and a cancelled one, are answered as documented`, async t => {
    const emulator = await runEmulator(t);
    await emulator.dialect(era);
    const token = await emulator.createOrder();
    await emulator.send(token, card);
    assertSpeaksLike(await emulator.read(token), documented.status);
    await emulator.control('POST', `/payments/${token}/settle`, { status: 'CANCELED' });
    assertSpeaksLike(await emulator.read(token), documented.canceled);
  });

  test(`${era}: a wrong token is refused as documented, with nothing to go on with`, async t => {
    const emulator = await runEmulator(t);
    await emulator.dialect(era);
    const { status, body } = await emulator.call('POST', '/payment', order, { 'X-Auth-Token': 'wrong' });
    assert.equal(status, 401);
    assertSpeaksLike(body, documented.unauthorized);
    assert.deepEqual(
      [body.error, body.message, 'refresh_token' in body],
      ['Unauthorized', 'Access Denied', false],
    );
  });
}

test('current: Pix and Paycash are answered as documented', async t => {
  const emulator = await runEmulator(t);
  const pix = await emulator.send(await emulator.createOrder(), { method: 'PIX' });
  assertSpeaksLike(pix.body, examples.current.pix);
  const cash = await emulator.send(await emulator.createOrder(mexican), { method: 'PAYCASH' });
  assertSpeaksLike(cash.body, examples.current.paycash);
  const simple = await emulator.letpay('POST', '/paycash/simple', paycash);
  assertSpeaksLike(simple.body, examples.current.simplePaycash);
});

test('current: refusals carry the documents’ codes', async t => {
  const emulator = await runEmulator(t);
  const used = await emulator.createOrder();
  await emulator.send(used, { method: 'PIX' });
  const refusals = [
    [emulator.letpay('POST', '/payment', { ...order, amount: 123.456 }), 400, '00.01.0044'],
    [emulator.letpay('POST', '/payment', { ...order, contract_id: 'wrong' }), 422, '00.01.0021'],
    [emulator.letpay('GET', `/payment/${unknown}`), 404, '00.01.0038'],
    [emulator.letpay('POST', `/payment/${used}/capture`, { amount: 1 }), 422, '00.04.0010'],
    [emulator.send(used, { method: 'PIX' }), 422, '00.04.0022'],
  ] as const;
  for (const [call, status, code] of refusals) {
    const answer = await call;
    assert.equal(answer.status, status, code);
    assertSpeaksLike(answer.body, examples.current.refusal);
    assert.deepEqual(
      [answer.body.errors[0].code, answer.body.message],
      [code, answer.body.errors[0].description],
    );
  }
});

test('classic: an unknown contract or payment is an exception, told as a 500', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const contract = await emulator.letpay('POST', '/payment', { ...order, contract_id: 'wrong' });
  const payment = await emulator.letpay('GET', `/payment/${unknown}`);
  for (const { status, body } of [contract, payment]) {
    assert.equal(status, 500);
    assertSpeaksLike(body, examples.classic.exception);
    assert.ok(!('errors' in body));
  }
  assert.match(contract.body.message, /ContractNotFoundException: Contract cannot be found/);
});
