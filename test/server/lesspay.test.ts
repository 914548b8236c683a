/** Lesspay behind the proxy: the link, the rules of money when answers are lost, signed webhooks. */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import type { Checkout } from '../../server/contract/checkout.ts';
import {
  checkoutOf,
  fieldsIn,
  newKey,
  order,
  problemOf,
  type Stack,
  type StackOptions,
  startStack,
  until,
} from './stack.ts';

const createPath = '/lesspay/api/global/v1/pay/create-order';
const queryPath = '/lesspay/api/global/v1/pay/query-order';
const redirect = { method: 'REDIRECT' } as const;
/** Longer than a “nothing submitted” needs to be believed. */
const longEnough = 5_000;

async function startLesspay(t: TestContext, options: StackOptions = {}, account: object = {}) {
  const stack = await startStack(t, options);
  if (Object.keys(account).length > 0) await stack.control('POST', '/lesspay', account);
  return {
    ...stack,
    orderToken: (changes: object = {}) => stack.orderToken({ gateway: 'lesspay', ...changes }),
    /** The shopper presses a button on Lesspay’s page. */
    press: (link: string, way: string) =>
      fetch(link, { method: 'POST', body: new URLSearchParams({ way }), redirect: 'manual' }),
    calls: async (path: string) => (await stack.stats()).calls[`POST ${path}`] ?? 0,
  };
}

function linkOf({ instrument }: Checkout): string {
  return instrument?.method === 'REDIRECT' ? instrument.url : assert.fail('no link');
}

/** What the merchant sees. */
const seen = async (stack: Pick<Stack, 'merchant'>, token: string) =>
  (await stack.merchant('GET', `/v1/orders/${token}`)).body as Record<string, unknown>;

test('an order is made without a word to Lesspay, and offers its page alone', async t => {
  const stack = await startLesspay(t);
  const made = checkoutOf(await stack.createOrder({ gateway: 'lesspay' }), 201);
  assert.deepEqual(
    [made.gateway, made.methods, made.status, made.test_mode, made.can.submit],
    ['lesspay', ['REDIRECT'], 'CREATED', true, true],
  );
  assert.deepEqual(made.totals?.customer_amount, 123.45);
  assert.deepEqual((await stack.stats()).calls, {});
});

test('create-order: the shopper is given the link, pays there, and the checkout is paid', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  const sent = checkoutOf(await stack.send(token, redirect));
  assert.deepEqual([sent.status, sent.method, sent.can.submit], ['PROCESSING', 'REDIRECT', false]);
  await stack.press(linkOf(sent), 'pay');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  const { amount_received, amount_owed } = await seen(stack, token);
  assert.deepEqual([amount_received, amount_owed], [123.45, 123.45]);
  assert.equal((await stack.payment(token)).send_received, 1);
});

for (const account of [{ link: 'data' }, { link: 'nested' }, { words: 'guide' }]) {
  test(`create-order and query-order: ${JSON.stringify(account)} is understood`, async t => {
    const stack = await startLesspay(t, {}, account);
    const token = await stack.orderToken();
    await stack.press(linkOf(checkoutOf(await stack.send(token, redirect))), 'pay');
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  });
}

test('the shopper comes back to the merchant’s page, else to the hosted one', async t => {
  const stack = await startLesspay(t, { callbacks: true });
  const hosted = await stack.orderToken();
  const own = await stack.orderToken({ return_url: 'https://shop.example/done?order=1' });
  const back = async (token: string, way: string) =>
    (await stack.press(linkOf(checkoutOf(await stack.send(token, redirect))), way)).headers.get('location');
  assert.equal(await back(hosted, 'leave'), `${stack.url}/pay/${hosted}`);
  assert.equal(await back(own, 'pay'), 'https://shop.example/done?order=1');
});

