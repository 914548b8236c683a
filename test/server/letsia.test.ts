/** Letsia behind the proxy: its calls, what a shopper and a merchant see of them, and the money rules on its bad days. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { beginSending } from '../../server/checkout/checkout.ts';
import { createLetsia } from '../../server/gateways/letsia/letsia.ts';
import { openStore } from '../../server/store/open-store.ts';
import { change } from '../../server/store/store.ts';
import { logInAtLetsia, paidAt, paidOrder, redirect, startLetsia } from './letsia-stack.ts';
import { checkoutOf, type Fault, fieldsIn, newKey, problemOf, until } from './stack.ts';

const statusPath = '/letsia/invoices/*/status';
const logIn = 'POST /letsia/login';
const create = 'POST /letsia/invoices';
const read = 'GET /letsia/invoices/{reference}/status';
const refund = 'POST /letsia/invoices/{reference}/refund';
const refresh = 'POST /letsia/invoices/{reference}/refresh';

test('POST /invoices: an order makes one invoice, and its code names the checkout', async t => {
  const { letsiaOrder, payments, calls, stack } = await startLetsia(t);
  const made = checkoutOf(await letsiaOrder(), 201);
  assert.match(made.payment_token, /^SBOX-[0-9a-f-]{36}$/);
  assert.deepEqual(
    [made.gateway, made.status, made.methods, made.currency, made.test_mode, made.installments],
    ['letsia', 'CREATED', ['REDIRECT'], 'BRL', true, []],
  );
  assert.deepEqual(made.totals, {
    amount: 123.45,
    asset: 'BRL',
    original_amount: 123.45,
    original_asset: 'BRL',
    customer_fees: 0,
    customer_amount: 123.45,
  });
  assert.deepEqual(
    (await payments()).map(({ payment_token, status }) => [payment_token, status]),
    [[made.payment_token, 'PROCESSING']],
  );
  assert.deepEqual([await calls(logIn), await calls(create), await calls(read)], [1, 1, 0]);
  assert.equal((await stack.stats()).calls['POST /auth'], undefined);
});

test('GET /invoices/{reference}/status: a submission waits for the link and shows it', async t => {
  const { letsiaToken, send, emulatorUrl, stack } = await startLetsia(t, {}, { outcomeDelayMs: 200 });
  const token = await letsiaToken();
  const sent = checkoutOf(await send(token, redirect));
  assert.deepEqual(
    [sent.status, sent.verifying, sent.method, sent.can],
    ['PROCESSING', false, 'REDIRECT', { submit: false, renew: false }],
  );
  assert.deepEqual(sent.instrument, {
    method: 'REDIRECT',
    url: `${emulatorUrl}/letsia/pay/${token}/1`,
    label: '',
  });
  await fetch(sent.instrument.url, { method: 'POST', body: new URLSearchParams({ outcome: 'paid' }) });
  const paid = await paidAt(stack, token);
  assert.deepEqual([paid.method, paid.can], ['REDIRECT', { submit: false, renew: false }]);
});

test('POST /invoices/{reference}/refresh: a link that stays away is asked for again, and shown when it comes', async t => {
  const { letsiaToken, send, calls, clock, stack } = await startLetsia(t, { link: 'after_refresh' });
  const token = await letsiaToken();
  const sent = checkoutOf(await send(token, redirect));
  assert.deepEqual([sent.status, sent.verifying, sent.instrument], ['PROCESSING', false, null]);
  const readsSoFar = await calls(read);
  await until(async () => {
    clock.advance(1_000);
    checkoutOf(await stack.read(token));
    return (await calls(read)) > readsSoFar + 2;
  });
  assert.equal(await calls(refresh), 0);
  clock.advance(61_000);
  const linked = await stack.checkoutWhen(token, ({ instrument }) => instrument !== null);
  assert.equal(linked.instrument?.method, 'REDIRECT');
  assert.equal(await calls(refresh), 1);
});

