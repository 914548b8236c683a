/** What holds for every answer, whatever the call. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { Hono } from 'hono';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import {
  card,
  checkoutOf,
  fieldsIn,
  merchantKey,
  order,
  problemOf,
  type Reply,
  type Stack,
  startStack,
} from './stack.ts';

const key = { 'Idempotency-Key': 'key-of-wire-test' };

/** Good answers and refusals of every layer. */
async function manyAnswers(stack: Stack): Promise<Reply[]> {
  const token = await stack.orderToken();
  const send = `/v1/checkout/${token}/sendPayment`;
  return [
    await stack.createOrder(),
    await stack.createOrder({ amount: -1 }),
    await stack.createOrder({ person_taxid: '12345678900' }),
    await stack.merchant('GET', `/v1/orders/${token}`),
    await stack.merchant('GET', '/v1/orders?reference_id=ORDER-1'),
    await stack.call('GET', '/v1/orders/x'),
    await stack.read(token),
    await stack.read('00000000-0000-4000-8000-000000000000'),
    await stack.call('OPTIONS', send, { headers: { Origin: 'https://shop.example' } }),
    await stack.call('GET', `/v1/checkout/${token}`, { headers: { Origin: 'https://evil.example' } }),
    await stack.send(token, {}),
    await stack.send(token, { ...card, card_installments: 24 }),
    await stack.send(token, { method: 'PIX' }),
    await stack.renew(token),
    await stack.call('POST', send, { body: card }),
    await stack.call('POST', send, { body: 'x'.repeat(40_000), headers: key }),
    await stack.call('POST', '/v1/callbacks/letpay', { body: { payment_token: token } }),
    await stack.call('GET', '/nowhere'),
    await stack.call('DELETE', '/v1/orders'),
    await stack.call('GET', '/healthz'),
    await stack.call('GET', '/readyz'),
    await stack.call('GET', `/pay/${token}`),
    await stack.call('GET', '/pay.css'),
    await stack.call('GET', '/letpay-checkout.js'),
  ];
}

test('every answer carries an X-Request-Id of its own', async t => {
  const stack = await startStack(t);
  const ids = (await manyAnswers(stack)).map(({ headers }) => headers.get('x-request-id'));
  assert.ok(ids.every(id => id !== null && id.length >= 8));
  assert.equal(new Set(ids).size, ids.length);
});

test('no answer holds a refresh token, an access token or a credential', async t => {
  const stack = await startStack(t, {
    env: {
      LETPAY_API_KEY: undefined,
      LETPAY_API_SECRET: undefined,
      LETPAY_USERNAME: 'demo',
      LETPAY_PASSWORD: 'demo',
    },
  });
  for (const { text, headers } of await manyAnswers(stack)) {
    const all = text + JSON.stringify([...headers]);
    assert.doesNotMatch(all, /refresh_token|x-auth-token|eyJ[\w-]+\.eyJ/i);
    assert.ok(!all.includes('store-key-of-the-tests') && !all.includes('merchant-key-of-the-tests'));
  }
});

test('every answer forbids guessing its type, and none of the money is cached', async t => {
  const stack = await startStack(t);
  for (const { headers, text } of await manyAnswers(stack)) {
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    if (text.includes('payment_token')) assert.equal(headers.get('cache-control'), 'no-store');
  }
});

test('an X-Request-Id that came in is kept when it looks like one', async t => {
  const stack = await startStack(t);
  const ask = (id: string) => stack.call('GET', '/healthz', { headers: { 'X-Request-Id': id } });
  assert.equal((await ask('shop-req-0001')).headers.get('x-request-id'), 'shop-req-0001');
  for (const bad of ['short', 'x'.repeat(65), 'with spaces in it', '{"level":"error"}']) {
    assert.notEqual((await ask(bad)).headers.get('x-request-id'), bad);
  }
});

