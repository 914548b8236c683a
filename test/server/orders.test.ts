import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  card,
  checkoutOf,
  fieldsIn,
  mexicanOrder,
  newKey,
  order,
  problemOf,
  startStack,
  until,
} from './stack.ts';

interface MerchantOrder {
  payment_token: string;
  paid_twice: boolean;
  amount_received: number | null;
  refunded_amount: number | null;
  status: string;
  attempts: {
    payment_token: string;
    status: string;
    method: string | null;
    amount_received: number | null;
  }[];
}

test('an order becomes a checkout with the methods, installments and totals that the PSP offers', async t => {
  const stack = await startStack(t);
  const reply = await stack.createOrder();
  const made = checkoutOf(reply, 201);
  assert.deepEqual(made.methods, ['PIX', 'CREDITCARD', 'BOLETO']);
  // “Create Payment Order”, example answer for 123.45 BRL.
  assert.deepEqual(made.installments[1], { installments: 2, amount: 64.51, total: 129.02 });
  assert.equal(made.installments.length, 12);
  assert.deepEqual(made.totals, {
    amount: 123.45,
    asset: 'BRL',
    original_amount: 123.45,
    original_asset: 'BRL',
    customer_fees: 0,
    customer_amount: 123.45,
  });
  assert.deepEqual(
    [made.status, made.attempt, made.method, made.can, made.country, made.currency, made.test_mode],
    ['CREATED', 1, null, { submit: true, renew: false }, 'BR', 'BRL', true],
  );
  const { checkout_url } = reply.body as { checkout_url: string };
  assert.ok(checkout_url.endsWith(`/pay/${made.payment_token}`), checkout_url);
});

test('an order in dollars is offered in reais with its fee', async t => {
  const stack = await startStack(t);
  for (const era of ['current', 'classic'] as const) {
    await stack.dialect(era);
    const made = checkoutOf(await stack.createOrder({ amount: '100.00', asset: 'USD' }), 201);
    assert.deepEqual(made.totals, {
      amount: 376.1,
      asset: 'BRL',
      original_amount: 100,
      original_asset: 'USD',
      customer_fees: 37.61,
      customer_amount: 413.71,
    });
    assert.deepEqual(made.customer_fees, [{ name: 'TAXES_FEE', amount: 37.61, asset: 'BRL' }]);
    assert.equal(made.currency, 'BRL');
  }
});

test('the merchant’s choice of methods is kept, in the merchant’s order', async t => {
  const stack = await startStack(t);
  const made = checkoutOf(await stack.createOrder({ methods: ['PIX', 'BOLETO', 'PAYCASH'] }), 201);
  assert.deepEqual(made.methods, ['PIX', 'BOLETO']);
});

test('a Mexican order offers Paycash', async t => {
  const stack = await startStack(t);
  const made = checkoutOf(await stack.createOrder(mexicanOrder), 201);
  assert.ok(made.methods.includes('PAYCASH'));
  assert.deepEqual([made.country, made.currency], ['MX', 'MXN']);
});

const chilean = { asset: 'CLP', payment_country: 'CL', payment_currency: 'CLP' } as const;
const colombian = { asset: 'COP', payment_country: 'CO', payment_currency: 'COP' } as const;