test('POST /sandbox/invoices/{reference}/simulate: paid and failed in the sandbox end the checkout as the PSP says', async t => {
  const letsia = await startLetsia(t);
  const { letsiaToken, send, stack } = letsia;
  const atLetsia = await logInAtLetsia(letsia);
  const simulate = (token: string, status: string) =>
    atLetsia(`/sandbox/invoices/${token}/simulate`, { status });
  const paid = await letsiaToken();
  checkoutOf(await send(paid, redirect));
  await simulate(paid, 'paid');
  await paidAt(stack, paid);
  const failed = await letsiaToken({ reference_id: 'ORDER-2' });
  checkoutOf(await send(failed, redirect));
  await simulate(failed, 'failed');
  const declined = await stack.checkoutWhen(failed, ({ status }) => status === 'DECLINED');
  assert.deepEqual(declined.can, { submit: false, renew: true });
  assert.deepEqual(declined.decline, { reason: 'unknown', action: 'pay_by_pix', code: null });
});

test('after a failure a new attempt is a new invoice, and the page keeps its token', async t => {
  const { letsiaToken, send, settle, renew, payments, stack } = await startLetsia(t);
  const token = await letsiaToken();
  checkoutOf(await send(token, redirect));
  await settle(token, 'DECLINED');
  await stack.checkoutWhen(token, ({ can }) => can.renew);
  const renewed = checkoutOf(await renew(token));
  assert.deepEqual([renewed.payment_token, renewed.attempt, renewed.can.submit], [token, 2, true]);
  const again = checkoutOf(await send(token, redirect));
  const second = (await payments()).at(-1)?.payment_token ?? '';
  assert.ok(again.instrument?.method === 'REDIRECT' && again.instrument.url.includes(second));
  await settle(second, 'PAID');
  await paidAt(stack, token);
});

test('an invoice that failed and is paid after all stops the next submission', async t => {
  const { letsiaToken, send, settle, renew, stack, order } = await startLetsia(t);
  const token = await letsiaToken();
  checkoutOf(await send(token, redirect));
  await settle(token, 'DECLINED');
  await stack.checkoutWhen(token, ({ can }) => can.renew);
  checkoutOf(await renew(token));
  await settle(token, 'PAID');
  problemOf(await send(token, redirect), 409, 'already_paid');
  assert.deepEqual([(await order(token)).status, (await order(token)).paid_twice], ['PAID', false]);
});

test('an invoice that failed and is paid beside the next one is told of as paid twice', async t => {
  const letsia = await startLetsia(t);
  const { letsiaToken, send, settle, renew, payments, stack } = letsia;
  const token = await letsiaToken();
  checkoutOf(await send(token, redirect));
  await settle(token, 'DECLINED');
  await stack.checkoutWhen(token, ({ can }) => can.renew);
  checkoutOf(await renew(token));
  checkoutOf(await send(token, redirect));
  await settle((await payments()).at(-1)?.payment_token ?? '', 'PAID');
  await paidAt(stack, token);
  await settle(token, 'PAID');
  await letsia.orderWhen(token, ({ paid_twice }) => paid_twice);
});

for (const words of ['documented', 'upper', 'lower'] as const) {
  test(`paid, failed and cancelled are understood in ${words} words`, async t => {
    const { letsiaToken, send, settle, stack } = await startLetsia(t, { words, link: 'at_once' });
    for (const status of ['PAID', 'DECLINED', 'CANCELED']) {
      const token = await letsiaToken({ reference_id: status });
      assert.notEqual(checkoutOf(await send(token, redirect)).instrument, null);
      await settle(token, status);
      await stack.checkoutWhen(token, seen => seen.status === status);
    }
  });
}