test('the PSP is told the request id, and the log names it', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.call('POST', `/v1/checkout/${token}/sendPayment`, {
    body: { method: 'PIX' },
    headers: { ...key, 'X-Request-Id': 'follow-me-0001' },
  });
  const events = stack.log.map(line => JSON.parse(line)).filter(line => line.request_id === 'follow-me-0001');
  assert.deepEqual(events.map(({ event }) => event).sort(), ['psp_call', 'request', 'submission']);
  assert.equal(events.find(({ event }) => event === 'request').route, '/v1/checkout/:token/sendPayment');
});

test('a body over the cap is refused, however its length is told', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const path = `/v1/checkout/${token}/sendPayment`;
  const big = JSON.stringify({ ...card, card_holder: 'x'.repeat(40_000) });
  problemOf(await stack.call('POST', path, { body: big, headers: key }), 413, 'payload_too_large');

  const chunks = new ReadableStream({
    start(controller) {
      for (let at = 0; at < big.length; at += 8_000) {
        controller.enqueue(new TextEncoder().encode(big.slice(at, at + 8_000)));
      }
      controller.close();
    },
  });
  const answer = await fetch(stack.url + path, {
    method: 'POST',
    body: chunks,
    headers: { ...key, 'Content-Type': 'application/json' },
    duplex: 'half',
  } as RequestInit);
  assert.equal(answer.status, 413);
  assert.equal((await stack.payment(token)).send_received, 0);
});

test('a body that is not JSON is malformed, and is not repeated', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const reply = await stack.send(token, '{"card_number": 4539620659922097');
  problemOf(reply, 400, 'malformed_request');
  assert.ok(!reply.text.includes('4539'));
});

test('a body of another type is not read', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
    const reply = await stack.call('POST', `/v1/checkout/${token}/sendPayment`, {
      body: JSON.stringify({ method: 'PIX' }),
      headers: { ...key, 'Content-Type': type },
    });
    problemOf(reply, 415, 'unsupported_media_type');
  }
  const charset = await stack.call('POST', `/v1/checkout/${token}/sendPayment`, {
    body: { method: 'PIX' },
    headers: { ...key, 'Content-Type': 'application/json; charset=utf-8' },
  });
  checkoutOf(charset);
});

/** `João Gonçalves` is whole in UTF-8 only. */
const names = JSON.stringify({ ...order, person_firstname: 'João', person_surname: 'Gonçalves' });
const latin1 = Buffer.from(names, 'latin1');

async function post(stack: Stack, path: string, body: Uint8Array<ArrayBuffer>, type: string): Promise<Reply> {
  const answer = await fetch(stack.url + path, {
    method: 'POST',
    body,
    headers: { ...key, Authorization: `Bearer ${merchantKey}`, 'Content-Type': type },
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: JSON.parse(text) };
}

/** Every call that takes a body. */
const calls = [
  '/v1/orders',
  '/v1/persons',
  '/v1/quotes',
  '/v1/token-payments',
  '/v1/orders/some-token-1/capture',
  '/v1/orders/some-token-1/refunds',
  '/v1/checkout/some-token-1/sendPayment',
  '/v1/callbacks/letpay',
  '/v1/callbacks/letsia',
  '/v1/callbacks/lesspay',
];

test('a body that is not UTF-8 is malformed, whatever the call', async t => {
  const stack = await startStack(t);
  for (const path of calls) {
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      const reply = await post(stack, path, new Uint8Array(latin1), type);
      problemOf(reply, 400, 'malformed_request');
      assert.ok(!reply.text.includes('\ufffd'), path);
    }
  }
  assert.equal((await stack.stats()).calls['POST /payment'], undefined);
});

test('a body in another charset is of another type, whatever the call', async t => {
  const stack = await startStack(t);
  for (const path of calls) {
    for (const charset of ['ISO-8859-1', '"windows-1252"', 'utf-16', 'utf-8; charset=latin1', '']) {
      const type = `application/json; charset=${charset}`;
      problemOf(
        await post(stack, path, new Uint8Array(Buffer.from('{}')), type),
        415,
        'unsupported_media_type',
      );
    }
  }
});

