import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, checkoutOf, problemOf, type Stack, startStack } from './stack.ts';

test('fifty calls at once on a cold proxy log in once', async t => {
  const stack = await startStack(t);
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, n) => stack.createOrder({ reference_id: `R-${n}` })),
  );
  assert.ok(replies.every(({ status }) => status === 201));
  const { calls } = await stack.stats();
  assert.deepEqual([calls['POST /auth'], calls['POST /payment']], [1, 50]);
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
  assert.deepEqual(checkoutOf(await stack.createOrder(), 201).methods, ['PIX', 'CREDITCARD', 'BOLETO']);
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
  const { calls } = await stack.stats();
  assert.equal(calls['POST /auth'], 2);
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
  assert.equal((await stack.stats()).calls['POST /auth'], 1);
});

const events = (stack: Stack, ...names: string[]) =>
  stack.log.map(line => JSON.parse(line)).filter(({ event }) => names.includes(event));

/** For each gateway: what makes its credentials wrong, and what the operator reads. */
const wrongCredentials = [
  ['letpay', { LETPAY_API_SECRET: 'wrong-secret-0001' }, /^status 401: LETPAY_API_KEY or LETPAY_API_SECRET/],
  [
    'letpay',
    {
      LETPAY_API_KEY: undefined,
      LETPAY_API_SECRET: undefined,
      LETPAY_USERNAME: 'demo',
      LETPAY_PASSWORD: 'wrong-secret-0001',
    },
    /^status 401: LETPAY_USERNAME or LETPAY_PASSWORD/,
  ],
  ['letsia', { LETSIA_PASSWORD: 'wrong-secret-0001' }, /^status 401: LETSIA_EMAIL or LETSIA_PASSWORD/],
  [
    'lesspay',
    { LESSPAY_APP_SECRET: 'wrong-secret-0001' },
    /^status 401: LESSPAY_APP_ID or LESSPAY_APP_SECRET/,
  ],
] as const;

for (const [gateway, env, cause] of wrongCredentials) {
  test(`wrong credentials for ${gateway} are logged at the start, which goes on: ${Object.keys(env).at(-1)}`, async t => {
    const stack = await startStack(t, { env });
    await stack.proxy.logIn();
    const [refused, ...others] = events(stack, 'psp_log_in_refused');
    assert.deepEqual(others, []);
    assert.deepEqual([refused.level, refused.gateway], ['error', gateway]);
    assert.match(refused.cause, cause);
    assert.deepEqual((await stack.call('GET', '/readyz')).body, { status: 'ready' });
    assert.deepEqual(
      events(stack, 'psp_log_in').map(line => line.gateway),
      // Lesspay has no log-in: the signature of every call is looked at.
      ['letpay', 'letsia'].filter(name => name !== gateway),
    );
    assert.ok(!stack.log.join('').includes('wrong-secret-0001'));
  });
}

test('the merchant is told that the PSP refused the credentials; a page is told less, and nobody what they are', async t => {
  const stack = await startStack(t, { env: { LETPAY_API_SECRET: 'wrong-secret-0001' } });
  const replies = [
    await stack.createOrder(),
    await stack.merchant('GET', '/v1/contracts'),
    await stack.merchant('POST', '/v1/quotes', { amount: 1, asset: 'BRL', public_person_id: 'PER-1' }),
    await stack.merchant('DELETE', '/v1/persons/PER-1'),
    await stack.merchant('GET', '/v1/orders/some-token-1'),
  ];
  for (const reply of replies) {
    const problem = problemOf(reply, 503, 'psp_log_in_refused');
    assert.match(problem.detail, /refused the credentials/);
    const [line] = events(stack, 'nothing_sent').filter(
      ({ request_id }) => request_id === problem.request_id,
    );
    assert.match(line.cause, /^LogInRefused status 401/);
  }
  const pages = [
    await stack.read('some-token-2'),
    await stack.call('GET', '/v1/checkout/some-token-3/events'),
  ];
  for (const reply of pages) {
    const problem = problemOf(reply, 503, 'psp_unavailable');
    assert.doesNotMatch(reply.text, /credential|secret|401/i);
    const [line] = events(stack, 'nothing_sent').filter(
      ({ request_id }) => request_id === problem.request_id,
    );
    assert.match(line.cause, /^LogInRefused status 401/);
  }
  const all = [...replies, ...pages].map(({ text }) => text).join('') + stack.log.join('');
  assert.ok(!all.includes('wrong-secret-0001'));
  assert.equal(events(stack, 'psp_log_in_refused').length, 1);
});