for (const sandbox_prefix of ['code', 'number'] as const) {
  test(`a sandbox invoice is known by SBOX- on its ${sandbox_prefix}`, async t => {
    const { letsiaToken, send, read: readCheckout } = await startLetsia(t, { sandbox_prefix });
    const token = await letsiaToken();
    assert.equal(token.startsWith('SBOX-'), sandbox_prefix === 'code');
    assert.notEqual(checkoutOf(await send(token, redirect)).instrument, null);
    assert.equal(checkoutOf(await readCheckout(token)).test_mode, true);
  });
}

test('test mode: the production host alone is live', t => {
  const gateway = (apiUrl: string) => {
    const made = createLetsia(
      { apiUrl, credentials: { email: 'a@b.example', password: 'x' }, paymentMethods: [1], timeoutMs: 100 },
      {
        now: Date.now,
        monotonic: Date.now,
        wait: async () => undefined,
        onCall: () => undefined,
        onLogIn: () => undefined,
        onLogInRefused: () => undefined,
        onLogInFailed: () => undefined,
      },
    );
    t.after(() => made.close());
    return made.testMode;
  };
  assert.equal(gateway('https://merchant.letsia-pay.com/client-api'), false);
  assert.equal(gateway('http://127.0.0.1:4010/letsia'), true);
});

test('POST /login: fifty orders at once on a cold proxy log in once', async t => {
  const { letsiaOrder, calls } = await startLetsia(t);
  const replies = await Promise.all(
    Array.from({ length: 50 }, (_, n) => letsiaOrder({ reference_id: `R-${n}` })),
  );
  assert.ok(replies.every(({ status }) => status === 201));
  assert.deepEqual([await calls(logIn), await calls(create)], [1, 50]);
});

test('POST /login: a token that Letsia forgot is fetched anew, once for all, and every call succeeds', async t => {
  const { letsiaOrder, letsiaToken, set, calls } = await startLetsia(t);
  await letsiaToken();
  await set({ log_out: true });
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, n) => letsiaOrder({ reference_id: `R-${n}` })),
  );
  assert.ok(replies.every(({ status }) => status === 201));
  assert.equal(await calls(logIn), 2);
});

test('POST /login: 403 says to the operator what to switch on, and the merchant is told that nothing was sent', async t => {
  const { letsiaOrder, set, stack, letsiaToken, calls } = await startLetsia(t);
  await letsiaToken();
  await set({ api_enabled: false });
  problemOf(await letsiaOrder(), 503, 'psp_log_in_refused');
  const log = stack.log.filter(line => line.includes('"event":"psp_log_in_refused"'));
  assert.equal(log.length, 1);
  assert.match(log[0] ?? '', /403.*API Enabled/);
  assert.equal(await calls(create), 2);
  await set({ api_enabled: true });
  problemOf(await letsiaOrder(), 503, 'psp_log_in_refused');
  stack.clock.advance(10_000);
  checkoutOf(await letsiaOrder(), 201);
});

test('POST /login: a wrong password is named by its variable, and nothing is sent', async t => {
  const { letsiaOrder, stack, calls } = await startLetsia(
    t,
    {},
    { env: { LETSIA_PASSWORD: 'secret-of-the-tests' } },
  );
  problemOf(await letsiaOrder(), 503, 'psp_log_in_refused');
  const log = stack.log.join('\n');
  assert.match(log, /psp_log_in_refused.*LETSIA_PASSWORD/);
  assert.doesNotMatch(log, /secret-of-the-tests|demo@letsia/);
  assert.equal(await calls(create), 0);
});

test('an order that Letsia cannot do is refused before an invoice is made', async t => {
  const { letsiaOrder, calls } = await startLetsia(t);
  for (const [changes, pointer] of [
    [{ methods: ['PIX'] }, '/methods'],
    [{ delay_capture: true }, '/delay_capture'],
    [{ payment_currency: 'USD' }, '/payment_currency'],
  ] as const) {
    const refused = problemOf(await letsiaOrder(changes), 422, 'psp_refused');
    assert.deepEqual(fieldsIn(refused), [[pointer, 'not_offered']]);
  }
  assert.equal(await calls(create), 0);
});

