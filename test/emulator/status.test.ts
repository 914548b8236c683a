import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, runEmulator } from './running-emulator.ts';

const outcomeDelay = 400;
const hour = 3_600_000;

test('words the status as the current pages do', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder({ person_firstname: 'PAID' });
  await emulator.send(payment, card);
  await emulator.advance(outcomeDelay);
  const { refresh_token, ...rest } = await emulator.read(payment);
  assert.equal(typeof refresh_token, 'string');
  assert.deepEqual(rest, {
    paymentToken: payment,
    createdAt: '2026-11-20T15:00:00.000',
    transactionStatus: 'PAID',
    currency: 'BRL',
    amount_received: 123.45,
    refunded_amount: 0,
    reference: 'MY_REFERENCE_ID',
    errorCode: '00.00.0000',
    method: 'CREDITCARD',
    confirmation_date: '2026-11-20T15:00:00.400+0000',
    extra_data: { 'my-conciliation-number': 'xxxxxx' },
    customer_info: {
      customer_contact: 'alice@example.com',
      tax_id: '39784045087',
      payer_name: 'PAID Sonnentag',
    },
  });
});

test('words the status as the classic document and its clients do', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await emulator.createOrder({ person_firstname: 'PAID', extra_data: undefined });
  await emulator.send(payment, card);
  await emulator.advance(outcomeDelay);
  const { refresh_token: _, ...rest } = await emulator.read(payment);
  assert.deepEqual(rest, {
    paymentToken: payment,
    createdAt: '2026-11-20-12:00:00',
    payment_status: 'APPROVED',
    paymentStatus: 'APPROVED',
    currency: 'BRL',
    amount_received: '123.45',
    errorCode: '',
  });
});

const payers: [payer: Record<string, string>, current: string, classic: string][] = [
  [{ person_firstname: 'PAID' }, 'PAID', 'APPROVED'],
  [{ person_firstname: 'PAID Maria' }, 'PAID', 'APPROVED'],
  [{ person_firstname: 'DECLINED' }, 'DECLINED', 'REJECTED'],
  [{ person_firstname: 'IN_ANALYSIS' }, 'IN_ANALYSIS', 'IN_ANALYSIS'],
  [{ person_firstname: 'CANCELED' }, 'CANCELED', 'CANCELED'],
  [
    { person_firstname: 'CANCEL', person_surname: 'CANCEL', person_taxid: '11111111111' },
    'CANCELED',
    'CANCELED',
  ],
  [
    { person_firstname: 'ANALYZE', person_surname: 'ANALYZE', person_taxid: '22222222222' },
    'IN_ANALYSIS',
    'IN_ANALYSIS',
  ],
  [
    { person_firstname: 'REJECT', person_surname: 'REJECT', person_taxid: '00000000000' },
    'DECLINED',
    'REJECTED',
  ],
  [{ person_firstname: 'REJECT', person_surname: 'REJECT' }, 'PROCESSING', 'PROCESSING'],
  [{ person_firstname: 'Paid' }, 'PROCESSING', 'PROCESSING'],
  [{ person_firstname: 'Alice' }, 'PROCESSING', 'PROCESSING'],
];

test('takes the outcome from the sandbox words of both documents, in both dialects', async t => {
  const emulator = await runEmulator(t);
  for (const [payer, current, classic] of payers) {
    await emulator.dialect('current');
    const payment = await emulator.createOrder(payer);
    await emulator.send(payment, card);
    await emulator.advance(outcomeDelay - 1);
    assert.equal((await emulator.read(payment)).transactionStatus, 'PROCESSING');
    await emulator.advance(1);
    assert.equal((await emulator.read(payment)).transactionStatus, current, JSON.stringify(payer));
    await emulator.dialect('classic');
    assert.equal((await emulator.read(payment)).payment_status, classic, JSON.stringify(payer));
  }
});

test('pays Pix, boleto and Paycash too when the payer is called PAID', async t => {
  const emulator = await runEmulator(t);
  const mexico = { payment_country: 'MX', payment_currency: 'MXN', asset: 'MXN' };
  for (const [method, place] of [
    ['PIX', {}],
    ['BOLETO', {}],
    ['PAYCASH', mexico],
  ] as const) {
    const payment = await emulator.createOrder({ person_firstname: 'PAID', ...place });
    await emulator.send(payment, { method });
    await emulator.advance(outcomeDelay);
    assert.equal((await emulator.read(payment)).transactionStatus, 'PAID', method);
  }
});

const declines: [amount: number, code: string][] = [
  [10.02, '01.03.0002'],
  [10.05, '01.05.0014'],
  [10.06, '01.06.0003'],
  [10.12, '01.05.0012'],
  [10.25, '01.05.0021'],
  [10.27, '01.05.0027'],
  [10, '01.03.0001'],
];

test('chooses the decline code by the cents of the amount', async t => {
  const emulator = await runEmulator(t);
  for (const [amount, code] of declines) {
    const payment = await emulator.createOrder({ amount, person_firstname: 'DECLINED' });
    await emulator.send(payment, card);
    await emulator.advance(outcomeDelay);
    assert.equal((await emulator.read(payment)).errorCode, code, String(amount));
  }
});

test('tells why a payment was cancelled, with a code in the classic dialect', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder({ person_firstname: 'CANCELED' });
  await emulator.send(payment, card);
  await emulator.advance(outcomeDelay);
  assert.deepEqual((await emulator.read(payment)).cancellation_details, {
    description: 'Issuer policy violation',
  });
  await emulator.dialect('classic');
  assert.deepEqual((await emulator.read(payment)).cancellation_details, {
    cancelled_by: 'ACQUIRER',
    code: '3',
    description: 'Issuer policy violation',
  });
});

