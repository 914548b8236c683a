/** What somebody with a program and bad intentions runs into. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { clientAddress } from '../../server/middleware/client-address.ts';
import { card, checkoutOf, newKey, problemOf, startStack } from './stack.ts';

type AddressContext = Parameters<typeof clientAddress>[0];

const from = (forwarded: string | undefined, peer: string | undefined) =>
  ({
    req: { header: () => forwarded },
    env: { incoming: { socket: { remoteAddress: peer, remotePort: 1, remoteFamily: 'IPv4' } } },
  }) as unknown as AddressContext;

test('the client’s address is the peer, unless a reverse proxy is trusted to tell it', () => {
  assert.equal(clientAddress(from('203.0.113.9', '198.51.100.1'), false), '198.51.100.1');
  assert.equal(clientAddress(from('1.2.3.4, 203.0.113.9', '10.0.0.2'), true), '203.0.113.9');
  assert.equal(clientAddress(from('"><script>', '10.0.0.2'), true), '10.0.0.2');
});

test('a loopback peer is the operator’s own reverse proxy and no client', () => {
  for (const peer of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    assert.equal(clientAddress(from(undefined, peer), false), null);
  }
});

test('one address cannot try cards on checkout after checkout; another address still can', async t => {
  const stack = await startStack(t, { env: { TRUST_PROXY: 'true' }, outcomeDelayMs: 60_000 });
  const tokens = [await stack.orderToken(), await stack.orderToken()];
  const sendFrom = (address: string, token = tokens[0]) =>
    stack.call('POST', `/v1/checkout/${token}/sendPayment`, {
      body: card,
      headers: { 'Idempotency-Key': newKey(), 'X-Forwarded-For': `9.9.9.9, ${address}` },
    });
  checkoutOf(await sendFrom('203.0.113.9'));
  for (let tries = 1; tries < 100; tries += 1) await sendFrom('203.0.113.9');
  const refused = await sendFrom('203.0.113.9', tokens[1]);
  problemOf(refused, 429, 'too_many_tries');
  assert.equal(refused.headers.get('retry-after'), '600');
  checkoutOf(await sendFrom('203.0.113.10', tokens[1]));
});

test('made-up tokens are asked about at the PSP fifty times, not five hundred, and known ones go on working', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const codes = await Promise.all(
    Array.from({ length: 500 }, async (_, n) => (await stack.read(`made-up-token-${n}`)).status),
  );
  assert.ok(codes.includes(404) && codes.includes(429));
  const asked = (await stack.stats()).calls['GET /payment/{token}'] ?? 0;
  assert.ok(asked >= 50 && asked < 150, `asked ${asked} times`);
  checkoutOf(await stack.read(token));
});
