/** Lesspay 2.0, call by call, against “Development Guidelines” and the pages it leads to. */
import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { noon, runEmulator } from './running-emulator.ts';

/** “Card Payment”, cashier mode. */
const example = {
  target_amount: '100.00',
  target_currency: 'USD',
  transaction_type: 'PAY_IN',
  notify_url: 'http://127.0.0.1:9/notify',
  request_id: 'REQUEST-1',
  fail_url: 'https://shop.example/fail',
  success_url: 'https://shop.example/success',
  product_name: 'Hammock',
  description: 'ORDER-1',
  way_type: 'CARD_PAYMENT',
  api_version: 'V2',
  pay_access_type: 1,
};

/** As “Authentication” describes it. */
function signature(fields: Readonly<Record<string, unknown>>, secret = 'demo'): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`);
  const text = [...pairs.sort(), `key=${secret}`].join('&');
  return createHash('sha256').update(text).digest('hex').toUpperCase();
}

interface Webhook {
  readonly body: Readonly<Record<string, unknown>>;
  readonly signature: string | string[] | undefined;
}

/** A merchant’s `notify_url` that answers with these words in turn, and then with SUCCESS. */
async function receiveWebhooks(t: TestContext, ...answers: string[]) {
  const received: Webhook[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    received.push({ body, signature: request.headers['x-auth-signature'] });
    response.end(answers.shift() ?? 'SUCCESS');
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`, received };
}

async function runLesspay(t: TestContext) {
  const emulator = await runEmulator(t);
  const post = (path: string, fields: Readonly<Record<string, unknown>>, headers: object = {}) =>
    emulator.call('POST', `/lesspay/api/global/v1/pay/${path}`, fields, {
      'x-auth-appid': 'demo',
      'X-Auth-Timestamp': '1763650800000',
      'x-auth-signature': signature(fields),
      ...headers,
    });
  const create = (changes: object = {}) => post('create-order', { ...example, ...changes });
  const query = (changes: object = {}) =>
    post('query-order', {
      page: '1',
      page_size: '20',
      start_time: String(noon - 1),
      end_time: String(noon + 1),
      request_id: example.request_id,
      ...changes,
    });
  const press = (link: string, way: string) =>
    fetch(link, { method: 'POST', body: new URLSearchParams({ way }), redirect: 'manual' });
  return {
    ...emulator,
    post,
    create,
    query,
    press,
    set: (changes: object) => emulator.call('POST', '/_emulator/lesspay', changes),
    link: async (changes: object = {}) => (await create(changes)).body.data.order_data.checkoutUrl as string,
    settle: (status: string, more: object = {}) =>
      emulator.call('POST', `/_emulator/payments/${example.request_id}/settle`, { status, ...more }),
  };
}

test('POST create-order answers with its own id and a link, and the order waits to be paid', async t => {
  const { create, query } = await runLesspay(t);
  const { status, body } = await create();
  assert.deepEqual([status, body.msg, body.code], [200, 'SUCCESS', 0]);
  assert.match(body.data.order_data.payOrderId, /^P\d{19}$/);
  assert.match(body.data.order_data.checkoutUrl, /\/lesspay\/cashier\/P\d{19}$/);
  const [row] = (await query()).body.data.records;
  assert.deepEqual(
    [row.order_status, row.order_status_int, row.target_amount, row.target_currency],
    ['PENDING_PAY', 1, '100.00', 'USD'],
  );
});

for (const field of Object.keys(example)) {
  test(`create-order needs ${field}`, async t => {
    const { create } = await runLesspay(t);
    const { status, body } = await create({ [field]: undefined });
    assert.deepEqual([status, body.code], [400, 11]);
    assert.match(body.msg, new RegExp(field));
  });
}