test('a failed payment is declined, and a new attempt has a request_id of its own', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  const first = checkoutOf(await stack.send(token, redirect));
  await stack.press(linkOf(first), 'fail');
  const declined = await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  assert.deepEqual(declined.can, { submit: false, renew: true });
  const renewed = checkoutOf(await stack.renew(token));
  assert.deepEqual([renewed.attempt, renewed.can.submit], [2, true]);
  const second = checkoutOf(await stack.send(token, redirect));
  assert.notEqual(linkOf(second), linkOf(first));
  await stack.press(linkOf(second), 'pay');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  const rows = await stack.payments();
  assert.deepEqual(
    rows.map(({ status, send_accepted }) => [status, send_accepted]),
    [
      ['DECLINED', 1],
      ['PAID', 1],
    ],
  );
});

test('a failed order that is paid after all stops the next one before it leaves', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  const first = checkoutOf(await stack.send(token, redirect));
  await stack.press(linkOf(first), 'fail');
  await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  checkoutOf(await stack.renew(token));
  await stack.settle(token, 'PAID');
  problemOf(await stack.send(token, redirect), 409, 'already_paid');
  assert.equal(checkoutOf(await stack.read(token)).status, 'PAID');
  assert.equal(await stack.calls(createPath), 1);
});

test('a shopper who leaves the page finds the same link again', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  const sent = checkoutOf(await stack.send(token, redirect));
  await stack.press(linkOf(sent), 'leave');
  stack.clock.advance(60_000);
  const back = checkoutOf(await stack.read(token));
  assert.deepEqual([linkOf(back), back.can.renew], [linkOf(sent), false]);
  problemOf(await stack.renew(token), 409, 'not_renewable');
});

test('12, paid with another amount, is not paid: in analysis, and the merchant sees both amounts', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  await stack.send(token, redirect);
  await stack.settle(token, 'PAID', { amount_received: 60 });
  const looked = await stack.checkoutWhen(token, ({ status }) => status !== 'PROCESSING');
  assert.deepEqual([looked.status, looked.can], ['IN_ANALYSIS', { submit: false, renew: false }]);
  const { amount_received, amount_owed } = await seen(stack, token);
  assert.deepEqual([amount_received, amount_owed], [60, 123.45]);
  // The merchant settles it with Lesspay.
  await stack.settle(token, 'PAID');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
});

test('closed and canceled orders are over, a refund is told of', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  await stack.send(token, redirect);
  await stack.control('POST', '/clock', { advance_ms: 24 * 3_600_000 });
  stack.clock.advance(24 * 3_600_000);
  const closed = await stack.checkoutWhen(token, ({ status }) => status === 'CANCELED');
  assert.equal(closed.can.renew, true);

  const paid = await stack.orderToken();
  await stack.send(paid, redirect);
  await stack.settle(paid, 'REFUNDED');
  await stack.checkoutWhen(paid, ({ status }) => status === 'REFUNDED');
  assert.equal((await seen(stack, paid)).refunded_amount, 123.45);
});

const lostAfter = [
  { kind: 'drop_after' },
  { kind: 'status_after', status: 500 },
  { kind: 'status_after', status: 502 },
  { kind: 'garbage' },
  { kind: 'truncate' },
] as const;

for (const fault of lostAfter) {
  const name = 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind;
  test(`an order whose answer was lost (${name}) is found by its request_id, and its link with it`, async t => {
    const stack = await startLesspay(t, {}, { query_link: true });
    const token = await stack.orderToken();
    await stack.fault({ path: createPath, ...fault });
    const sent = checkoutOf(await stack.send(token, redirect), 202);
    assert.deepEqual([sent.verifying, sent.can], [true, { submit: false, renew: false }]);
    const found = await stack.checkoutWhen(token, ({ verifying }) => !verifying);
    assert.deepEqual([found.status, found.can.renew], ['PROCESSING', false]);
    await stack.press(linkOf(found), 'pay');
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal((await stack.payment(token)).send_received, 1);
  });

  test(`an order whose link was lost (${name}) cannot be paid, so that a new attempt may follow`, async t => {
    const stack = await startLesspay(t);
    const token = await stack.orderToken();
    await stack.fault({ path: createPath, ...fault });
    checkoutOf(await stack.send(token, redirect), 202);
    const found = await stack.checkoutWhen(token, ({ verifying }) => !verifying);
    assert.deepEqual([found.status, found.instrument, found.can.renew], ['PROCESSING', null, true]);
    checkoutOf(await stack.renew(token));
    const second = checkoutOf(await stack.send(token, redirect));
    await stack.press(linkOf(second), 'pay');
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    const accepted = (await stack.payments()).map(({ status, send_accepted }) => [status, send_accepted]);
    assert.deepEqual(accepted, [
      ['PROCESSING', 1],
      ['PAID', 1],
    ]);
  });
}