test('cancels an order that nobody submits within a day', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await emulator.advance(24 * hour - 1);
  assert.equal((await emulator.read(payment)).transactionStatus, 'CREATED');
  await emulator.advance(1);
  assert.equal((await emulator.read(payment)).transactionStatus, 'CANCELED');
  const { status, body } = await emulator.send(payment, card);
  assert.deepEqual([status, body.errors[0].code], [422, '00.04.0012']);
});

test('cancels a Pix code after half an hour, and says when in the status', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await emulator.send(payment, { method: 'PIX' });
  assert.equal((await emulator.read(payment)).expiration_date, '2026-11-20T15:30:00.000+0000');
  await emulator.advance(30 * 60_000 - 1);
  assert.equal((await emulator.read(payment)).transactionStatus, 'PROCESSING');
  await emulator.advance(1);
  assert.equal((await emulator.read(payment)).transactionStatus, 'CANCELED');
});

test('cancels a boleto when its due date has passed in São Paulo', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder();
  await emulator.send(payment, { method: 'BOLETO', expiration_date: '2026-11-20' });
  assert.equal((await emulator.read(payment)).expiration_date, '2026-11-20');
  await emulator.advance(12 * hour - 1);
  assert.equal((await emulator.read(payment)).transactionStatus, 'PROCESSING');
  await emulator.advance(1);
  assert.equal((await emulator.read(payment)).transactionStatus, 'CANCELED');
});

test('leaves a paid instrument paid when its time passes', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder({ person_firstname: 'PAID' });
  await emulator.send(payment, { method: 'PIX' });
  await emulator.advance(48 * hour);
  assert.equal((await emulator.read(payment)).transactionStatus, 'PAID');
});

test('prints the expiry of a classic Pix without a zone', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const payment = await emulator.createOrder();
  await emulator.send(payment, { method: 'PIX' });
  assert.equal((await emulator.read(payment)).expirationDate, '2026-11-20 12:30:00');
});

test('lists all payments of a reference, with the other spelling of the expiry', async t => {
  const emulator = await runEmulator(t);
  const first = await emulator.createOrder({ reference_id: 'ORDER 1/2' });
  const second = await emulator.createOrder({ reference_id: 'ORDER 1/2' });
  await emulator.createOrder();
  const { body } = await emulator.letpay('GET', `/payment/reference/${encodeURIComponent('ORDER 1/2')}`);
  assert.deepEqual(
    body.payments.map((payment: { paymentToken: string }) => payment.paymentToken),
    [first, second],
  );
  assert.equal('expirationDate' in body.payments[0], true);
  assert.deepEqual((await emulator.letpay('GET', '/payment/reference/none')).body.payments, []);
});

test('answers an unknown token as each document prints it', async t => {
  const emulator = await runEmulator(t);
  const current = await emulator.letpay('GET', '/payment/987');
  assert.equal(current.status, 404);
  assert.equal(current.body.timestamp, '2026-11-20T15:00:00.000+00:00');
  assert.deepEqual(current.body.errors, [
    { code: '00.01.0038', description: 'This transaction id (987) could not be found.' },
  ]);
  await emulator.dialect('classic');
  const classic = await emulator.letpay('GET', '/payment/987');
  assert.equal(classic.status, 500);
  assert.equal(
    classic.body.message,
    'Request processing failed; nested exception is java.lang.Exception: The payment 987 cannot be found.',
  );
});

test('holds a delayed capture, captures part of it and refuses a second capture', async t => {
  const emulator = await runEmulator(t);
  const payment = await emulator.createOrder({ person_firstname: 'PAID' });
  await emulator.send(payment, { ...card, delay_capture: true });
  const early = await emulator.letpay('POST', `/payment/${payment}/capture`, { amount: 100 });
  assert.equal(early.body.errors[0].code, '00.04.0010');
  await emulator.advance(outcomeDelay);
  assert.equal((await emulator.read(payment)).transactionStatus, 'PRE_AUTHORIZED');

  const capture = (amount: unknown) => emulator.letpay('POST', `/payment/${payment}/capture`, { amount });
  const precise = await capture(123.456);
  assert.equal(precise.status, 400);
  assert.equal(precise.body.message, 'amount: Value must have a maximum of two decimal places.');
  assert.equal((await capture(123.46)).body.errors[0].code, '00.04.0011');
  assert.equal((await capture(100)).body.transaction_status, 'PROCESSING');
  assert.equal((await emulator.read(payment)).amount_received, 100);
  assert.equal((await capture(1)).body.errors[0].code, '00.04.0010');
});

test('cancels a held payment on request, and by itself after five days', async t => {
  const emulator = await runEmulator(t);
  const hold = async () => {
    const payment = await emulator.createOrder({ person_firstname: 'PAID' });
    await emulator.send(payment, { ...card, delay_capture: true });
    await emulator.advance(outcomeDelay);
    return payment;
  };
  const first = await hold();
  await emulator.letpay('POST', `/payment/${first}/cancel`, {});
  assert.deepEqual((await emulator.read(first)).cancellation_details, {
    description: 'Requested by the merchant',
  });
  const second = await hold();
  await emulator.advance(5 * 24 * hour);
  assert.equal((await emulator.read(second)).transactionStatus, 'CANCELED');
});
