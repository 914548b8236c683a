/** What somebody with a program and bad intentions runs into. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { clientAddress, plainAddress } from '../../server/middleware/client-address.ts';
import { parseTrustedProxies } from '../../server/middleware/trusted-proxies.ts';
import { card, checkoutOf, newKey, problemOf, startStack } from './stack.ts';

type AddressContext = Parameters<typeof clientAddress>[0];

const from = (forwarded: string | undefined, peer: string | undefined) =>
  ({
    req: { header: () => forwarded },
    env: { incoming: { socket: { remoteAddress: peer, remotePort: 1, remoteFamily: 'IPv4' } } },
  }) as unknown as AddressContext;

const none = { kind: 'none' } as const;
const hops = (count: number) => ({ kind: 'hops', hops: count }) as const;
const networks = (text: string) => parseTrustedProxies(text) ?? assert.fail(text);

for (const [what, trusted, forwarded, peer, client] of [
  ['the peer, where nobody is trusted', none, '203.0.113.9', '198.51.100.1', '198.51.100.1'],
  ['what the one proxy wrote last', hops(1), '1.2.3.4, 203.0.113.9', '10.0.0.2', '203.0.113.9'],
  [
    'what the first of two proxies wrote',
    hops(2),
    '1.2.3.4, 203.0.113.9, 198.51.100.7',
    '10.0.0.2',
    '203.0.113.9',
  ],
  ['nobody, where fewer proxies wrote than are trusted', hops(2), '203.0.113.9', '10.0.0.2', null],
  ['nobody, where the proxy names no address', hops(1), '"><script>', '198.51.100.1', null],
  ['the peer, where a client came past the proxy', hops(1), undefined, '203.0.113.9', '203.0.113.9'],
  ['without the port that Azure appends', hops(1), '203.0.113.9:51234', '10.0.0.2', '203.0.113.9'],
  ['an IPv4 address that is mapped', hops(1), '::ffff:203.0.113.9', '10.0.0.2', '203.0.113.9'],
  ['the same, in brackets, with a port', hops(1), '[::ffff:cb00:7109]:443', '10.0.0.2', '203.0.113.9'],
  ['the /64 of an IPv6 address', hops(1), '2001:db8:0:2::1f', '10.0.0.2', '2001:db8:0:2::/64'],
  [
    'the same, written at length',
    hops(1),
    '"[2001:0DB8:0000:0002:aaaa::1]"',
    '10.0.0.2',
    '2001:db8:0:2::/64',
  ],
  [
    'the first that is no trusted network',
    networks('10.0.0.0/8, 198.51.100.0/24'),
    '9.9.9.9, 203.0.113.9, 198.51.100.7',
    '::ffff:10.1.2.3',
    '203.0.113.9',
  ],
  [
    'the peer, where it is no trusted network',
    networks('10.0.0.0/8'),
    '9.9.9.9',
    '203.0.113.9',
    '203.0.113.9',
  ],
  ['nobody, behind a private proxy that nobody trusts', none, '203.0.113.9', '10.0.0.2', null],
  ['nobody on loopback', none, undefined, '127.0.0.1', null],
  ['nobody on loopback in IPv6', none, undefined, '::1', null],
  ['nobody on mapped loopback', none, undefined, '::ffff:127.0.0.1', null],
  ['nobody in a private IPv6 network', none, undefined, 'fd12:3456::1', null],
] as const) {
  test(`a client is counted as ${what}`, () => {
    assert.equal(clientAddress(from(forwarded, peer), trusted), client);
  });
}

test('any spelling of an address is the same address, and what is none is none', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.tuple(group, group, group, group, group, group, group, group), groups => {
      const long = groups.map(part => part.toString(16).padStart(4, '0').toUpperCase()).join(':');
      const short = new URL(`http://[${long}]`).hostname;
      const [a, b] = [long, `${short}:443`].map(text => clientAddress(from(text, '10.0.0.2'), hops(1)));
      assert.equal(a, b);
    }),
  );
  fc.assert(
    fc.property(fc.string(), text => {
      const address = plainAddress(text);
      assert.ok(address === null || plainAddress(address) === address);
    }),
  );
});

test('TRUST_PROXY takes a number of proxies or their networks, and nothing else', () => {
  assert.deepEqual(parseTrustedProxies('true'), hops(1));
  assert.deepEqual(parseTrustedProxies('2'), hops(2));
  assert.deepEqual(parseTrustedProxies('0'), none);
  for (const wrong of [
    '-1',
    '17',
    'yes',
    '10.0.0.0/33',
    '10.0.0/8',
    'fd00::/129',
    '10.0.0.1,',
    '10.0.0.0/8/8',
  ])
    assert.equal(parseTrustedProxies(wrong), null, wrong);
});

test('an untrusted X-Forwarded-For is warned of once', async t => {
  const stack = await startStack(t);
  for (const address of ['203.0.113.9', '203.0.113.10'])
    await stack.call('GET', '/healthz', { headers: { 'X-Forwarded-For': address } });
  const warnings = stack.log.filter(line => line.includes('X-Forwarded-For'));
  assert.equal(warnings.length, 1);
});

test('one client’s made-up tokens are limited before they use up the look-ups of all', async t => {
  const stack = await startStack(t, { env: { TRUST_PROXY: '1' } });
  const readFrom = async (address: string, token: string) =>
    (await stack.call('GET', `/v1/checkout/${token}`, { headers: { 'X-Forwarded-For': address } })).status;
  const codes: number[] = [];
  for (let n = 0; n < 30; n += 1) codes.push(await readFrom('203.0.113.9', `made-up-token-${n}`));
  assert.ok(codes.includes(429));
  assert.equal(await readFrom('203.0.113.10', 'made-up-token-of-another'), 404);
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
