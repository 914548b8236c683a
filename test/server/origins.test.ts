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
      stack.call('POST', `/v1/checkout/${token}/renew`, { headers: { Origin, 'Idempotency-Key': 'k' } }),
      stack.call('POST', `/v1/checkout/${token}/sendPayment`, {
        body: card,
        headers: { Origin, 'Idempotency-Key': 'k' },
      }),
    ];
    for (const reply of await Promise.all(calls)) {
      problemOf(reply, 403, 'origin_not_allowed');
      assert.equal(reply.headers.get('access-control-allow-origin'), null);
    }
  }
  assert.equal((await stack.payment(token)).send_received, 0);
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
