import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, checkoutOf, problemOf, shopOrigin, startStack } from './stack.ts';

const origin = { Origin: shopOrigin };

test('a page of an allowed origin can read its answers', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const reply = await stack.call('GET', `/v1/checkout/${token}`, { headers: origin });
  checkoutOf(reply);
  assert.equal(reply.headers.get('access-control-allow-origin'), shopOrigin);
  assert.match(reply.headers.get('vary') ?? '', /\bOrigin\b/);
  assert.match(reply.headers.get('access-control-expose-headers') ?? '', /X-Request-Id.*Retry-After/);
  assert.equal(reply.headers.get('access-control-allow-credentials'), null);
});

test('a page of the proxy’s own address may use it', async t => {
  const stack = await startStack(t, { callbacks: true });
  const token = await stack.orderToken();
  const reply = await stack.call('GET', `/v1/checkout/${token}`, { headers: { Origin: stack.url } });
  assert.equal(reply.status, 200);
});

const foreign = [
  'https://evil.example',
  'http://shop.example',
  'https://shop.example:8443',
  'https://sub.shop.example',
  'https://shop.example.evil.example',
  'null',
];

test('a page of any other origin is turned away before anything happens', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  for (const Origin of foreign) {
    const calls = [
      stack.call('GET', `/v1/checkout/${token}`, { headers: { Origin } }),
      stack.call('GET', `/v1/checkout/${token}/events`, { headers: { Origin } }),
      stack.call('OPTIONS', `/v1/checkout/${token}/sendPayment`, { headers: { Origin } }),
      ...['POST', 'DELETE', 'PUT'].map(method =>
        stack.call('OPTIONS', `/v1/checkout/${token}/sendPayment`, {
          headers: { Origin, 'Access-Control-Request-Method': method },
        }),
      ),
      stack.call('POST', `/v1/checkout/${token}/renew`, { headers: { Origin, 'Idempotency-Key': 'k' } }),
      stack.call('POST', `/v1/checkout/${token}/sendPayment`, {
        body: card,
        headers: { Origin, 'Idempotency-Key': 'k' },
      }),
    ];
    for (const reply of await Promise.all(calls)) {
      problemOf(reply, 403, 'origin_not_allowed');
      // The page may read this refusal and learns nothing else.
      assert.equal(reply.headers.get('access-control-allow-origin'), '*');
      assert.match(reply.headers.get('access-control-expose-headers') ?? '', /X-Request-Id/);
      assert.match(reply.headers.get('vary') ?? '', /\bOrigin\b/);
      for (const grant of ['methods', 'headers', 'credentials'])
        assert.equal(reply.headers.get(`access-control-allow-${grant}`), null);
      assert.ok(!reply.text.includes(token));
    }
  }
  assert.equal((await stack.payment(token)).send_received, 0);
});

test('a page that is not allowed can read why, even when a tracing script adds headers to its reads', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const reply = await stack.call('OPTIONS', `/v1/checkout/${token}`, {
    headers: {
      Origin: 'https://evil.example',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'sentry-trace,traceparent',
    },
  });
  assert.equal(reply.status, 204);
  assert.equal(reply.headers.get('access-control-allow-origin'), '*');
  assert.equal(reply.headers.get('access-control-allow-headers'), 'sentry-trace, traceparent');
  assert.equal(reply.headers.get('access-control-allow-methods'), null);
  assert.equal(reply.headers.get('access-control-max-age'), null);
});

const warnings = (log: readonly string[]) =>
  log.map(line => JSON.parse(line)).filter(({ event }) => event === 'origin_not_allowed');

test('the log names an origin that is not allowed, once a minute', async t => {
  const stack = await startStack(t);
  const ask = (Origin: string) => stack.call('GET', '/v1/checkout/some-token-1', { headers: { Origin } });
  for (const origin of ['https://www.shop.example', 'https://www.shop.example', 'http://localhost:3000'])
    await ask(origin);
  assert.deepEqual(
    warnings(stack.log).map(({ level, origin }) => [level, origin]),
    [
      ['warn', 'https://www.shop.example'],
      ['warn', 'http://localhost:3000'],
    ],
  );
  stack.clock.advance(61_000);
  await ask('https://www.shop.example');
  assert.equal(warnings(stack.log).length, 3);
});