const wrong: readonly object[] = [
  { target_amount: 100 },
  { target_amount: '0.00' },
  { target_amount: '1.005' },
  { transaction_type: 'PAY_OUT' },
  { api_version: 'V1' },
  { pay_access_type: '1' },
  { success_url: 'shop' },
];
for (const changes of wrong) {
  test(`create-order takes no ${JSON.stringify(changes)}`, async t => {
    const { create } = await runLesspay(t);
    assert.equal((await create(changes)).body.code, 11);
  });
}

test('a request_id is taken once', async t => {
  const { create, query } = await runLesspay(t);
  await create();
  const again = await create({ target_amount: '1.00' });
  assert.deepEqual([again.body.code, again.body.data], [1201, null]);
  const { records } = (await query()).body.data;
  assert.deepEqual([records.length, records[0].target_amount], [1, '100.00']);
});

const unsigned: readonly (readonly [why: string, headers: object])[] = [
  ['another app id', { 'x-auth-appid': 'other' }],
  ['no timestamp', { 'X-Auth-Timestamp': '' }],
  ['a timestamp in seconds', { 'X-Auth-Timestamp': '1763650800' }],
  ['another secret', { 'x-auth-signature': signature(example, 'other') }],
  ['the signature of another body', { 'x-auth-signature': signature({ ...example, target_amount: '1.00' }) }],
  ['a signature in lower case', { 'x-auth-signature': signature(example).toLowerCase() }],
];
for (const [why, headers] of unsigned) {
  test(`a call with ${why} is turned away`, async t => {
    const { post, query } = await runLesspay(t);
    const { status } = await post('create-order', example, headers);
    assert.equal(status, 401);
    assert.deepEqual((await query()).body.data.records, []);
  });
}

test('POST query-order finds by either id and by time', async t => {
  const { create, query } = await runLesspay(t);
  const { payOrderId } = (await create()).body.data.order_data;
  await create({ request_id: 'REQUEST-2' });
  const count = async (changes: object) => (await query(changes)).body.data.records.length;
  assert.equal(await count({}), 1);
  assert.equal(await count({ request_id: undefined, pay_order_id: payOrderId }), 1);
  assert.equal(await count({ request_id: undefined }), 2);
  assert.equal(await count({ request_id: undefined, page: '2', page_size: '1' }), 1);
  assert.equal(await count({ start_time: String(noon + 1) }), 0);
  assert.equal(await count({ end_time: String(noon - 1) }), 0);
  assert.equal(await count({ request_id: 'nobody' }), 0);
  assert.equal((await query({ page: 1 })).body.code, 11);
});

const settled: readonly (readonly [status: string, word: string, code: number, ledger: string])[] = [
  ['CREATED', 'PENDING_CONFIRM', 0, 'PROCESSING'],
  ['PROCESSING', 'PENDING_PAY', 1, 'PROCESSING'],
  ['PAID', 'SUCCEED', 2, 'PAID'],
  ['DECLINED', 'FAILED', 3, 'DECLINED'],
  ['CANCELED', 'CANCELED', 4, 'CANCELED'],
  ['REFUNDED', 'REFUND', 5, 'REFUNDED'],
  ['IN_ANALYSIS', 'PAID', 12, 'IN_ANALYSIS'],
];
for (const [status, word, code, inLedger] of settled) {
  test(`settling as ${status} is ${word} (${code})`, async t => {
    const { create, query, settle } = await runLesspay(t);
    await create();
    const { body } = await settle(status);
    assert.deepEqual([body.gateway, body.reference_id, body.status], ['lesspay', 'ORDER-1', inLedger]);
    const [row] = (await query()).body.data.records;
    assert.deepEqual([row.order_status, row.order_status_int], [word, code]);
  });
}

test('another amount than was asked for is 12, with what came in', async t => {
  const { create, query, settle } = await runLesspay(t);
  await create();
  assert.equal((await settle('PAID', { amount_received: 60 })).body.amount_received, 60);
  const [row] = (await query()).body.data.records;
  assert.deepEqual([row.order_status_int, row.actual_amount], [12, '60.00']);
});