const badOrders: readonly (readonly [
  what: string,
  changes: Record<string, unknown>,
  pointer: string,
  code: string,
])[] = [
  ['no amount', { amount: undefined }, '/amount', 'required'],
  ['three decimals', { amount: 1.234 }, '/amount', 'invalid'],
  ['a float error', { amount: 0.1 + 0.2 }, '/amount', 'invalid'],
  ['a negative amount', { amount: -5 }, '/amount', 'invalid'],
  ['nothing to pay', { amount: 0 }, '/amount', 'invalid'],
  ['an amount in words', { amount: 'ten' }, '/amount', 'invalid'],
  ['an exponent', { amount: '1e3' }, '/amount', 'invalid'],
  ['points and commas', { amount: '1,234.56' }, '/amount', 'invalid'],
  ['cents of Chilean pesos', { ...chilean, amount: 5000.5 }, '/amount', 'invalid'],
  ['cents of Chilean pesos as text', { ...chilean, amount: '5000.50' }, '/amount', 'invalid'],
  ['cents of guaranies', { asset: 'PYG', amount: 5000.5 }, '/amount', 'invalid'],
  ['parts of yen at Lesspay', { gateway: 'lesspay', asset: 'JPY', amount: 10.5 }, '/amount', 'invalid'],
  ['a currency in small letters', { asset: 'brl' }, '/asset', 'invalid'],
  ['no reference', { reference_id: undefined }, '/reference_id', 'required'],
  ['an empty reference', { reference_id: ' ' }, '/reference_id', 'required'],
  ['a reference of 46 characters', { reference_id: 'x'.repeat(46) }, '/reference_id', 'too_long'],
  ['a number for a name', { person_firstname: 5 }, '/person_firstname', 'invalid'],
  ['a date that is none', { person_birth: '2001-02-30' }, '/person_birth', 'invalid'],
  ['a method that the tag lacks', { methods: ['PIX', 'OXXO'] }, '/methods/1', 'invalid'],
  ['an empty list of methods', { methods: [] }, '/methods', 'too_small'],
  ['a page that is no address', { return_url: 'shop' }, '/return_url', 'invalid'],
  ['a page over plain http', { return_url: 'http://shop.example/done' }, '/return_url', 'invalid'],
  ['a page that is a script', { return_url: 'javascript:alert(1)' }, '/return_url', 'invalid'],
  ['a page with a user name', { return_url: 'https://bank.example@evil.example/' }, '/return_url', 'invalid'],
  ['a page with a password', { return_url: 'https://:word@shop.example/' }, '/return_url', 'invalid'],
  ['a page with a line break', { return_url: 'https://shop.example/\r\nx' }, '/return_url', 'invalid'],
  ['a page with a tab', { return_url: 'https://shop.example/\tx' }, '/return_url', 'invalid'],
  ['a page with a C1 control', { return_url: 'https://shop.example/\u0085' }, '/return_url', 'invalid'],
  [
    'a callback with a line break',
    { notification_url: 'https://shop.example/\na' },
    '/notification_url',
    'invalid',
  ],
  ['an unknown gateway', { gateway: 'paypal' }, '/gateway', 'invalid'],
];

test('every kind of wrong order is refused with a pointer to the field, before the PSP is asked', async t => {
  const stack = await startStack(t);
  for (const [what, changes, pointer, code] of badOrders) {
    const refused = problemOf(await stack.createOrder(changes), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(refused), [[pointer, code]], what);
  }
  assert.equal((await stack.stats()).calls['POST /payment'], undefined);
});

test('what is wrong with an amount is told in words, and never repeated', async t => {
  const stack = await startStack(t);
  for (const [changes, detail] of [
    [{ amount: 0.1 + 0.2 }, 'must have at most two decimals'],
    [{ amount: '1e3' }, 'must be a plain decimal: digits, and a point before the decimals'],
    [{ amount: 1e21 }, 'must be a plain decimal: digits, and a point before the decimals'],
    [{ amount: '0.00' }, 'must be more than zero'],
    [{ amount: '1234567890123' }, 'must be below 1,000,000,000,000'],
    [{ ...chilean, amount: 5000.5 }, 'must be whole: this currency has no decimals here'],
  ] as const) {
    const refused = problemOf(await stack.createOrder(changes), 422, 'validation_failed');
    assert.deepEqual(refused.errors, [{ pointer: '/amount', code: 'invalid', detail }]);
  }
});

test('zeros behind the decimals say nothing', async t => {
  const stack = await startStack(t);
  for (const amount of ['123.4500', '123.450', ' 123.45 ', 123.45])
    assert.equal(checkoutOf(await stack.createOrder({ amount }), 201).totals?.amount, 123.45);
  const pesos = checkoutOf(await stack.createOrder({ ...chilean, amount: '5000.00' }), 201);
  assert.equal(pesos.totals?.amount, 5000);
});