test('a submission that Lesspay refused for its signature was not sent, and the log says why', async t => {
  const stack = await startStack(t, { env: { LESSPAY_APP_SECRET: 'wrong-secret-0001' } });
  const token = await stack.orderToken({ gateway: 'lesspay' });
  problemOf(await stack.send(token, { method: 'REDIRECT' }), 503, 'psp_unavailable');
  assert.match(events(stack, 'submission').at(-1).cause, /^LogInRefused status 401/);
});

test('thirty checkouts that wait do not knock at a PSP that refuses: one log-in in ten seconds', async t => {
  const stack = await startStack(t);
  await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const token = await stack.orderToken({ reference_id: `R-${n}` });
      checkoutOf(await stack.send(token, { method: 'PIX' }));
    }),
  );
  await stack.fault({ path: '/auth', kind: 'status', status: 401, times: 100 });
  await stack.control('POST', '/clock', { advance_ms: 6 * 60_000 });
  stack.clock.advance(6 * 60_000);
  const orders = () => Promise.all(Array.from({ length: 10 }, () => stack.createOrder()));
  const logIns = async () => (await stack.stats()).calls['POST /auth'] ?? 0;
  const before = await logIns();
  for (const reply of [...(await orders()), ...(await orders())]) problemOf(reply, 503, 'psp_log_in_refused');
  assert.equal((await logIns()) - before, 1);
  stack.clock.advance(11_000);
  await orders();
  assert.equal((await logIns()) - before, 2);
});

/** A PSP that cannot be reached, and the code that names why. */
const unreachable = [
  ['a name that does not resolve', 'http://letpay.invalid', /ENOTFOUND|EAI_AGAIN/],
  ['a port that nobody listens on', 'http://127.0.0.1:9', /ECONNREFUSED/],
] as const;

for (const [what, LETPAY_API_URL, code] of unreachable) {
  test(`${what} is named in the log, and is no refusal`, async t => {
    const stack = await startStack(t, { env: { LETPAY_API_URL } });
    const problem = problemOf(await stack.createOrder(), 503, 'psp_unavailable');
    const failed = events(stack, 'psp_log_in_failed').at(-1);
    assert.deepEqual([failed.level, failed.gateway], ['warn', 'letpay']);
    assert.match(failed.cause, code);
    const call = events(stack, 'psp_call').find(line => line.call === 'POST /auth');
    assert.match(call.outcome, code);
    const line = events(stack, 'nothing_sent').find(({ request_id }) => request_id === problem.request_id);
    assert.match(line.cause, code);
    assert.deepEqual(events(stack, 'psp_log_in_refused'), []);
  });
}

test('a server that speaks no TLS is named in the log', async t => {
  const stack = await startStack(t);
  const tls = await startStack(t, { env: { LETPAY_API_URL: stack.emulatorUrl.replace('http:', 'https:') } });
  problemOf(await tls.createOrder(), 503, 'psp_unavailable');
  assert.match(events(tls, 'psp_log_in_failed').at(-1).cause, /SSL|TLS|EPROTO/);
});

test('a log-in is counted when it succeeded', async t => {
  const stack = await startStack(t, { env: { LETPAY_API_SECRET: 'wrong-secret-0001' } });
  await stack.createOrder();
  assert.deepEqual(events(stack, 'psp_log_in'), []);
  assert.match((await stack.call('GET', '/metrics')).text, /^letpay_psp_log_ins_total 0$/m);
});

test('a PSP that refuses every token ends in nothing sent, after one repetition', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'status', status: 401, times: 10 });
  problemOf(await stack.send(token, card), 503, 'psp_unavailable');
  assert.equal((await stack.payment(token)).send_received, 2);
  assert.equal(checkoutOf(await stack.read(token)).can.submit, true);
});