test('what Letsia refuses is passed on by field, and by status alone where it names none', async t => {
  const { letsiaOrder, set } = await startLetsia(t, {}, { env: { LETSIA_PAYMENT_METHODS: '99' } });
  assert.deepEqual(fieldsIn(problemOf(await letsiaOrder(), 422, 'psp_refused')), []);
  await set({ field_errors: true });
  const refused = problemOf(await letsiaOrder({ person_email: 'nobody' }), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(refused), [
    ['/person_email', 'invalid'],
    ['/methods', 'invalid'],
  ]);
});

test('a gateway that is not configured is refused by name', async t => {
  const env = { LETSIA_API_URL: undefined, LETSIA_EMAIL: undefined, LETSIA_PASSWORD: undefined };
  const { letsiaOrder } = await startLetsia(t, {}, { env });
  const refused = problemOf(await letsiaOrder(), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [['/gateway', 'not_offered']]);
});

const badDays: Omit<Fault, 'path'>[] = [
  { kind: 'drop_before' },
  { kind: 'drop_after' },
  { kind: 'status', status: 500 },
  { kind: 'status_after', status: 502 },
  { kind: 'garbage' },
  { kind: 'truncate' },
  { kind: 'status', status: 429 },
  { kind: 'delay', ms: 3_000 },
];
const nameOf = ({ kind, status }: Omit<Fault, 'path'>) => (status ? `${kind} ${status}` : kind);

for (const fault of badDays) {
  test(`an order whose invoice went wrong (${nameOf(fault)}) makes no second invoice under its key`, async t => {
    const { stack, payments, letsiaOrder } = await startLetsia(t);
    const key = { 'Idempotency-Key': newKey() };
    const place = () => stack.createOrder({ gateway: 'letsia' }, key);
    await stack.fault({ path: '/letsia/invoices', ...fault });
    if (fault.status === 429) {
      problemOf(await place(), 503, 'psp_unavailable');
      const token = checkoutOf(await place(), 201).payment_token;
      assert.equal(checkoutOf(await place(), 201).payment_token, token);
    } else {
      // Letsia has no list to find the invoice in.
      for (const _ of [1, 2]) problemOf(await place(), 502, 'outcome_unknown');
    }
    assert.ok((await payments()).length <= 1);
    checkoutOf(await letsiaOrder(), 201);
  });

  test(`a submission on a bad day (${nameOf(fault)}, four times) is never a failure and never a second invoice`, async t => {
    const { stack, letsiaToken, send, payments, settle } = await startLetsia(
      t,
      { link: 'at_once' },
      {
        env: { PSP_TIMEOUT_MS: '500' },
      },
    );
    const token = await letsiaToken();
    await stack.fault({ path: statusPath, times: 4, ...fault });
    const key = newKey();
    const first = await send(token, redirect, key);
    if (first.status !== 200) problemOf(first, 503, 'psp_unavailable');
    const linked = await until(async () => {
      const reply = await send(token, redirect, key);
      return reply.status === 200 ? checkoutOf(reply) : null;
    });
    assert.deepEqual([linked.status, linked.verifying, linked.decline], ['PROCESSING', false, null]);
    assert.ok(linked.instrument);
    await stack.fault({ path: statusPath, times: 4, ...fault });
    await settle(token, 'PAID');
    await paidAt(stack, token);
    assert.equal((await payments()).length, 1);
  });
}

test('a proxy that died between “sending” and the link finds the link when it is back', async t => {
  const { store } = openStore('memory:', null);
  const { letsiaToken, stack, payments } = await startLetsia(t, {}, { deps: { store } });
  const token = await letsiaToken();
  await change(store, token, record => ({
    ...beginSending(record, {
      key: 'k',
      fingerprint: 'f',
      method: 'REDIRECT',
      installments: null,
      now: stack.clock.now(),
    }),
    dueAt: stack.clock.now(),
  }));
  const found = await stack.checkoutWhen(token, ({ instrument }) => instrument !== null);
  assert.deepEqual([found.status, found.verifying], ['PROCESSING', false]);
  assert.equal((await payments()).length, 1);
});