const nothingHappened = [
  { kind: 'drop_before' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 503 },
] as const;

for (const absent of ['empty', '1202', '5003']) {
  for (const fault of nothingHappened) {
    const name = 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind;
    test(`a submission that was never taken (${name}, ${absent}) is sent again under the same request_id`, async t => {
      const stack = await startLesspay(t, {}, { absent });
      const token = await stack.orderToken();
      await stack.fault({ path: createPath, ...fault });
      checkoutOf(await stack.send(token, redirect), 202);
      problemOf(await stack.send(token, redirect), 409, 'submission_in_flight');
      problemOf(await stack.renew(token), 409, 'not_renewable');
      stack.clock.advance(longEnough);
      const open = await stack.checkoutWhen(token, ({ can }) => can.submit);
      assert.deepEqual([open.status, open.verifying, open.attempt], ['CREATED', false, 1]);
      checkoutOf(await stack.send(token, redirect));
      assert.deepEqual(
        (await stack.payments()).map(row => row.payment_token),
        [token],
      );
    });
  }
}

test('“no such order” is not believed while the lost one may still be on its way', async t => {
  const stack = await startLesspay(t, { env: { PSP_TIMEOUT_MS: '150' } }, { query_link: true });
  const token = await stack.orderToken();
  await stack.fault({ path: createPath, kind: 'delay_before', ms: 700 });
  checkoutOf(await stack.send(token, redirect), 202);
  assert.deepEqual(await stack.payments(), []);
  stack.clock.advance(1_100);
  assert.equal(checkoutOf(await stack.read(token)).verifying, true);
  await until(async () => (await stack.payments()).length === 1);
  linkOf(await stack.checkoutWhen(token, ({ verifying }) => !verifying));
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('a submission that arrives after it was given up is found by the second one: 1201 means that it exists', async t => {
  const stack = await startLesspay(t, { env: { PSP_TIMEOUT_MS: '150' } }, { query_link: true });
  const token = await stack.orderToken();
  await stack.fault({ path: createPath, kind: 'delay_before', ms: 600 });
  checkoutOf(await stack.send(token, redirect), 202);
  stack.clock.advance(longEnough);
  await stack.checkoutWhen(token, ({ can }) => can.submit);
  await until(async () => (await stack.payments()).length === 1);
  const again = checkoutOf(await stack.send(token, redirect), 202);
  assert.equal(again.verifying, true);
  assert.equal(await metric(stack, 'letpay_submissions_total{outcome="already_used"}'), 1);
  linkOf(await stack.checkoutWhen(token, ({ verifying }) => !verifying));
  const { send_received, send_accepted } = await stack.payment(token);
  assert.deepEqual([send_received, send_accepted], [2, 1]);
});

test('a doubt lasts as long as Lesspay cannot be read', async t => {
  const stack = await startLesspay(t, {}, { query_link: true });
  const token = await stack.orderToken();
  await stack.fault({ path: createPath, kind: 'drop_after' });
  await stack.fault({ path: queryPath, kind: 'status', status: 500, times: 500 });
  checkoutOf(await stack.send(token, redirect), 202);
  for (let minutes = 0; minutes < 3; minutes += 1) {
    stack.clock.advance(20 * 60_000);
    const still = checkoutOf(await stack.read(token));
    assert.deepEqual([still.verifying, still.can], [true, { submit: false, renew: false }]);
  }
  await stack.control('DELETE', '/faults');
  await stack.checkoutWhen(token, ({ verifying }) => !verifying);
});

for (const kind of ['garbage', 'truncate', 'drop_after', 'delay'] as const) {
  test(`a ${kind} on query-order changes nothing, and the next read finds the payment`, async t => {
    const stack = await startLesspay(t, { env: { PSP_TIMEOUT_MS: '300' } });
    const token = await stack.orderToken();
    const sent = checkoutOf(await stack.send(token, redirect));
    await stack.press(linkOf(sent), 'pay');
    await stack.fault({ path: queryPath, kind, times: 2, ms: 400 });
    stack.clock.advance(1_100);
    const paid = await stack.checkoutWhen(token, ({ status }) => {
      assert.ok(['PROCESSING', 'PAID'].includes(status), status);
      return status === 'PAID';
    });
    assert.equal(paid.verifying, false);
  });
}

test('parameters that Lesspay refuses are told of, and nothing is taken', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken({ notification_url: 'ftp://shop.example/hook' });
  const refused = problemOf(await stack.send(token, redirect), 422, 'psp_refused');
  assert.match(refused.detail, /11/);
  assert.deepEqual(checkoutOf(await stack.read(token)).can, { submit: true, renew: false });
  assert.deepEqual(await stack.payments(), []);
});

test('with the wrong secret nothing is sent, and no order is made', async t => {
  const stack = await startLesspay(t, { env: { LESSPAY_APP_SECRET: 'not-the-secret' } });
  const token = await stack.orderToken();
  problemOf(await stack.send(token, redirect), 503, 'psp_unavailable');
  assert.deepEqual(await stack.payments(), []);
});

test('with Lesspay unreachable nothing is sent', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  await stack.closeEmulator();
  problemOf(await stack.send(token, redirect), 503, 'psp_unavailable');
  assert.deepEqual(checkoutOf(await stack.read(token)).can, { submit: true, renew: false });
});