test('UTF-8 is read under all its names, and with a byte order mark', async t => {
  const stack = await startStack(t);
  for (const type of ['charset=utf-8', 'charset=UTF-8', 'charset="utf-8"', 'Charset=utf8', 'profile=x']) {
    const body = new Uint8Array(Buffer.from(`\ufeff${names}`));
    assert.equal((await post(stack, '/v1/orders', body, `application/json;${type}`)).status, 201, type);
  }
});

test('an order whose optional fields are null or empty is made without them', async t => {
  const stack = await startStack(t);
  for (const nothing of [null, '']) {
    const empty = {
      person_birth: nothing,
      address_phone: nothing,
      soft_descriptor: nothing,
      return_url: nothing,
    };
    assert.equal(checkoutOf(await stack.createOrder(empty), 201).return_url, null);
    const wrong = problemOf(await stack.createOrder({ person_surname: nothing }), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(wrong), [['/person_surname', 'required']]);
  }
});

test('a wrong field is told with the words of its rule', async t => {
  const stack = await startStack(t);
  const wrong = problemOf(
    await stack.createOrder({ amount: 0.1 + 0.2, asset: 'brl' }),
    422,
    'validation_failed',
  );
  assert.deepEqual(
    wrong.errors?.map(({ pointer, detail }) => [pointer, detail]),
    [
      ['/amount', 'must have at most two decimals'],
      ['/asset', 'must be an ISO 4217 code'],
    ],
  );
});

test('an address that does not exist is not found', async t => {
  const stack = await startStack(t);
  problemOf(await stack.call('GET', '/v1/nothing'), 404, 'not_found');
  problemOf(await stack.call('GET', '/letpay-..%2F..%2Fpackage.json'), 404, 'not_found');
});

test('the proxy is alive without its PSP, and ready with its store', async t => {
  const stack = await startStack(t);
  await stack.closeEmulator();
  assert.deepEqual((await stack.call('GET', '/healthz')).body, { status: 'ok' });
  assert.deepEqual((await stack.call('GET', '/readyz')).body, { status: 'ready' });
});

test('the proxy is alive and not ready when its store cannot be written', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const broken = { ...store, ready: async () => assert.fail('disk full') };
  const stack = await startStack(t, { deps: { store: broken } });
  assert.equal((await stack.call('GET', '/healthz')).status, 200);
  const reply = await stack.call('GET', '/readyz');
  assert.equal(reply.status, 503);
  assert.ok(!reply.text.includes('disk full'));
});

test('a failure of ours is a 500 without its message, and the log has the name and the place only', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const broken = { ...store, findByReference: async () => assert.fail('secret in a message') };
  const stack = await startStack(t, { deps: { store: broken } });
  const reply = await stack.merchant('GET', '/v1/orders?reference_id=ORDER-1');
  problemOf(reply, 500, 'internal_error');
  const all = reply.text + stack.log.join('\n');
  assert.ok(!all.includes('secret in a message'));
  assert.match(all, /"event":"unexpected".*"name":"AssertionError"/);
});

test('the proxy can be mounted below a path of a merchant’s own server', async t => {
  const stack = await startStack(t, { wrap: proxy => new Hono().route('/letpay', proxy) });
  const made = await stack.merchant('POST', '/letpay/v1/orders', { amount: 'x' });
  problemOf(made, 422, 'validation_failed');
  assert.equal((await stack.call('GET', '/letpay/healthz')).status, 200);
  const foreign = await stack.call('GET', '/letpay/v1/checkout/some-token-01', {
    headers: { Origin: 'https://evil.example' },
  });
  problemOf(foreign, 403, 'origin_not_allowed');
  assert.equal((await stack.call('GET', '/healthz')).status, 404);
});
