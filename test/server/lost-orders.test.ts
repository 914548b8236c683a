/** Orders whose answer was lost or cannot be read: made once, found again, never called “not sent”. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import { type Body, startStackOverOddPsp } from './odd-psp.ts';
import { checkoutOf, fieldsIn, newKey, problemOf, startStack } from './stack.ts';

const lost = ['garbage', 'truncate', 'drop_after', 'status_after'] as const;

for (const kind of lost)
  for (const era of ['classic', 'current'] as const) {
    test(`${era}: an order whose answer is lost by ${kind} is found and made once`, async t => {
      const stack = await startStack(t);
      await stack.dialect(era);
      // Others of this reference do not count.
      await stack.createOrder();
      await stack.fault({ path: '/payment', method: 'POST', kind, status: 502 });
      const headers = { 'Idempotency-Key': newKey() };
      const made = checkoutOf(await stack.createOrder({}, headers), 201);
      const again = checkoutOf(await stack.createOrder({}, headers), 201);
      assert.equal(again.payment_token, made.payment_token);
      assert.equal((await stack.payments()).length, 2);
      checkoutOf(await stack.send(made.payment_token, { method: 'PIX' }));
      assert.equal((await stack.payment(made.payment_token)).send_accepted, 1);
    });
  }

for (const kind of lost) {
  test(`a key whose order cannot be looked for (${kind}) stays bound, and finds its order later`, async t => {
    const stack = await startStack(t);
    await stack.fault({ path: '/payment', method: 'POST', kind, status: 500 });
    await stack.fault({ path: '/payment/reference/*', kind: 'status', status: 503, times: 2 });
    const headers = { 'Idempotency-Key': newKey() };
    for (const _ of [1, 2]) {
      const said = problemOf(await stack.createOrder({}, headers), 502, 'outcome_unknown');
      assert.doesNotMatch(said.detail, /nothing was sent|safe to try/i);
    }
    problemOf(await stack.createOrder({ amount: 5 }, headers), 422, 'idempotency_mismatch');
    checkoutOf(await stack.createOrder({}, headers), 201);
    assert.equal((await stack.payments()).length, 1);
  });

  test(`without a key, an order lost by ${kind} is said to be perhaps there`, async t => {
    const stack = await startStack(t);
    await stack.fault({ path: '/payment', method: 'POST', kind, status: 500 });
    await stack.fault({ path: '/payment/reference/*', kind: 'status', status: 503 });
    problemOf(await stack.createOrder(), 502, 'outcome_unknown');
    assert.equal((await stack.payments()).length, 1);
  });

  test(`an invoice of Letsia lost by ${kind} is not made again under its key`, async t => {
    const stack = await startStack(t);
    const invoice = { gateway: 'letsia', asset: 'USD', payment_currency: undefined } as const;
    await stack.fault({ path: '/letsia/invoices', method: 'POST', kind, status: 500 });
    const headers = { 'Idempotency-Key': newKey() };
    problemOf(await stack.createOrder(invoice, headers), 502, 'outcome_unknown');
    problemOf(await stack.createOrder(invoice, headers), 502, 'outcome_unknown');
    assert.equal((await stack.stats()).calls['POST /letsia/invoices'], 1);
  });
}

test('an order that LetPay has none of is made anew once it cannot arrive any more', async t => {
  const stack = await startStack(t);
  await stack.fault({ path: '/payment', method: 'POST', kind: 'status', status: 502 });
  const headers = { 'Idempotency-Key': newKey() };
  problemOf(await stack.createOrder({}, headers), 502, 'outcome_unknown');
  problemOf(await stack.createOrder({}, headers), 502, 'outcome_unknown');
  assert.equal((await stack.payments()).length, 0);
  stack.clock.advance(120_000);
  const replies = await Promise.all([1, 2, 3].map(() => stack.createOrder({}, headers)));
  assert.ok(replies.some(({ status }) => status === 201));
  assert.equal((await stack.payments()).length, 1);
});

test('a key whose order nobody can pay gives the same answer again, and makes no other', async t => {
  const stack = await startStack(t);
  const headers = { 'Idempotency-Key': newKey() };
  for (const _ of [1, 2, 3]) {
    const said = problemOf(
      await stack.createOrder({ methods: ['PAYCASH'] }, headers),
      422,
      'method_not_offered',
    );
    assert.deepEqual(fieldsIn(said), [['/methods', 'not_offered']]);
  }
  assert.equal((await stack.payments()).length, 1);
});

test('a new attempt whose order is lost is never called “not sent”, and the next one works', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  checkoutOf(await stack.send(token, { method: 'PIX' }));
  await stack.fault({ path: '/payment', method: 'POST', kind: 'garbage' });
  const renewed = checkoutOf(await stack.renew(token));
  assert.equal(renewed.attempt, 2);
  assert.equal((await stack.payments()).length, 2);
});

const isNewOrder = (method: string, path: string) => method === 'POST' && path === '/payment';
const startOddStack = (t: TestContext, change: (body: Body) => unknown) =>
  startStackOverOddPsp(t, isNewOrder, change);

const odd: readonly (readonly [what: string, change: (body: Body) => unknown, total: number | null])[] = [
  [
    'amounts as text',
    body => ({ ...body, totals: { ...body.totals, amount: '123.4500', customer_amount: '123.45' } }),
    123.45,
  ],
  ['no totals', ({ totals: _totals, ...body }) => body, null],
  ['totals of null', body => ({ ...body, totals: null }), null],
  ['no asset', body => ({ ...body, totals: { ...body.totals, asset: undefined } }), null],
  ['a huge amount', body => ({ ...body, totals: { ...body.totals, amount: 1e21 } }), null],
  ['a half centavo', body => ({ ...body, totals: { ...body.totals, amount: 123.455 } }), null],
  [
    'an unknown currency',
    body => ({ ...body, totals: { ...body.totals, asset: 'ZZZ', original_asset: 'ZZZ' } }),
    123.45,
  ],
  ['installments of another shape', body => ({ ...body, installments: { 1: 5 } }), 123.45],
  ['methods that are no list', body => ({ ...body, methods: 'PIX' }), 123.45],
  ['nothing but the token', body => ({ payment: body['payment'] }), null],
];

for (const [what, change, total] of odd) {
  test(`an answer with ${what} is an order, made once`, async t => {
    const stack = await startOddStack(t, change);
    const headers = { 'Idempotency-Key': newKey() };
    const made = checkoutOf(await stack.createOrder({}, headers), 201);
    const again = checkoutOf(await stack.createOrder({}, headers), 201);
    assert.equal(made.totals?.customer_amount ?? null, total);
    assert.equal(again.payment_token, made.payment_token);
    assert.equal((await stack.payments()).length, 1);
    assert.ok(made.methods.includes('PIX'));
    checkoutOf(await stack.send(made.payment_token, { method: 'PIX' }));
  });
}

for (const asset of ['COP', 'CLP'] as const) {
  test(`${asset} with cents in the answer is told with them`, async t => {
    const stack = await startOddStack(t, body => ({
      ...body,
      totals: { ...body.totals, amount: 20000.5, customer_amount: '20000.50' },
    }));
    const place = asset === 'COP' ? 'CO' : 'CL';
    const made = checkoutOf(
      await stack.createOrder({ amount: 20000, asset, payment_currency: asset, payment_country: place }),
      201,
    );
    assert.equal(made.totals?.customer_amount, 20000.5);
  });
}

test('an order whose contract could not be asked for was not sent', async t => {
  const stack = await startStack(t);
  await stack.fault({ path: '/merchant/contracts/list', kind: 'drop_after' });
  const headers = { 'Idempotency-Key': newKey() };
  problemOf(await stack.createOrder({}, headers), 503, 'psp_unavailable');
  checkoutOf(await stack.createOrder({}, headers), 201);
});

test('a question whose answer cannot be read is not called “nothing was sent”', async t => {
  const stack = await startStack(t);
  const quote = { amount: 10, asset: 'BRL', public_person_id: 'PER-1' };
  await stack.fault({ path: '/token/quote', kind: 'garbage' });
  await stack.fault({ path: '/merchant/contracts/list', kind: 'garbage', times: 2 });
  for (const reply of [
    await stack.merchant('GET', '/v1/contracts'),
    await stack.merchant('POST', '/v1/quotes', quote),
  ])
    assert.match(problemOf(reply, 503, 'psp_unavailable').detail, /Nothing was changed/);
});