test('a status that Lesspay lacks is refused', async t => {
  const { create, settle } = await runLesspay(t);
  await create();
  assert.equal((await settle('PRE_AUTHORIZED')).status, 400);
});

test('the payin webhook is signed, says what query-order says, and is repeated until SUCCESS is answered', async t => {
  const emulator = await runLesspay(t);
  const { url, received } = await receiveWebhooks(t, 'OK', 'success');
  await emulator.create({ notify_url: url });
  await emulator.settle('PAID');
  await emulator.advance(0);
  assert.equal(received.length, 1);
  await emulator.advance(2_000);
  await emulator.advance(4_000);
  await emulator.advance(3_600_000);
  assert.equal(received.length, 3);
  const { create_time: _, ...said } = (await emulator.query()).body.data.records[0];
  for (const webhook of received) assert.deepEqual(webhook, { body: said, signature: signature(said) });
});

const ways: readonly (readonly [way: string, status: number, to: string])[] = [
  ['pay', 2, 'https://shop.example/success'],
  ['fail', 3, 'https://shop.example/fail'],
  ['leave', 1, 'https://shop.example/fail'],
];
for (const [way, status, to] of ways) {
  test(`at the cashier, “${way}” leaves the order at ${status} and leads back`, async t => {
    const { link, press, query } = await runLesspay(t);
    const answer = await press(await link(), way);
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, to]);
    assert.equal((await query()).body.data.records[0].order_status_int, status);
  });
}

test('a declined card is an event, and the order stays payable', async t => {
  const emulator = await runLesspay(t);
  const { url, received } = await receiveWebhooks(t);
  const link = await emulator.link({ notify_url: url });
  await emulator.press(link, 'decline');
  await emulator.advance(0);
  const { body, signature: given } = received[0] ?? {};
  assert.deepEqual(
    [body?.event, body?.event_data, body?.order_status_int],
    ['payment_declined', { response_code: '41101' }, 1],
  );
  assert.equal(given, signature(body ?? {}));
  assert.match(await (await fetch(link)).text(), /value="pay"/);
});

test('a dispute is an event and no status', async t => {
  const emulator = await runLesspay(t);
  const { url, received } = await receiveWebhooks(t);
  await emulator.create({ notify_url: url });
  assert.equal((await emulator.settle('DISPUTE')).body.status, 'PROCESSING');
  await emulator.advance(0);
  assert.equal(received[0]?.body.event, 'dispute_received');
});

test('an order that nobody pays is closed after a day, and cannot be paid any more', async t => {
  const emulator = await runLesspay(t);
  const link = await emulator.link();
  await emulator.advance(24 * 3_600_000);
  assert.equal((await emulator.press(link, 'pay')).headers.get('location'), new URL(link).pathname);
  const [row] = (await emulator.query({ end_time: String(noon + 1) })).body.data.records;
  assert.deepEqual([row.order_status, row.order_status_int], ['CLOSED', 6]);
});

test('what the documents contradict themselves in can be chosen', async t => {
  const { set, create, query } = await runLesspay(t);
  await set({ link: 'data' });
  assert.match((await create()).body.data.checkout_url, /cashier/);
  await set({ link: 'nested' });
  assert.match((await create({ request_id: 'R2' })).body.data.order_data.pay_info[0].checkout_url, /cashier/);
  await set({ link: 'none', words: 'guide', query_link: true });
  assert.deepEqual(Object.keys((await create({ request_id: 'R3' })).body.data.order_data), [
    'payOrderId',
    'payOrderDetailIdEncode',
  ]);
  const [row] = (await query({ request_id: 'R3' })).body.data.records;
  assert.equal(row.order_status, 'PENDING');
  assert.match(row.checkout_url, /cashier/);
  for (const absent of ['1202', '5003']) {
    await set({ absent });
    assert.equal((await query({ request_id: 'nobody' })).body.code, Number(absent));
  }
});
