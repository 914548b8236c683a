import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { oneStepContract } from '../../demo/emulator/letpay/account.ts';
import { order, paycash, runEmulator } from './running-emulator.ts';

const withPayment = (changes: Record<string, unknown>) => ({
  ...paycash,
  payment: { ...paycash.payment, ...changes },
});

test('answers the documented request with the keys of the live API', async t => {
  const { letpay } = await runEmulator(t);
  const { status, body } = await letpay('POST', '/paycash/simple', paycash);
  assert.equal(status, 200);
  assert.deepEqual(Object.keys(body).sort(), [
    'amount',
    'barcode',
    'barcode_png_gzip_base_64',
    'customer_fees',
    'instructions_link',
    'payment_status',
    'payment_token',
    'reference_id',
    'refresh_token',
    'totals',
    'transaction_status',
  ]);
  assert.deepEqual([body.transaction_status, body.payment_status], ['PROCESSING', 'PROCESSING']);
  assert.equal(body.amount, '123.45');
  assert.equal(body.reference_id, 'MY_REFERENCE_ID');
  assert.deepEqual(body.totals, {
    amount: 123.45,
    original_amount: 123.45,
    original_asset: 'MXN',
    customer_fees: 0,
    customer_amount: 123.45,
    asset: 'MXN',
  });
  const image = gunzipSync(Buffer.from(body.barcode_png_gzip_base_64, 'base64'));
  assert.equal(image.subarray(1, 4).toString(), 'PNG');
});

/** Countries with their limits and the length of the reference ("Paycash"). */
const countries: [country: string, currency: string, min: number, max: number, digits: number][] = [
  ['MX', 'MXN', 15, 10_000, 13],
  ['CO', 'COP', 10_000, 5_000_000, 16],
  ['CR', 'CRC', 1_100, 190_000, 16],
  ['EC', 'USD', 2, 1_000, 16],
  ['PE', 'PEN', 10, 3_500, 16],
  ['PA', 'USD', 2, 300, 16],
  ['GT', 'GTQ', 20, 7_500, 16],
  ['HN', 'HNL', 50, 25_000, 16],
  ['CL', 'CLP', 1_900, 1_360_000, 16],
  ['DO', 'DOP', 120, 80_000, 16],
];

test('holds ten countries to their limits and lengths', async t => {
  const { letpay } = await runEmulator(t);
  for (const [country, currency, min, max, digits] of countries) {
    const pay = (amount: number) =>
      letpay('POST', '/paycash/simple', withPayment({ country, currency, asset: currency, amount }));
    for (const amount of [min, max]) {
      assert.match((await pay(amount)).body.barcode, new RegExp(`^\\d{${digits}}$`), country);
    }
    for (const amount of [min - 0.01, max + 0.01]) {
      const { status, body } = await pay(Math.round(amount * 100) / 100);
      assert.deepEqual([status, body.errors[0].code], [422, '00.01.0042'], country);
    }
  }
});

test('takes the date from "paycash" and from the "oxxo" of the samples', async t => {
  const emulator = await runEmulator(t);
  const due = async (changes: Record<string, unknown>) => {
    const { body } = await emulator.letpay('POST', '/paycash/simple', withPayment(changes));
    return (await emulator.read(body.payment_token)).expiration_date;
  };
  assert.equal(await due({}), '2026-12-31');
  assert.equal(await due({ oxxo: undefined, paycash: { expiration_date: '2026-12-01' } }), '2026-12-01');
  assert.equal(await due({ oxxo: undefined }), '2026-11-25');
});

const invalid: [body: Record<string, unknown>, description: string][] = [
  [{ ...paycash, payment: undefined }, 'payment: must not be null'],
  [{ ...paycash, person: undefined }, 'person: must not be null'],
  [{ ...paycash, notification_url: undefined }, 'notification_url: must not be null'],
  [
    { ...paycash, person: { full_name: 'Alice', email: 'x' } },
    'person.email: must be a well-formed email address',
  ],
  [withPayment({ amount: 1.234 }), 'payment.amount: Value must have a maximum of two decimal places.'],
  [
    withPayment({ paycash: { expiration_date: '2024-12-31' } }),
    'payment.paycash.expiration_date: must be a date in the present or in the future',
  ],
];

test('refuses wrong fields by their path', async t => {
  const { letpay } = await runEmulator(t);
  for (const [body, description] of invalid) {
    const answer = await letpay('POST', '/paycash/simple', body);
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.body.errors, [{ code: '00.01.0044', description }]);
  }
});

test('refuses Brazil and an unknown contract with 422', async t => {
  const { letpay } = await runEmulator(t);
  const brazil = await letpay(
    'POST',
    '/paycash/simple',
    withPayment({ country: 'BR', currency: 'BRL', asset: 'BRL' }),
  );
  assert.deepEqual([brazil.status, brazil.body.errors[0].code], [422, '00.01.0035']);
  const unknown = await letpay('POST', '/paycash/simple', { ...paycash, contract_id: 'MY_CONTRACT_ID' });
  assert.deepEqual([unknown.status, unknown.body.errors[0].code], [422, '00.01.0021']);
});

test('takes the outcome from the first word of the full name', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.letpay('POST', '/paycash/simple', {
    ...paycash,
    person: { full_name: 'PAID Maria da Silva', email: 'maria@example.com' },
  });
  await emulator.advance(400);
  assert.equal((await emulator.read(body.payment_token)).transactionStatus, 'PAID');
});

test('one contract leaves Paycash out of orders of two steps, and takes it in one', async t => {
  const emulator = await runEmulator(t);
  const { id: contract_id } = oneStepContract;
  const place = { contract_id, asset: 'MXN', payment_country: 'MX', payment_currency: 'MXN' };
  const { body } = await emulator.letpay('POST', '/payment', { ...order, ...place });
  assert.deepEqual(body.methods, ['CREDITCARD']);
  assert.equal((await emulator.letpay('POST', '/paycash/simple', { ...paycash, contract_id })).status, 200);
});