test('Colombian pesos keep their centavos, in the order and in what came in', async t => {
  const stack = await startStack(t);
  const made = checkoutOf(await stack.createOrder({ ...colombian, amount: 20000.5 }), 201);
  assert.equal(made.totals?.customer_amount, 20000.5);
  const token = made.payment_token;
  checkoutOf(await stack.send(token, { method: 'PAYCASH' }));
  await stack.settle(token, 'PAID', { amount_received: 19999.5 });
  stack.clock.advance(60_000);
  const order = (await stack.merchant('GET', `/v1/orders/${token}`)).body as MerchantOrder;
  assert.deepEqual([order.status, order.amount_received], ['PAID', 19999.5]);
});

test('an order for a gateway that is not set up is refused', async t => {
  const off = ['API_URL', 'APP_ID', 'APP_SECRET'].map(name => [`LESSPAY_${name}`, undefined]);
  const stack = await startStack(t, { env: Object.fromEntries(off) });
  const refused = problemOf(await stack.createOrder({ gateway: 'lesspay' }), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [['/gateway', 'not_offered']]);
  problemOf(await stack.call('POST', '/v1/callbacks/lesspay', { body: {} }), 404, 'not_found');
});

test('an order that could be paid by nothing is refused', async t => {
  const stack = await startStack(t);
  const refused = problemOf(await stack.createOrder({ methods: ['PAYCASH'] }), 422, 'method_not_offered');
  assert.deepEqual(fieldsIn(refused), [['/methods', 'not_offered']]);
});

test('every wrong field of an order is named at once', async t => {
  const stack = await startStack(t);
  const refused = problemOf(await stack.merchant('POST', '/v1/orders', {}), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [
    ['/amount', 'required'],
    ['/asset', 'required'],
    ['/reference_id', 'required'],
    ['/person_firstname', 'required'],
    ['/person_surname', 'required'],
    ['/person_taxid', 'required'],
    ['/person_email', 'required'],
  ]);
});

test('a page on this machine may be returned to over http', async t => {
  const stack = await startStack(t);
  const made = checkoutOf(await stack.createOrder({ return_url: 'http://localhost:3000/done' }), 201);
  assert.equal(made.return_url, 'http://localhost:3000/done');
});

test('what the PSP refuses comes back with the field, in both dialects', async t => {
  const stack = await startStack(t);
  const wrongId = problemOf(await stack.createOrder({ person_taxid: '12345678900' }), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(wrongId), [['/person_taxid', 'invalid']]);
  assert.ok(!JSON.stringify(wrongId).includes('12345678900'));
  const tooSmall = problemOf(await stack.createOrder({ amount: '0.80' }), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(tooSmall), [['/amount', 'invalid']]);
  await stack.dialect('classic');
  // The classic dialect says 500 and has no code; only the field’s name in the message tells it from a breakdown.
  const classic = problemOf(await stack.createOrder({ amount: '0.50' }), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(classic), [['/amount', 'invalid']]);
  assert.equal((await stack.createOrder({ amount: '0.80' })).status, 201);
});

test('the same Idempotency-Key and body give the same order', async t => {
  const stack = await startStack(t);
  const key = newKey();
  const first = checkoutOf(await stack.createOrder({}, { 'Idempotency-Key': key }), 201);
  const second = checkoutOf(await stack.createOrder({}, { 'Idempotency-Key': key }), 201);
  assert.equal(second.payment_token, first.payment_token);
  assert.equal((await stack.payments()).length, 1);
});

test('two orders at once under one key are one order at the PSP', async t => {
  const stack = await startStack(t);
  const key = newKey();
  const replies = await Promise.all([1, 2].map(() => stack.createOrder({}, { 'Idempotency-Key': key })));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 409]);
  assert.equal((await stack.payments()).length, 1);
});

test('the same Idempotency-Key with another order is a mismatch', async t => {
  const stack = await startStack(t);
  const key = newKey();
  await stack.createOrder({}, { 'Idempotency-Key': key });
  const reply = await stack.createOrder({ amount: 5 }, { 'Idempotency-Key': key });
  problemOf(reply, 422, 'idempotency_mismatch');
  assert.equal((await stack.payments()).length, 1);
});

