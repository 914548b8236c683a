import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, checkoutOf, problemOf, startStack } from './stack.ts';

test('fifty calls at once on a cold proxy log in once', async t => {
  const stack = await startStack(t);
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, n) => stack.createOrder({ reference_id: `R-${n}` })),
  );
  assert.ok(replies.every(({ status }) => status === 201));
  const { logins, calls } = await stack.stats();
  assert.deepEqual([logins, calls['POST /payment']], [1, 50]);
});

test('the contract is asked for once, and the first active pay-in contract is used', async t => {
  const stack = await startStack(t);
  await Promise.all(Array.from({ length: 10 }, () => stack.createOrder()));
  await stack.createOrder();
  assert.equal((await stack.stats()).calls['GET /merchant/contracts/list'], 1);
});

test('a contract that is configured is not asked for', async t => {
  const env = { LETPAY_CONTRACT_ID: '4239d673-b23e-42a1-81bd-87d0984fb173' };
  const stack = await startStack(t, { env });
  assert.equal((await stack.createOrder()).status, 201);
  assert.equal((await stack.stats()).calls['GET /merchant/contracts/list'], undefined);
});

test('an order for one method goes to that method’s contract', async t => {
  const env = { LETPAY_CONTRACT_ID_PIX: '5d0c6e4b-92a7-4b1d-a1c3-d2e4f6071829' };
  const stack = await startStack(t, { env });
  assert.deepEqual(checkoutOf(await stack.createOrder({ methods: ['PIX'] }), 201).methods, ['PIX']);
  assert.equal((await stack.stats()).calls['GET /merchant/contracts/list'], undefined);
  assert.deepEqual(checkoutOf(await stack.createOrder(), 201).methods, ['BOLETO', 'PIX', 'CREDITCARD']);
});

test('the classic single contract is found where there is no list', async t => {
  const stack = await startStack(t);
  await stack.dialect('classic');
  assert.equal((await stack.createOrder()).status, 201);
  assert.equal((await stack.stats()).calls['GET /merchant/contracts'], 1);
});

test('a user and password log in as well', async t => {
  const stack = await startStack(t, {
    env: {
      LETPAY_API_KEY: undefined,
      LETPAY_API_SECRET: undefined,
      LETPAY_USERNAME: 'demo',
      LETPAY_PASSWORD: 'demo',
    },
  });
  assert.equal((await stack.createOrder()).status, 201);
});

test('when the tokens have run out, a thousand calls share one new log-in and all succeed', async t => {
  const stack = await startStack(t);
  await stack.orderToken();
  await stack.control('POST', '/clock', { advance_ms: 6 * 60_000 });
  const replies = await Promise.all(Array.from({ length: 1_000 }, () => stack.createOrder()));
  assert.ok(replies.every(({ status }) => status === 201));
  const { logins, calls } = await stack.stats();
  assert.equal(logins, 2);
  assert.ok((calls['POST /payment'] ?? 0) > 1_001, 'refused ones were repeated');
});

test('a submission that met an expired token is sent again after a new log-in, and charged once', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.control('POST', '/clock', { advance_ms: 6 * 60_000 });
  checkoutOf(await stack.send(token, card));
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.equal((await stack.payment(token)).send_accepted, 1);
});

test('a token is renewed by its use: ten quiet minutes of small steps need no second log-in', async t => {
  const stack = await startStack(t);
  for (let minutes = 0; minutes < 10; minutes += 2) {
    assert.equal((await stack.createOrder()).status, 201);
    await stack.control('POST', '/clock', { advance_ms: 2 * 60_000 });
    stack.clock.advance(2 * 60_000);
  }
  assert.equal((await stack.stats()).logins, 1);
});

test('wrong credentials are no refusal of the shopper’s data', async t => {
  const stack = await startStack(t, { env: { LETPAY_API_SECRET: 'wrong-secret-0001' } });
  const reply = await stack.createOrder();
  problemOf(reply, 503, 'psp_unavailable');
  assert.ok(!(reply.text + stack.log.join('')).includes('wrong-secret-0001'));
});

test('a PSP that refuses every token ends in nothing sent, after one repetition', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'status', status: 401, times: 10 });
  problemOf(await stack.send(token, card), 503, 'psp_unavailable');
  assert.equal((await stack.payment(token)).send_received, 2);
  assert.equal(checkoutOf(await stack.read(token)).can.submit, true);
});