const unfit: readonly (readonly [changes: object, pointer: string])[] = [
  [{ delay_capture: true }, '/delay_capture'],
  [{ payment_currency: 'USD' }, '/payment_currency'],
];
for (const [changes, pointer] of unfit) {
  test(`an order that Lesspay cannot take is refused when it is made (${pointer})`, async t => {
    const stack = await startLesspay(t);
    const refused = problemOf(
      await stack.createOrder({ gateway: 'lesspay', ...changes }),
      422,
      'psp_refused',
    );
    assert.deepEqual(fieldsIn(refused), [[pointer, 'invalid']]);
  });
}

test('an order for other methods than its page is refused', async t => {
  const stack = await startLesspay(t);
  const refused = await stack.createOrder({ gateway: 'lesspay', methods: ['PIX'] });
  problemOf(refused, 422, 'method_not_offered');
});

for (const [what, body] of [
  ['capture', { amount: 1 }],
  ['cancel', undefined],
  ['refunds', {}],
] as const) {
  test(`${what} is not supported`, async t => {
    const stack = await startLesspay(t);
    const token = await stack.orderToken();
    await stack.send(token, redirect);
    await stack.settle(token, 'PAID');
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    problemOf(await stack.merchant('POST', `/v1/orders/${token}/${what}`, body), 409, 'not_supported');
  });
}

const address = '/v1/callbacks/lesspay';
const signed = (body: string, secret = 'demo') => {
  const fields = Object.entries(JSON.parse(body) as Record<string, unknown>)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .sort();
  return createHash('sha256')
    .update([...fields, `key=${secret}`].join('&'))
    .digest('hex')
    .toUpperCase();
};
const webhook = (stack: Pick<Stack, 'call'>, body: string, signature: string | null = signed(body)) =>
  stack.call('POST', address, {
    body,
    headers: signature === null ? {} : { 'x-auth-signature': signature },
  });
/** A number of the proxy’s metrics. */
async function metric(stack: Pick<Stack, 'call'>, name: string): Promise<number> {
  const { text } = await stack.call('GET', '/metrics');
  const line = text.split('\n').find(candidate => candidate.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? 0);
}
const forged = 'letpay_forged_callbacks_total{gateway="lesspay"}';

