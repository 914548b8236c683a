/** Signatures and the times of tries: rules without a network. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { ConfigError, readConfig } from '../../server/config.ts';
import type { StoredEvent } from '../../server/store/outbox.ts';
import { afterTry, type TryOutcome } from '../../server/webhooks/retry.ts';
import { parseSecrets, sign } from '../../server/webhooks/signature.ts';
import { environment } from './stack.ts';

const secretOf = (seed: string, bytes = 32) => `whsec_${Buffer.alloc(bytes, seed).toString('base64')}`;
const [first, second] = [secretOf('a'), secretOf('b')];
const body = '{"type":"order.paid","data":{"reference_id":"Pedido nº 1"}}';

test('the example of the specification has the signature that it names', () => {
  const secrets = parseSecrets('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  assert.ok(secrets);
  const headers = sign(secrets, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330_000, '{"test": 2432232314}');
  assert.equal(headers['webhook-signature'], 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('the public library takes what is signed with either of two secrets, and nothing else', () => {
  const headers = { ...sign(parseSecrets(`${first} ${second}`) ?? [], 'evt_T_1', Date.now(), body) };
  for (const secret of [first, second])
    assert.deepEqual(new Webhook(secret).verify(body, headers), JSON.parse(body));
  assert.throws(() => new Webhook(secretOf('c')).verify(body, headers));
  assert.throws(() => new Webhook(first).verify(body.replace('paid', 'void'), headers));
  assert.throws(() => new Webhook(first).verify(body, { ...headers, 'webhook-id': 'evt_T_2' }));
});

test('the timestamp is that of the try, in whole seconds', () => {
  const headers = sign(parseSecrets(first) ?? [], 'evt_T_1', 1_700_000_000_999, body);
  assert.equal(headers['webhook-timestamp'], '1700000000');
});

for (const bad of [
  '',
  'secret',
  secretOf('a', 23),
  secretOf('a', 65),
  `${first} ${second} ${first}`,
  `${first} x`,
]) {
  test(`no secret: ${bad.slice(0, 20)} (${bad.length} characters)`, () => {
    assert.equal(parseSecrets(bad), null);
  });
}

function problemsOf(env: Record<string, string>): string {
  try {
    readConfig({ ...environment, ...env }, '/widget');
    return '';
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return error.message;
  }
}

test('an address without a secret stops the start, and says so', () => {
  const message = problemsOf({ MERCHANT_WEBHOOK_URL: 'https://shop.example/hook' });
  assert.match(message, /MERCHANT_WEBHOOK_SECRET: is missing/);
});

for (const url of [
  'http://shop.example/hook',
  'https://user:word@shop.example/',
  'ftp://shop.example',
  'shop',
]) {
  test(`${url} is no address for webhooks`, () => {
    const message = problemsOf({ MERCHANT_WEBHOOK_URL: url, MERCHANT_WEBHOOK_SECRET: first });
    assert.match(message, /^ {2}MERCHANT_WEBHOOK_URL: must be/m);
  });
}

test('a bad secret is named, and not repeated', () => {
  const message = problemsOf({
    MERCHANT_WEBHOOK_URL: 'http://127.0.0.1:1/hook',
    MERCHANT_WEBHOOK_SECRET: 'whsec_c2hvcnQ=',
  });
  assert.match(message, /^ {2}MERCHANT_WEBHOOK_SECRET: must be whsec_/m);
  assert.ok(!message.includes('c2hvcnQ'));
});

test('without an address nothing is passed on, and a secret alone is warned of', () => {
  assert.equal(readConfig(environment, '/widget').webhook, null);
  const { webhook, warnings } = readConfig({ ...environment, MERCHANT_WEBHOOK_SECRET: first }, '/widget');
  assert.equal(webhook, null);
  assert.ok(warnings.some(warning => warning.includes('MERCHANT_WEBHOOK_URL')));
});

const second_ = 1_000;
const minute = 60 * second_;
const hour = 60 * minute;
const began = Date.UTC(2026, 10, 20);

const tried = (tries: number): StoredEvent => ({
  id: 'evt_T_1',
  token: 'T',
  sequence: 1,
  type: 'order.paid',
  body,
  createdAt: began,
  state: 'waiting',
  tries,
  triedSince: began,
  settledAt: null,
  outcome: null,
});
const answer = (status: number, retryAfter: string | null = null): TryOutcome => ({
  kind: 'answer',
  status,
  retryAfter,
});
const dueAfter = (tries: number, outcome: TryOutcome, now: number, chance = 0) => {
  const settlement = afterTry(tried(tries), outcome, now, chance);
  return settlement.state === 'waiting' ? settlement.dueAt - now : settlement.state;
};

test('every answer from 200 to 299 is success, every other one is tried again', () => {
  for (const status of [200, 201, 202, 204, 299])
    assert.equal(afterTry(tried(1), answer(status), began, 0).state, 'delivered', String(status));
  for (const status of [199, 301, 302, 307, 400, 401, 404, 429, 500, 503])
    assert.equal(afterTry(tried(1), answer(status), began, 0).state, 'waiting', String(status));
  assert.equal(afterTry(tried(1), { kind: 'no_answer', cause: 'ECONNRESET' }, began, 0).state, 'waiting');
});

test('the waits grow, and part of a fifth is added', () => {
  const waits = [5 * second_, 30 * second_, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 2 * hour];
  assert.deepEqual(
    waits.map((_, index) => dueAfter(index + 1, answer(500), began)),
    waits,
  );
  assert.deepEqual(
    waits.map((_, index) => dueAfter(index + 1, answer(500), began, 1)),
    waits.map(wait => wait * 1.2),
  );
});

test('a receiver that says when is not asked sooner, nor sooner than ours', () => {
  assert.equal(dueAfter(1, answer(503, '90'), began), 90 * second_);
  assert.equal(dueAfter(1, answer(503, '1'), began), 5 * second_);
  assert.equal(dueAfter(1, answer(429, new Date(began + hour).toUTCString()), began), hour);
  assert.equal(dueAfter(1, answer(503, 'soon'), began), 5 * second_);
});

test('410 ends the tries of this event at once', () => {
  assert.equal(dueAfter(1, answer(410), began), 'failed');
});

test('the last try is a day after the first one, whatever the receiver asks for', () => {
  const late = began + 23 * hour;
  assert.equal(dueAfter(15, answer(500), late), hour);
  assert.equal(dueAfter(1, answer(503, '999999'), began), 24 * hour);
  assert.equal(dueAfter(16, answer(500), began + 24 * hour), 'failed');
});