test('POST /v1/callbacks/letsia only makes the proxy read, and a made-up code reads nothing', async t => {
  const { letsiaToken, send, settle, call, calls, stack } = await startLetsia(t, { link: 'at_once' });
  const token = await letsiaToken();
  checkoutOf(await send(token, redirect));
  const before = await calls(read);
  const forged = await call('POST', '/v1/callbacks/letsia', {
    body: { code: 'INV-made-up', status: 'paid' },
  });
  assert.deepEqual([forged.status, forged.body], [200, { received: true }]);
  await settle(token, 'PAID');
  await call('POST', '/v1/callbacks/letsia', { body: { code: token } });
  await until(async () => (await calls(read)) > before || null);
  await paidAt(stack, token);
});

test('capture is not Letsia’s', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  problemOf(await letsia.capture(token, { amount: 1 }), 409, 'not_supported');
});

test('POST /invoices/{reference}/refund: the whole payment is asked back, once', async t => {
  const letsia = await startLetsia(t);
  const token = await letsia.letsiaToken();
  checkoutOf(await letsia.send(token, redirect));
  problemOf(await letsia.refund(token), 409, 'not_refundable');
  await letsia.settle(token, 'PAID');
  await paidAt(letsia.stack, token);
  const partial = problemOf(await letsia.refund(token, { amount: 1 }), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(partial), [['/amount', 'invalid']]);
  const elsewhere = problemOf(await letsia.refund(token, { pix_key: 'a@b.example' }), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(elsewhere), [['/pix_key', 'not_offered']]);
  assert.equal(await letsia.calls(refund), 0);

  const reply = await letsia.refund(token);
  assert.equal(reply.status, 201, reply.text);
  const { status, amount, verifying } = reply.body as { status: string; amount: number; verifying: boolean };
  assert.deepEqual([status, amount, verifying], ['REQUESTED', 123.45, false]);
  problemOf(await letsia.refund(token), 409, 'refund_in_flight');
  assert.equal(await letsia.calls(refund), 1);
  assert.equal((await letsia.order(token)).status, 'PAID');
});

for (const fault of [{ kind: 'drop_after' }, { kind: 'status_after', status: 500 }, { kind: 'garbage' }]) {
  test(`a refund whose answer was lost (${nameOf(fault)}) is found by the invoice’s status, and not sent twice`, async t => {
    const letsia = await startLetsia(t);
    const token = await paidOrder(letsia);
    await letsia.stack.fault({ path: '/letsia/invoices/*/refund', ...fault });
    const reply = await letsia.refund(token);
    assert.ok([201, 202].includes(reply.status), reply.text);
    const id = (reply.body as { refund_id: string }).refund_id;
    const found = await letsia.refundWhen(id, ({ verifying }) => !verifying);
    assert.equal(found.status, 'REQUESTED');
    assert.equal(await letsia.calls(refund), 1);
  });
}

test('a refund that never arrived can be asked for again under the same key', async t => {
  const letsia = await startLetsia(t);
  const token = await paidOrder(letsia);
  await letsia.stack.fault({ path: '/letsia/invoices/*/refund', kind: 'drop_before' });
  const lost = await letsia.refund(token, undefined, 'refund-1');
  assert.equal(lost.status, 202, lost.text);
  const id = (lost.body as { refund_id: string }).refund_id;
  letsia.stack.clock.advance(15_000);
  const given = await letsia.refundWhen(id, ({ verifying }) => !verifying);
  assert.deepEqual([given.status, given.failure], ['FAILED', 'never_arrived']);
  assert.equal((await letsia.refund(token, undefined, 'refund-1')).status, 201);
});
