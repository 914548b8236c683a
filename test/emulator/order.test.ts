import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { order, runEmulator } from './running-emulator.ts';

/** "Create Payment Order", sample answer for 123.45 BRL. */
const sampleParts = [123.45, 64.51, 43.64, 33.2, 26.95, 22.78, 19.81, 17.58, 15.85, 14.46, 13.33, 12.39];

test('answers the documented order with token, methods, installments and totals', async t => {
  const { letpay } = await runEmulator(t);
  const { status, body } = await letpay('POST', '/payment', order);
  assert.equal(status, 200);
  assert.match(
    body.payment.payment_token,
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  assert.deepEqual(body.methods, ['BOLETO', 'PIX', 'CREDITCARD']);
  assert.deepEqual(body.totals, {
    amount: 123.45,
    original_amount: 123.45,
    original_asset: 'BRL',
    customer_fees: 0,
    customer_amount: 123.45,
    asset: 'BRL',
  });
  assert.deepEqual(body.customer_fees, {});
});

test('reproduces the installment table of the document except its third row', async t => {
  const { letpay } = await runEmulator(t);
  const { body } = await letpay('POST', '/payment', order);
  const expected = sampleParts.map((amount, index) => ({
    installments: index + 1,
    amount: index === 2 ? 43.63 : amount,
  }));
  assert.deepEqual(body.installments, expected);
});

test('names the parts "installment" in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const { body } = await emulator.letpay('POST', '/payment', order);
  assert.deepEqual(body.installments[1], { amount: 64.51, installment: 2 });
});

test('converts dollars as the classic quote does, with the fee as text or number', async t => {
  const emulator = await runEmulator(t);
  const current = await emulator.letpay('POST', '/payment', { ...order, amount: 100, asset: 'USD' });
  await emulator.dialect('classic');
  const classic = await emulator.letpay('POST', '/payment', { ...order, amount: 100, asset: 'USD' });
  for (const { body } of [current, classic]) {
    assert.deepEqual(body.totals, {
      amount: 376.1,
      original_amount: 100,
      original_asset: 'USD',
      customer_fees: 37.61,
      customer_amount: 413.71,
      asset: 'BRL',
    });
    assert.equal(body.installments[0].amount, 413.71);
  }
  assert.deepEqual(current.body.customer_fees, { TAXES_FEE: 37.61 });
  assert.deepEqual(classic.body.customer_fees, { TAXES_FEE: '37.61 BRL' });
});

test('takes an amount as a number and as numeric text', async t => {
  const { letpay } = await runEmulator(t);
  for (const amount of [100.1, '100.1', '100.10', 1]) {
    const { body } = await letpay('POST', '/payment', { ...order, amount });
    assert.equal(body.totals?.amount, Number(amount));
  }
});

test('takes an order without address when the address is disabled', async t => {
  const { letpay } = await runEmulator(t);
  const bare = Object.fromEntries(Object.entries(order).filter(([name]) => !name.startsWith('address_')));
  assert.equal((await letpay('POST', '/payment', { ...bare, disable_address: true })).status, 200);

  const { status, body } = await letpay('POST', '/payment', bare);
  assert.equal(status, 400);
  assert.deepEqual(
    body.errors.map((error: { description: string }) => error.description),
    ['main', 'number', 'locality', 'city', 'state', 'country', 'zipcode'].map(
      name => `address_${name}: must not be null`,
    ),
  );
});

