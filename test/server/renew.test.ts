/** Money rule 3: a new attempt needs a definite end of the one before, or an unpaid instrument that the shopper leaves. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { card, checkoutOf, newKey, problemOf, startStack, until } from './stack.ts';

const pix = { method: 'PIX' } as const;
const orders = '/payment';

interface MerchantOrder {
  status: string;
  paid_twice: boolean;
  attempts: { status: string; method: string | null }[];
}

test('after a decline a new attempt takes another card, and the page keeps its token (LetPay 00.04.0022)', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'DECLINED' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  const renewed = checkoutOf(await stack.renew(token));
  assert.deepEqual(
    [renewed.payment_token, renewed.attempt, renewed.status, renewed.decline, renewed.can],
    [token, 2, 'CREATED', null, { submit: true, renew: false }],
  );
  checkoutOf(await stack.send(token, { ...card, card_number: '5240082975622454' }));
  assert.deepEqual(
    (await stack.payments()).map(({ send_received }) => send_received),
    [1, 1],
  );
});

test('a Pix that nobody paid can be left for a card', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  const renewed = checkoutOf(await stack.renew(token));
  assert.deepEqual([renewed.attempt, renewed.instrument, renewed.can.submit], [2, null, true]);
  const sent = checkoutOf(await stack.send(token, card));
  assert.deepEqual([sent.status, sent.method], ['PROCESSING', 'CREDITCARD']);
});

test('ten codes are left on one checkout, and no eleventh attempt is made', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  for (let n = 0; n < 10; n += 1) {
    if (n > 0) checkoutOf(await stack.renew(token));
    checkoutOf(await stack.send(token, pix));
  }
  assert.equal(checkoutOf(await stack.read(token)).can.renew, false);
  const refused = await stack.renew(token);
  problemOf(refused, 429, 'too_many_tries');
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.equal((await stack.payments()).length, 10);
});

test('twenty attempts are made on one checkout, whatever became of them', async t => {
  const stack = await startStack(t, { env: { CARD_TRIES_PER_CHECKOUT: '100' } });
  const token = await stack.orderToken({ person_firstname: 'DECLINED' });
  for (let n = 0; n < 20; n += 1) {
    if (n > 0) checkoutOf(await stack.renew(token));
    checkoutOf(await stack.send(token, card));
    await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  }
  problemOf(await stack.renew(token), 429, 'too_many_tries');
  assert.equal((await stack.payments()).length, 20);
});

test('an unused attempt is not renewed', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  problemOf(await stack.renew(token), 409, 'not_renewable');
  assert.equal((await stack.payments()).length, 1);
});

test('a card that is still being decided is not renewed', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, card);
  problemOf(await stack.renew(token), 409, 'not_renewable');
});

test('a submission whose outcome is unknown is not renewed', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'status', status: 502, times: 1_000 });
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'drop_after' });
  checkoutOf(await stack.send(token, pix), 202);
  problemOf(await stack.renew(token), 409, 'not_renewable');
  assert.equal((await stack.payments()).length, 1);
});

for (const status of ['IN_ANALYSIS', 'PRE_AUTHORIZED'] as const) {
  test(`a Pix that is ${status} was paid by somebody: its code is gone and it is not renewed`, async t => {
    const stack = await startStack(t, { outcomeDelayMs: 60_000 });
    const token = await stack.orderToken();
    await stack.send(token, pix);
    await stack.settle(token, status);
    const seen = await stack.checkoutWhen(token, checkout => checkout.status === status);
    assert.deepEqual([seen.instrument, seen.can], [null, { submit: false, renew: false }]);
    problemOf(await stack.renew(token), 409, 'not_renewable');
  });
}

test('a Pix that went into review between two reads is not renewed', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  await stack.settle(token, 'IN_ANALYSIS');
  problemOf(await stack.renew(token), 409, 'not_renewable');
  assert.equal((await stack.payments()).length, 1);
});

test('a Pix that was paid meanwhile makes the checkout paid at renewal, without a new attempt', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  await stack.settle(token, 'PAID');
  const seen = checkoutOf(await stack.renew(token));
  assert.deepEqual([seen.status, seen.attempt, seen.can], ['PAID', 1, { submit: false, renew: false }]);
  assert.equal((await stack.payments()).length, 1);
  problemOf(await stack.renew(token), 409, 'already_paid');
});

for (const status of ['PAID', 'IN_ANALYSIS'] as const) {
  test(`an old Pix that is ${status} is discovered before another card is charged`, async t => {
    const stack = await startStack(t, { outcomeDelayMs: 60_000 });
    const token = await stack.orderToken();
    await stack.send(token, pix);
    await stack.renew(token);
    await stack.settle(token, status);
    const before = (await stack.stats()).calls['GET /payment/{token}'] ?? 0;
    const reply = await stack.send(token, card);
    assert.ok(((await stack.stats()).calls['GET /payment/{token}'] ?? 0) > before);
    problemOf(reply, 409, status === 'PAID' ? 'already_paid' : 'submission_in_flight');
    const [, second] = await stack.payments();
    assert.equal(second?.send_received, 0);
  });
}

test('while an old Pix cannot be read, no card is charged', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  await stack.renew(token);
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'status', status: 502, times: 1_000 });
  problemOf(await stack.send(token, card), 503, 'psp_unavailable');
  const [, second] = await stack.payments();
  assert.equal(second?.send_received, 0);
});

test('an old code stays watched: paying it later makes the checkout paid', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  await stack.renew(token);
  await stack.settle(token, 'PAID');
  const seen = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.deepEqual([seen.method, seen.can], ['PIX', { submit: false, renew: false }]);
});

test('two paid codes are told to the merchant', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  await stack.renew(token);
  await stack.send(token, { method: 'BOLETO' });
  for (const { payment_token } of await stack.payments()) await stack.settle(payment_token, 'PAID');
  const told = await until(async () => {
    stack.clock.advance(2_000);
    const body = (await stack.merchant('GET', `/v1/orders/${token}`)).body as MerchantOrder;
    return body.paid_twice && body;
  });
  assert.deepEqual(
    told.attempts.map(({ status, method }) => [status, method]),
    [
      ['PAID', 'PIX'],
      ['PAID', 'BOLETO'],
    ],
  );
});

test('one paid code of two is not paid twice', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  await stack.renew(token);
  await stack.send(token, { method: 'BOLETO' });
  await stack.settle((await stack.payments())[1]?.payment_token ?? '', 'PAID');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  const told = (await stack.merchant('GET', `/v1/orders/${token}`)).body as MerchantOrder;
  assert.equal(told.paid_twice, false);
});

test('two renewals at once give one attempt to both', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  const replies = await Promise.all([stack.renew(token), stack.renew(token)]);
  assert.deepEqual(
    replies.map(reply => checkoutOf(reply).attempt),
    [2, 2],
  );
  assert.equal((await stack.payments()).length, 2);
});

test('each of two renewals at once can be asked again under its own key', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  const asked = [newKey(), newKey()];
  await Promise.all(asked.map(key => stack.renew(token, key)));
  for (const key of asked) assert.equal(checkoutOf(await stack.renew(token, key)).attempt, 2);
  assert.equal((await stack.payments()).length, 2);
});

test('the same renewal key gives the same attempt', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  const key = newKey();
  await stack.renew(token, key);
  await stack.send(token, pix);
  assert.equal(checkoutOf(await stack.renew(token, key)).attempt, 2);
  assert.equal((await stack.payments()).length, 2);
});

test('a submission’s key is no renewal’s key', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  const key = newKey();
  await stack.send(token, pix, key);
  problemOf(await stack.renew(token, key), 422, 'idempotency_mismatch');
});

test('a renewal without an Idempotency-Key makes nothing', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  problemOf(await stack.call('POST', `/v1/checkout/${token}/renew`), 400, 'idempotency_key_required');
  assert.equal((await stack.payments()).length, 1);
});

test('with the PSP down at renewal the old code stays, and the same key works later', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, pix);
  const key = newKey();
  await stack.fault({ path: orders, kind: 'status', status: 502 });
  problemOf(await stack.renew(token, key), 503, 'psp_unavailable');
  assert.notEqual(checkoutOf(await stack.read(token)).instrument, null);
  assert.equal(checkoutOf(await stack.renew(token, key)).attempt, 2);
});

test('a paid checkout is not renewed', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  problemOf(await stack.renew(token), 409, 'already_paid');
});

test('a renewal of what nobody knows is not found', async t => {
  const stack = await startStack(t);
  problemOf(await stack.renew('00000000-0000-4000-8000-000000000000'), 404, 'not_found');
});

test('after thirty days no attempt follows, and the payer’s data is gone from the store', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-old-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const stack = await startStack(t, {
    env: { STORE_URL: `sqlite:${join(folder, 'letpay.db')}`, STORE_KEY: undefined },
  });
  const token = await stack.orderToken({ person_firstname: 'DECLINED', person_surname: 'Quixabeira' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status, can }) => status === 'DECLINED' && can.renew);
  const stored = () =>
    readdirSync(folder).some(file => readFileSync(join(folder, file)).includes('Quixabeira'));
  assert.equal(stored(), true);
  stack.clock.advance(30 * 24 * 60 * 60_000);
  await stack.checkoutWhen(token, ({ can }) => !can.renew);
  problemOf(await stack.renew(token), 409, 'not_renewable');
  await stack.close();
  assert.equal(stored(), false);
});
