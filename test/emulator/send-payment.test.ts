import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { gunzipSync, inflateSync } from 'node:zlib';
import { card, runEmulator } from './running-emulator.ts';

const pngSignature = '89504e470d0a1a0a';
const base64 = (text: string) => Buffer.from(text, 'base64');

test('answers a card with the status, the token and nothing about the card', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  const { status, body } = await emulator.send(payment, card);
  assert.equal(status, 200);
  const { refresh_token, ...rest } = body;
  assert.equal(typeof refresh_token, 'string');
  assert.deepEqual(rest, { transaction_status: 'PROCESSING', payment_token: payment });
});

test('answers a card in the classic words, with an empty error', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await emulator.createOrder();
  const { refresh_token: _, ...rest } = (await emulator.send(payment, card)).body;
  assert.deepEqual(rest, { payment_status: 'PROCESSING', payment_token: payment, error: '' });
});

test('gives ids for a card that is to be saved', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.send(await emulator.createOrder(), { ...card, save_card: true });
  assert.match(body.public_person_id, /^PER-[0-9a-f-]{36}$/);
  assert.match(body.public_card_id, /^CAR-[0-9a-f-]{36}$/);
});

/** "Testing Credit Cards" of both documents; the classic ones have long expired, so they come with a later year. */
const testCards = [
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
  '6505050000001091',
  '5239032934640116',
];

test('takes every test card of the documents', async t => {
  const emulator = await runEmulator(t);
  for (const card_number of testCards) {
    const { status } = await emulator.send(await emulator.createOrder(), { ...card, card_number });
    assert.equal(status, 200, card_number);
  }
});

const badCards: [changes: Record<string, unknown>, code: string][] = [
  [{ card_number: undefined }, '00.01.0060'],
  [{ card_number: '4539620659922098' }, '00.01.0032'],
  [{ card_number: '5222222222222222' }, '00.01.0032'],
  [{ card_number: '4539 6206 5992 2097' }, '00.01.0032'],
  [{ card_holder: '' }, '00.01.0059'],
  [{ card_cvv: undefined }, '00.01.0061'],
  [{ card_cvv: '12' }, '00.01.0044'],
  [{ card_year: undefined }, '00.01.0062'],
  [{ card_month: 13 }, '00.01.0063'],
  [{ card_month: undefined }, '00.01.0063'],
  [{ card_month: 10 }, '00.01.0064'],
  [{ card_year: 2022 }, '00.01.0064'],
  [{ card_installments: 13 }, '00.01.0008'],
  [{ card_installments: 'two' }, '00.01.0044'],
];

test('refuses bad card data by field code and leaves the token usable', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  for (const [changes, code] of badCards) {
    const { status, body } = await emulator.send(payment, { ...card, ...changes });
    assert.equal(status, 400, JSON.stringify(changes));
    assert.deepEqual(
      body.errors.map((error: { code: string }) => error.code),
      [code],
      JSON.stringify(changes),
    );
    assert.equal((await emulator.read(payment)).transactionStatus, 'CREATED');
  }
  assert.equal((await emulator.send(payment, card)).status, 200);
});

test('reports all that is wrong with a card at once', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.send(await emulator.createOrder(), { method: 'CREDITCARD' });
  assert.deepEqual(
    body.errors.map((error: { code: string }) => error.code),
    ['00.01.0060', '00.01.0059', '00.01.0061', '00.01.0062', '00.01.0063'],
  );
});

test('takes a card in the very month of its expiry and 0 for one installment', async t => {
  const emulator = await runEmulator(t);
  const body = { ...card, card_year: 2026, card_month: 11, card_installments: 0 };
  assert.equal((await emulator.send(await emulator.createOrder(), body)).status, 200);
});

test('puts the code of a bad card at the end of the classic message', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await emulator.createOrder();
  const { status, body } = await emulator.send(payment, { ...card, card_number: '4539620659922098' });
  assert.equal(status, 500);
  assert.equal(body.message, 'Invalid credit card number (00.01.0032)');
});

test('takes a token once', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await emulator.send(payment, { method: 'PIX' });
  const { status, body } = await emulator.send(payment, card);
  assert.equal(status, 422);
  assert.equal(body.errors[0].code, '00.04.0022');
  assert.equal((await emulator.read(payment)).method, 'PIX');

  await emulator.dialect('classic');
  const classic = await emulator.send(payment, card);
  assert.equal(classic.status, 500);
  assert.match(classic.body.message, /00\.04\.0022/);
});

test('accepts one of two submissions that arrive together', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  const answers = await Promise.all([emulator.send(payment, card), emulator.send(payment, card)]);
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
});

test('refuses an unknown token with 404, or an exception in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  const current = await emulator.send('gone', card);
  assert.equal(current.status, 404);
  assert.deepEqual(current.body.errors, [
    { code: '00.01.0038', description: 'This transaction id (gone) could not be found.' },
  ]);
  await emulator.dialect('classic');
  const classic = await emulator.send('gone', card);
  assert.equal(classic.status, 500);
  assert.equal(classic.body.exception, 'java.lang.Exception');
});