const invalid: [changes: Record<string, unknown>, description: string][] = [
  [{ amount: undefined }, 'amount: must not be null'],
  [{ amount: 123.456 }, 'amount: Value must have a maximum of two decimal places.'],
  [{ amount: 'much' }, 'amount: must be a number'],
  [{ amount: -1 }, 'amount: must be a number'],
  [{ amount: 0.99 }, 'amount: must be greater than or equal to 1.00'],
  [{ asset: undefined }, 'asset: must not be null'],
  [{ reference_id: 'x'.repeat(46) }, 'reference_id: size must be between 1 and 45'],
  [{ reference_id: ' ' }, 'reference_id: must not be blank'],
  [{ contract_id: null }, 'contract_id: must not be null'],
  [{ person_firstname: '' }, 'person_firstname: must not be blank'],
  [{ person_surname: undefined }, 'person_surname: must not be null'],
  [{ person_email: 'nobody' }, 'person_email: must be a well-formed email address'],
  [{ person_taxid: '397840450870' }, 'person_taxid: invalid tax ID number'],
  [{ person_taxid: '39784045088' }, 'person_taxid: invalid tax ID number'],
  [{ person_taxid: '99999999999' }, 'person_taxid: invalid tax ID number'],
  [{ person_birth: '1978-02-30' }, 'person_birth: must be a date in the format YYYY-MM-DD'],
  [{ address_country: 'BRA' }, 'address_country: size must be between 1 and 2'],
  [{ address_phone_area: 115 }, 'address_phone_area: size must be between 0 and 2'],
  [{ notification_url: 'not a url' }, 'notification_url: must be a valid URL'],
  [{ disable_address: 'yes' }, 'disable_address: must be a boolean'],
  [{ extra_data: 'text' }, 'extra_data: must be a JSON object'],
  [{ ip_address: '300.0.0.1' }, 'ip_address: must be an IP address'],
  [{ payment_country: undefined }, 'payment_country: must not be null'],
  [{ payment_currency: undefined }, 'payment_currency: must not be null'],
];

test('refuses each wrong field with 400, code 00.01.0044 and its name', async t => {
  const { letpay } = await runEmulator(t);
  for (const [changes, description] of invalid) {
    const { status, body } = await letpay('POST', '/payment', { ...order, ...changes });
    assert.equal(status, 400, description);
    assert.deepEqual(body.errors, [{ code: '00.01.0044', description }]);
    assert.equal(body.message, description);
    assert.equal(body.error, 'Bad Request');
    assert.equal(body.path, '/payment');
  }
});

test('reports every wrong field in an entry of its own', async t => {
  const { letpay } = await runEmulator(t);
  const { body } = await letpay('POST', '/payment', {
    ...order,
    amount: null,
    person_email: '',
    asset: null,
  });
  assert.deepEqual(
    body.errors.map((error: { description: string }) => error.description.split(':')[0]),
    ['amount', 'asset', 'person_email'],
  );
});

test('takes the sandbox tax ids of the classic document and both kinds of CNPJ', async t => {
  const { letpay } = await runEmulator(t);
  const taxIds = [
    '11111111111',
    '22222222222',
    '00000000000',
    '397.840.450-87',
    '11222333000181',
    '12ABC34501DE35',
  ];
  for (const person_taxid of taxIds) {
    assert.equal((await letpay('POST', '/payment', { ...order, person_taxid })).status, 200, person_taxid);
  }
});

test('lets unknown fields through', async t => {
  const { letpay } = await runEmulator(t);
  const body = { ...order, tax_id: '1', method: 'PIX', anything: { deep: [1] } };
  assert.equal((await letpay('POST', '/payment', body)).status, 200);
});

const refused: [changes: Record<string, unknown>, code: string][] = [
  [{ contract_id: 'MY_CONTRACT_ID' }, '00.01.0021'],
  [{ contract_id: '7c1f2a5e-3d4b-4c8a-9e5f-60718293a4b5' }, '00.01.0021'],
  [{ contract_id: '889342a9-38d9-48f5-8dd1-1b2c3d4e5f60' }, '00.01.0027'],
  [{ payment_country: 'US' }, '00.01.0022'],
  [{ payment_currency: 'USD' }, '00.01.0045'],
  [{ asset: 'XXX' }, '00.01.0007'],
  [{ asset: 'MXN' }, '00.01.0029'],
];

test('refuses what the account cannot do with 422 and its code', async t => {
  const { letpay } = await runEmulator(t);
  for (const [changes, code] of refused) {
    const { status, body } = await letpay('POST', '/payment', { ...order, ...changes });
    assert.equal(status, 422, code);
    assert.equal(body.errors[0].code, code);
  }
});