test('a payin webhook is acknowledged with SUCCESS and makes the proxy ask; what it says is not believed', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  await stack.send(token, redirect);
  const before = await stack.calls(queryPath);
  const told = await webhook(
    stack,
    JSON.stringify({ request_id: token, order_status: 'SUCCEED', order_status_int: 2 }),
  );
  assert.deepEqual([told.status, told.text], [200, 'SUCCESS']);
  assert.match(told.headers.get('content-type') ?? '', /^text\/plain/);
  await until(async () => (await stack.calls(queryPath)) > before);
  assert.equal(checkoutOf(await stack.read(token)).status, 'PROCESSING');
});

test('Lesspay’s own webhook brings the payment at once, also with a nested event', async t => {
  const stack = await startLesspay(t, { callbacks: true });
  const token = await stack.orderToken();
  const sent = checkoutOf(await stack.send(token, redirect));
  const before = await stack.calls(queryPath);
  await stack.press(linkOf(sent), 'decline');
  await until(async () => (await stack.calls(queryPath)) > before);
  await stack.press(linkOf(sent), 'pay');
  const paid = await until(async () => {
    const now = checkoutOf(await stack.read(token));
    return now.status === 'PAID' && now;
  });
  assert.equal(paid.verifying, false);
  assert.equal(await metric(stack, forged), 0);
});

test('a forged webhook is turned away, counted, and costs Lesspay nothing', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  const body = JSON.stringify({ request_id: token, order_status_int: 2 });
  const forgeries: readonly (readonly [string, string | null])[] = [
    [body, null],
    [body, ''],
    [body, signed(body, 'other')],
    [body, signed(body).slice(0, -1)],
    [body.replace('2', '3'), signed(body)],
    ['SUCCESS', signed(body)],
    ['[]', signed(body)],
    ['', signed(body)],
  ];
  for (const [text, signature] of forgeries) {
    const reply = await webhook(stack, text, signature);
    problemOf(reply, 401, 'signature_wrong');
    assert.ok(!reply.text.includes(token));
  }
  assert.equal(await metric(stack, forged), forgeries.length);
  assert.equal(await stack.calls(queryPath), 0);
  assert.ok(stack.log.every(line => !line.includes(signed(body))));
});

test('a signed webhook is acknowledged whether or not the order is known, and reaches no other gateway’s order', async t => {
  const stack = await startLesspay(t);
  const [lesspay, letpay] = [await stack.orderToken(), await stack.orderToken({ gateway: 'letpay' })];
  for (const id of [lesspay, letpay, 'nobody', undefined]) {
    assert.equal((await webhook(stack, JSON.stringify({ request_id: id }))).text, 'SUCCESS');
  }
  const known = (is: boolean) => metric(stack, `letpay_callbacks_total{known="${is}"}`);
  assert.deepEqual([await known(true), await known(false)], [1, 3]);
});

test('a lost webhook is no harm: the watcher asks by itself', async t => {
  const stack = await startLesspay(t, { callbacks: true }, { webhooks: false });
  const token = await stack.orderToken();
  await stack.send(token, redirect);
  await stack.settle(token, 'PAID');
  stack.clock.advance(2 * 3_600_000);
  await until(async () => (await seen(stack, token)).status === 'PAID');
});

test('the page’s key gives the same link again, and create-order is called once', async t => {
  const stack = await startLesspay(t);
  const token = await stack.orderToken();
  const key = newKey();
  const replies = await Promise.all([1, 2, 3].map(() => stack.send(token, redirect, key)));
  const links = replies.map(reply => linkOf(checkoutOf(reply)));
  assert.equal(new Set(links).size, 1);
  assert.equal(await stack.calls(createPath), 1);
});

test('no secret, signature or payer’s name leaves in a log line', async t => {
  const stack = await startLesspay(t, { env: { LESSPAY_APP_SECRET: 'demo' } });
  const token = await stack.orderToken();
  await stack.send(token, redirect);
  const text = stack.log.join('\n');
  assert.ok(text.includes(createPath.replace('/lesspay', '')));
  for (const secret of [order.person_taxid, order.person_email, 'x-auth', 'signature', 'cashier']) {
    assert.ok(!text.includes(secret), secret);
  }
});