test('a key whose order was refused can be used again', async t => {
  const stack = await startStack(t);
  const key = newKey();
  const wrong = { person_taxid: '12345678900' };
  problemOf(await stack.createOrder(wrong, { 'Idempotency-Key': key }), 422, 'psp_refused');
  assert.equal((await stack.createOrder({}, { 'Idempotency-Key': key })).status, 201);
});

test('without the merchant’s key nothing is made or told', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const calls = [
    stack.call('POST', '/v1/orders', { body: order }),
    stack.call('POST', '/v1/orders', { body: order, headers: { Authorization: 'Bearer wrong' } }),
    stack.call('GET', `/v1/orders/${token}`, { headers: { Authorization: 'Basic abc' } }),
    stack.call('GET', '/v1/orders?reference_id=ORDER-1'),
  ];
  for (const reply of await Promise.all(calls)) {
    problemOf(reply, 401, 'unauthorized');
    assert.equal(reply.headers.get('www-authenticate'), 'Bearer');
  }
  assert.equal((await stack.payments()).length, 1);
});

test('with the PSP down no order is made, and the caller may try again', async t => {
  const stack = await startStack(t);
  await stack.closeEmulator();
  const reply = await stack.createOrder();
  problemOf(reply, 503, 'psp_unavailable');
  assert.ok(Number(reply.headers.get('retry-after')) > 0);
});

test('after the PSP’s 502 at order creation the order may be there; a 401 or 429 came before it', async t => {
  const stack = await startStack(t);
  for (const [status, said, code] of [
    [502, 502, 'outcome_unknown'],
    [401, 503, 'psp_unavailable'],
    [429, 503, 'psp_unavailable'],
  ] as const) {
    await stack.fault({ path: '/payment', kind: 'status', status, times: 2 });
    problemOf(await stack.createOrder(), said, code);
    await stack.control('DELETE', '/faults');
  }
  assert.equal((await stack.createOrder()).status, 201);
});

test('an order is told with its attempts and what was received', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  const told = (await stack.merchant('GET', `/v1/orders/${token}`)).body as MerchantOrder;
  assert.equal(told.amount_received, 123.45);
  assert.equal(told.paid_twice, false);
  assert.deepEqual(
    told.attempts.map(({ payment_token, status, method }) => [payment_token, status, method]),
    [[token, 'PAID', 'CREDITCARD']],
  );
});

test('a refund made at the PSP is told once its callback came', async t => {
  const stack = await startStack(t, { callbacks: true });
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  await stack.settle(token, 'PARTIALLY_REFUNDED', { refunded_amount: 23.45 });
  const told = await until(async () => {
    const { body } = await stack.merchant('GET', `/v1/orders/${token}`);
    return (body as MerchantOrder).status === 'PARTIALLY_REFUNDED' && (body as MerchantOrder);
  });
  assert.equal(told.refunded_amount, 23.45);
});

test('all orders of a reference are listed, oldest first, and of no other', async t => {
  const stack = await startStack(t);
  const first = await stack.orderToken();
  await stack.orderToken({ reference_id: 'ORDER-2' });
  const second = await stack.orderToken();
  const { orders } = (await stack.merchant('GET', '/v1/orders?reference_id=ORDER-1')).body as {
    orders: MerchantOrder[];
  };
  assert.deepEqual(
    orders.map(({ payment_token }) => payment_token),
    [first, second],
  );
});

test('a list without a reference is refused', async t => {
  const stack = await startStack(t);
  const refused = problemOf(await stack.merchant('GET', '/v1/orders'), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [['/reference_id', 'required']]);
});

test('an order that nobody knows is not found', async t => {
  const stack = await startStack(t);
  const unknown = '00000000-0000-4000-8000-000000000000';
  problemOf(await stack.merchant('GET', `/v1/orders/${unknown}`), 404, 'not_found');
});