test('answers an unknown contract as the document prints it, in each dialect', async t => {
  const emulator = await runEmulator(t);
  const current = await emulator.letpay('POST', '/payment', { ...order, contract_id: 'gone' });
  assert.equal(current.body.message, 'Invalid contract / project');

  await emulator.dialect('classic');
  const { status, body } = await emulator.letpay('POST', '/payment', { ...order, contract_id: 'gone' });
  assert.equal(status, 500);
  assert.equal(body.timestamp, Date.parse('2026-11-20T15:00:00Z'));
  assert.equal(body.exception, 'letpay.exceptions.ContractNotFoundException');
  assert.equal(
    body.message,
    'Request processing failed; nested exception is letpay.exceptions.ContractNotFoundException: Contract cannot be found. gone',
  );
});

test('words wrong fields in the classic way, without a list of errors', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const field = await emulator.letpay('POST', '/payment', { ...order, contract_id: '' });
  assert.equal(field.status, 500);
  assert.equal(field.body.error, 'Validation error');
  assert.equal(field.body.message, 'contract_id: must not be blank');
  assert.equal('errors' in field.body, false);

  const taxId = await emulator.letpay('POST', '/payment', { ...order, person_taxid: '1' });
  assert.equal(taxId.status, 422);
  assert.equal(
    taxId.body.message,
    'One of the parameters provided are incorrect: Date of birth, Full name, Tax Id.',
  );
});

test('answers a body that is no JSON with 400, or 500 in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  const current = await emulator.letpay('POST', '/payment', '{"amount":');
  assert.equal(current.status, 400);
  assert.deepEqual(current.body.errors, [{ code: '00.01.0044', description: 'Malformed JSON' }]);
  await emulator.dialect('classic');
  const classic = await emulator.letpay('POST', '/payment', '{"amount":');
  assert.equal(classic.status, 500);
  assert.match(classic.body.message, /org\.json\.JSONException/);
});

test('has the lower minimum and needs no payment country in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const changes = { amount: 0.75, payment_country: undefined, payment_currency: undefined };
  assert.equal((await emulator.letpay('POST', '/payment', { ...order, ...changes })).status, 200);
  assert.equal(
    (await emulator.letpay('POST', '/payment', { ...order, ...changes, amount: 0.74 })).status,
    500,
  );
});

test('offers the methods of the country and of the contract', async t => {
  const { letpay } = await runEmulator(t);
  const mexico = {
    asset: 'MXN',
    payment_country: 'MX',
    payment_currency: 'MXN',
    person_taxid: 'XAXX010101000',
  };
  const offered = async (changes: Record<string, unknown>) =>
    (await letpay('POST', '/payment', { ...order, ...changes })).body;

  assert.deepEqual((await offered(mexico)).methods, ['PAYCASH', 'CREDITCARD']);
  assert.deepEqual((await offered(mexico)).installments, []);
  assert.deepEqual((await offered({ ...mexico, amount: 10_000.01 })).methods, ['CREDITCARD']);
  const pixOnly = await offered({ contract_id: '5d0c6e4b-92a7-4b1d-a1c3-d2e4f6071829' });
  assert.deepEqual([pixOnly.methods, pixOnly.installments], [['PIX'], []]);
  const peru = { ...mexico, asset: 'PEN', payment_country: 'PE', payment_currency: 'PEN' };
  assert.deepEqual((await offered(peru)).methods, ['PAYCASH']);
  assert.equal((await offered({ ...peru, amount: 3_500.01 })).errors[0].code, '00.01.0042');
});

test('offers debit cards to an account that may take them', async t => {
  const { letpay } = await runEmulator(t, { debitCards: true });
  const { body } = await letpay('POST', '/payment', order);
  assert.deepEqual(body.methods, ['BOLETO', 'PIX', 'CREDITCARD', 'DEBITCARD']);
});