test('refuses a method that is missing, unknown or not offered', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  const missing = await emulator.send(payment, {});
  assert.deepEqual([missing.status, missing.body.message], [400, 'method: must not be null']);
  const unknown = await emulator.send(payment, { method: 'CHEQUE' });
  assert.deepEqual([unknown.status, unknown.body.errors[0].code], [422, '00.04.0007']);
  const elsewhere = await emulator.send(payment, { method: 'PAYCASH' });
  assert.deepEqual([elsewhere.status, elsewhere.body.errors[0].code], [422, '00.01.0023']);
});

test('takes a debit card only with authentication, whole and at once', async t => {
  const emulator = await runEmulator(t, { debitCards: true });
  const payment = await emulator.createOrder();
  const debit = { ...card, method: 'DEBITCARD', card_installments: 1 };
  const delayed = await emulator.send(payment, { ...debit, delay_capture: true, card_installments: 2 });
  assert.deepEqual(
    delayed.body.errors.map((error: { code: string }) => error.code),
    ['00.01.0065', '00.01.0066'],
  );
  assert.equal((await emulator.send(payment, debit)).body.errors[0].code, '00.04.0008');
  const authentication = { cavv: 'x', xid: 'x', eci: '05', version: '2.1.0', dstrans_id: 'x' };
  const { xid: _, ...incomplete } = authentication;
  const partly = await emulator.send(payment, { ...debit, authentication: incomplete });
  assert.deepEqual([partly.status, partly.body.message], [400, 'authentication.xid: must not be blank']);
  const failed = await emulator.send(payment, { ...debit, authentication: { ...authentication, eci: '07' } });
  assert.equal(failed.body.errors[0].code, '00.04.0020');
  assert.equal((await emulator.send(payment, { ...debit, authentication })).status, 200);
});

test('answers Pix with a code, its amount and a gzipped PNG', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.send(await emulator.createOrder({ amount: 100.1 }), { method: 'PIX' });
  assert.deepEqual(Object.keys(body).sort(), [
    'payment_token',
    'pix_amount',
    'pix_code',
    'pix_qr_code',
    'refresh_token',
    'transaction_status',
  ]);
  assert.equal(body.pix_amount, '100.10');
  assert.equal(gunzipSync(base64(body.pix_qr_code)).subarray(0, 8).toString('hex'), pngSignature);
});

test('answers a boleto with bare digits, its due date and gzipped HTML', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.send(await emulator.createOrder(), {
    method: 'BOLETO',
    expiration_date: '2026-12-31',
    boleto_line1: 'Não receber <após> o vencimento',
  });
  assert.match(body.boleto_code, /^\d{47}$/);
  assert.equal(body.boleto_duedate, '2026-12-31');
  assert.equal(body.boleto_amount, '123.45');
  const html = gunzipSync(base64(body.boleto_html)).toString();
  assert.match(html, /31\/12\/2026/);
  assert.match(html, /R\$ 123,45/);
  assert.match(html, /Não receber &lt;após&gt; o vencimento/);
});

test('answers a classic boleto with dots and spaces, a short amount and zlib', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await emulator.createOrder({ amount: 190 });
  const { body } = await emulator.send(payment, { method: 'BOLETO', boleto_expiration_date: '2026-12-12' });
  assert.match(body.boleto_code, /^\d{5}\.\d{5} \d{5}\.\d{6} \d{5}\.\d{6} \d \d{14}$/);
  assert.equal(body.boleto_amount, '190');
  assert.equal(body.boleto_duedate, '2026-12-12');
  assert.equal(body.error, '');
  assert.equal(body.boleto_html.slice(0, 2), 'eN');
  assert.match(inflateSync(base64(body.boleto_html)).toString(), /<html/);
});

test('makes slips fall due in five days of São Paulo, and none in the past', async t => {
  const emulator = await runEmulator(t);
  const first = await emulator.createOrder();
  const past = await emulator.send(first, { method: 'BOLETO', expiration_date: '2026-11-19' });
  assert.equal(past.body.message, 'expiration_date: must be a date in the present or in the future');
  const wrong = await emulator.send(first, { method: 'BOLETO', expiration_date: '31/12/2026' });
  assert.equal(wrong.body.message, 'expiration_date: must be a date in the format YYYY-MM-DD');
  assert.equal((await emulator.send(first, { method: 'BOLETO' })).body.boleto_duedate, '2026-11-25');

  await emulator.advance(11 * 3_600_000);
  const beforeMidnight = await emulator.createOrder();
  assert.equal((await emulator.send(beforeMidnight, { method: 'BOLETO' })).body.boleto_duedate, '2026-11-25');
});

test('answers Paycash with a reference of the country and an https link', async t => {
  const emulator = await runEmulator(t);
  for (const [payment_country, asset, amount, digits] of [
    ['MX', 'MXN', 20, 13],
    ['PE', 'PEN', 20, 16],
  ] as const) {
    const place = { payment_country, asset, payment_currency: asset, amount };
    const { body } = await emulator.send(await emulator.createOrder(place), { method: 'PAYCASH' });
    assert.match(body.paycash_barcode, new RegExp(`^\\d{${digits}}$`));
    assert.equal(body.paycash_amount, '20.00');
    assert.match(body.paycash_instructions_link, /^https:\/\//);
    const image = gunzipSync(base64(body.paycash_barcode_image));
    assert.equal(image.subarray(0, 8).toString('hex'), pngSignature);
  }
});