test('what is no origin is not repeated in the log, and a flood of made-up origins does not fill it', async t => {
  const stack = await startStack(t);
  const ask = (Origin: string) => stack.call('GET', '/v1/checkout/some-token-1', { headers: { Origin } });
  const texts = ['null', '<script>', 'https://a.example/path', 'https://4012001037141112.example'];
  for (const text of texts) await ask(text);
  assert.deepEqual(
    warnings(stack.log).map(({ origin }) => origin),
    [null],
  );
  assert.ok(!/<script|path"|4012001037141112/.test(stack.log.join('')));
  for (let n = 0; n < 80; n++) await ask(`https://shop-${n}.example`);
  assert.equal(warnings(stack.log).length, 50);
});

test('an app’s page is allowed by its scheme and host, exactly', async t => {
  const stack = await startStack(t, { env: { ALLOWED_ORIGINS: 'capacitor://localhost,app://shop' } });
  const token = await stack.orderToken();
  const statusFor = async (Origin: string) =>
    (await stack.call('GET', `/v1/checkout/${token}`, { headers: { Origin } })).status;
  assert.equal(await statusFor('capacitor://localhost'), 200);
  assert.equal(await statusFor('app://shop'), 200);
  for (const other of [
    'ionic://localhost',
    'capacitor://localhost:1',
    'app://shop.example',
    'http://localhost',
  ])
    assert.equal(await statusFor(other), 403, other);
});

test('a request without an origin passes', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const reply = await stack.read(token);
  checkoutOf(reply);
  assert.equal(reply.headers.get('access-control-allow-origin'), null);
});

test('a preflight allows what the tag sends, and is kept for two hours', async t => {
  const stack = await startStack(t);
  const reply = await stack.call('OPTIONS', '/v1/checkout/any-token/sendPayment', {
    headers: {
      ...origin,
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,idempotency-key',
    },
  });
  assert.equal(reply.status, 204);
  assert.equal(reply.headers.get('access-control-allow-origin'), shopOrigin);
  assert.match(reply.headers.get('access-control-allow-methods') ?? '', /POST/);
  const allowed = (reply.headers.get('access-control-allow-headers') ?? '').toLowerCase();
  for (const header of ['content-type', 'idempotency-key', 'last-event-id'])
    assert.ok(allowed.includes(header));
  assert.equal(reply.headers.get('access-control-max-age'), '7200');
});

/** What monitoring scripts add to every request of a page. */
const tracing = ['traceparent', 'tracestate', 'baggage', 'sentry-trace', 'newrelic', 'x-datadog-trace-id'];

test('a preflight of an allowed page grants the headers that it asks for', async t => {
  const stack = await startStack(t);
  const granted = async (asked: string) => {
    const reply = await stack.call('OPTIONS', '/v1/checkout/any-token/sendPayment', {
      headers: {
        ...origin,
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': asked,
      },
    });
    assert.equal(reply.status, 204);
    assert.match(reply.headers.get('vary') ?? '', /Access-Control-Request-Headers/);
    return (reply.headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ');
  };
  const names = await granted(`content-type,${tracing.join(',')},idempotency-key`);
  for (const name of [...tracing, 'content-type', 'idempotency-key', 'last-event-id', 'x-request-id'])
    assert.ok(names.includes(name), name);
  assert.equal(new Set(names).size, names.length);
  const odd = await granted(`good,bad name,"quoted",<b>,${'x'.repeat(100)},*`);
  assert.deepEqual(odd.slice(4), ['good']);
  const many = await granted(Array.from({ length: 500 }, (_, n) => `x-${n}`).join(','));
  assert.equal(many.length, 50);
});

test('an allowed page can read every kind of refusal', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const send = `/v1/checkout/${token}/sendPayment`;
  const refused = await Promise.all([
    stack.call('GET', '/v1/checkout/00000000-0000-4000-8000-000000000000', { headers: origin }),
    stack.call('POST', send, { body: card, headers: origin }),
    stack.call('POST', send, { body: '{', headers: { ...origin, 'Idempotency-Key': 'k1' } }),
    stack.call('POST', send, { body: {}, headers: { ...origin, 'Idempotency-Key': 'k2' } }),
    stack.call('POST', send, { body: 'x'.repeat(40_000), headers: { ...origin, 'Idempotency-Key': 'k3' } }),
    stack.call('GET', '/v1/checkout/a/b/c', { headers: origin }),
  ]);
  for (const { status, headers } of refused) {
    assert.ok(status >= 400);
    assert.equal(headers.get('access-control-allow-origin'), shopOrigin, String(status));
  }
});

test('the merchant’s calls are for no page at all', async t => {
  const stack = await startStack(t);
  const reply = await stack.merchant('GET', '/v1/orders?reference_id=X');
  assert.equal(reply.headers.get('access-control-allow-origin'), null);
  const preflight = await stack.call('OPTIONS', '/v1/orders', { headers: origin });
  assert.equal(preflight.headers.get('access-control-allow-origin'), null);
});
