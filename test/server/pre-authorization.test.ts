/** Held money: captured or given up once, whatever fails between the merchant, the proxy and the PSP. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { forEachDialect, merchantCalls, orderOf } from './merchant-calls.ts';
import {
  card,
  checkoutOf,
  environment,
  fieldsIn,
  merchantKey,
  newKey,
  problemOf,
  startStack,
  until,
} from './stack.ts';

const captureCall = 'POST /payment/{token}/capture';
const cancelCall = 'POST /payment/{token}/cancel';
const capturePath = '/payment/*/capture';
/** Longer than a “still held” needs to be believed. */
const longEnough = 5_000;
const day = 24 * 60 * 60_000;

forEachDialect('all that is held is captured when no amount is named', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  const captured = orderOf(await merchant.capture(token));
  assert.deepEqual(
    [captured.status, captured.amount_received, captured.amount_owed],
    ['PAID', 123.45, 123.45],
  );
  assert.equal((await stack.payment(token)).status, 'PAID');
  assert.equal(await merchant.calls(captureCall), 1);
});

forEachDialect('part of what is held is captured, and amount_received tells how much', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  const reply = await merchant.capture(token, { amount: '100.50' });
  const captured = orderOf(reply);
  assert.deepEqual([captured.status, captured.amount_received, captured.amount_owed], ['PAID', 100.5, 100.5]);
  const { hold_decision } = captured.attempts[0] ?? {};
  assert.deepEqual(
    [hold_decision?.kind, hold_decision?.amount, hold_decision?.request_id],
    ['capture', 100.5, reply.headers.get('x-request-id')],
  );
});

forEachDialect('held money is given up', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  assert.equal(orderOf(await merchant.cancel(token)).status, 'CANCELED');
  assert.equal((await stack.payment(token)).status, 'CANCELED');
  assert.equal(orderOf(await merchant.cancel(token)).status, 'CANCELED');
  assert.equal(await merchant.calls(cancelCall), 1);
  problemOf(await merchant.capture(token), 409, 'not_pre_authorized');
});

test('the same capture again is the same answer, another one is refused, and neither reaches the PSP', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  orderOf(await merchant.capture(token, { amount: 100 }));
  assert.equal(orderOf(await merchant.capture(token, { amount: 100 })).amount_received, 100);
  problemOf(await merchant.capture(token, { amount: 50 }), 409, 'already_captured');
  problemOf(await merchant.capture(token), 409, 'already_captured');
  problemOf(await merchant.cancel(token), 409, 'already_captured');
  assert.deepEqual([await merchant.calls(captureCall), await merchant.calls(cancelCall)], [1, 0]);
});

test('an Idempotency-Key stands for one decision', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  const key = newKey();
  orderOf(await merchant.capture(token, { amount: 100 }, key));
  orderOf(await merchant.capture(token, { amount: 100 }, key));
  problemOf(await merchant.capture(token, { amount: 99 }, key), 422, 'idempotency_mismatch');
  problemOf(await merchant.cancel(token, key), 422, 'idempotency_mismatch');
  assert.equal(await merchant.calls(captureCall), 1);
});

const wrongAmounts: readonly (readonly [what: string, body: unknown, pointer: string, code: string])[] = [
  ['zero', { amount: 0 }, '/amount', 'invalid'],
  ['less than nothing', { amount: -1 }, '/amount', 'invalid'],
  ['three decimals', { amount: 1.234 }, '/amount', 'invalid'],
  ['words', { amount: 'all' }, '/amount', 'invalid'],
  ['more than is held', { amount: 123.46 }, '/amount', 'too_large'],
  ['a misspelt field', { amout: 10 }, '/amout', 'invalid'],
];

test('a wrong amount is refused with its field, and nothing is sent', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  for (const [what, body, pointer, code] of wrongAmounts) {
    const refused = problemOf(await merchant.capture(token, body), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(refused), [[pointer, code]], what);
  }
  assert.equal(await merchant.calls(captureCall), 0);
  assert.equal((await merchant.order(token)).status, 'PRE_AUTHORIZED');
});

test('in a currency without decimals a capture has none', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await stack.orderToken({
    amount: 5000,
    asset: 'CLP',
    payment_country: 'CL',
    payment_currency: 'CLP',
    delay_capture: true,
  });
  const refused = problemOf(await merchant.capture(token, { amount: 4999.5 }), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [['/amount', 'invalid']]);
});

test('what is not held cannot be captured or given up, by the PSP’s newest word', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const merchant = merchantCalls(stack);
  const fresh = await stack.orderToken({ delay_capture: true });
  problemOf(await merchant.capture(fresh), 409, 'not_pre_authorized');
  const paid = await merchant.paid();
  problemOf(await merchant.capture(paid), 409, 'not_pre_authorized');
  problemOf(await merchant.cancel(paid), 409, 'not_pre_authorized');
  const pix = await stack.orderToken();
  checkoutOf(await stack.send(pix, { method: 'PIX' }));
  problemOf(await merchant.cancel(pix), 409, 'not_pre_authorized');
  assert.deepEqual([await merchant.calls(captureCall), await merchant.calls(cancelCall)], [0, 0]);

  // The hold came after the proxy’s last look.
  const token = await stack.orderToken({ delay_capture: true });
  checkoutOf(await stack.send(token, card));
  await stack.settle(token, 'PRE_AUTHORIZED');
  assert.equal(orderOf(await merchant.capture(token)).status, 'PAID');
  problemOf(await merchant.capture('00000000-0000-4000-8000-000000000000'), 404, 'not_found');
});

test('held money that the PSP voided after five days shows as CANCELED without anybody asking', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.control('POST', '/clock', { advance_ms: 5 * day });
  stack.clock.advance(5 * day);
  // The list by reference tells what is known here and asks nobody.
  await until(async () => {
    stack.clock.advance(1_000);
    const { body } = await stack.merchant('GET', '/v1/orders?reference_id=ORDER-1');
    return (body as { orders: { status: string }[] }).orders[0]?.status === 'CANCELED';
  });
  problemOf(await merchant.capture(token), 409, 'not_pre_authorized');
});

test('a capture of what was voided behind the proxy’s back is told as it is', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.settle(token, 'CANCELED');
  problemOf(await merchant.capture(token), 409, 'not_pre_authorized');
  assert.equal((await merchant.order(token)).status, 'CANCELED');
});

test('money that was captured elsewhere with the same amount is the same answer', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.settle(token, 'PAID', { amount_received: 100 });
  assert.equal(orderOf(await merchant.capture(token, { amount: 100 })).status, 'PAID');
  problemOf(await merchant.capture(token, { amount: 90 }), 409, 'already_captured');
});

const tookEffect = [
  { kind: 'drop_after' },
  { kind: 'status_after', status: 500 },
  ...[400, 401, 403, 404, 409, 422, 429].map(status => ({ kind: 'status_after', status }) as const),
  { kind: 'status_after', status: 401, times: 2 },
  { kind: 'garbage' },
  { kind: 'truncate' },
] as const;

for (const fault of tookEffect) {
  const name = Object.values(fault).join(' ');
  forEachDialect(`a capture whose answer was lost (${name}) is known by the PSP’s status`, async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const merchant = merchantCalls(stack);
    const token = await merchant.held();
    await stack.fault({ path: capturePath, ...fault });
    assert.equal(orderOf(await merchant.capture(token, { amount: 80 })).amount_received, 80);
  });
}

for (const fault of [{ kind: 'drop_before' }, { kind: 'status', status: 502 }] as const) {
  test(`a capture that the PSP never took (${fault.kind}) is 202 until that is sure, and can be asked for again`, async t => {
    const stack = await startStack(t);
    const merchant = merchantCalls(stack);
    const token = await merchant.held();
    await stack.fault({ path: capturePath, ...fault });
    assert.equal(orderOf(await merchant.capture(token, { amount: 80 }), 202).status, 'PRE_AUTHORIZED');
    assert.equal(orderOf(await merchant.capture(token, { amount: 80 }), 202).status, 'PRE_AUTHORIZED');
    problemOf(await merchant.capture(token, { amount: 70 }), 409, 'capture_in_flight');
    problemOf(await merchant.cancel(token), 409, 'capture_in_flight');

    stack.clock.advance(longEnough);
    await merchant.orderWhen(token, ({ attempts }) => attempts[0]?.hold_decision === null);
    assert.equal(orderOf(await merchant.capture(token, { amount: 80 })).amount_received, 80);
  });
}

test('a capture that the PSP answers too late is 202, and then PAID without another call', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.fault({ path: capturePath, kind: 'delay_before', ms: 500 });
  assert.equal(orderOf(await merchant.capture(token), 202).status, 'PRE_AUTHORIZED');
  await until(async () => (await stack.payment(token)).status === 'PAID');
  await merchant.orderWhen(token, ({ status }) => status === 'PAID');
  assert.equal(await merchant.calls(captureCall), 1);
});

test('a cancellation whose answer was lost is known by the PSP’s status', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.fault({ path: '/payment/*/cancel', kind: 'drop_after' });
  assert.equal(orderOf(await merchant.cancel(token)).status, 'CANCELED');
});

test('with the PSP unreachable nothing is sent, and the caller may try again', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.closeEmulator();
  problemOf(await merchant.capture(token), 503, 'psp_unavailable');
  problemOf(await merchant.capture(token), 503, 'psp_unavailable');
});

forEachDialect('the PSP’s own refusal of an amount names the field', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  // Made elsewhere: the proxy knows no price, so the PSP is the one that judges.
  const made = await merchant.held();
  const store = openSqliteStore(':memory:', recordCodec(null));
  const other = createProxy(readConfig({ ...environment, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'), {
    store,
    now: stack.clock.now,
    monotonic: stack.clock.monotonic,
    log: () => undefined,
  });
  t.after(() => other.close());
  const ask = (body?: unknown) =>
    other.request(`/v1/orders/${made}/capture`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${merchantKey}`, 'Content-Type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const unnamed = await (await ask()).json();
  assert.deepEqual([unnamed.code, fieldsIn(unnamed)], ['validation_failed', [['/amount', 'required']]]);
  const tooMuch = await (await ask({ amount: 200 })).json();
  assert.deepEqual([tooMuch.code, fieldsIn(tooMuch)], ['psp_refused', [['/amount', 'too_large']]]);
  const taken = await ask({ amount: 20 });
  assert.equal(taken.status, 200);
});

test('two captures at once are one call to the PSP, and a different one at the same time is refused', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.fault({ path: capturePath, kind: 'delay', ms: 300 });
  const twins = [merchant.capture(token, { amount: 60 }), merchant.capture(token, { amount: 60 })];
  await until(async () => (await merchant.calls(captureCall)) === 1);
  problemOf(await merchant.cancel(token), 409, 'capture_in_flight');
  problemOf(await merchant.capture(token, { amount: 61 }), 409, 'capture_in_flight');
  for (const reply of await Promise.all(twins)) assert.equal(orderOf(reply).amount_received, 60);
  assert.deepEqual([await merchant.calls(captureCall), await merchant.calls(cancelCall)], [1, 0]);
});

test('a proxy that died between the note and the answer is followed by one that reads the status', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const stack = await startStack(t, { deps: { store }, env: { PSP_TIMEOUT_MS: '1000' } });
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.fault({ path: capturePath, kind: 'delay', ms: 900 });
  const first = merchant.capture(token, { amount: 70 });
  await until(async () => (await stack.payment(token)).status === 'PAID');

  const other = createProxy(readConfig({ ...environment, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'), {
    store,
    now: stack.clock.now,
    monotonic: stack.clock.monotonic,
    log: createLog(() => undefined, stack.clock.now),
  });
  const seen = await other.request(`/v1/orders/${token}/capture`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${merchantKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ amount: 70 }),
  });
  assert.equal(seen.status, 200);
  assert.equal((await seen.json()).amount_received, 70);
  assert.equal(orderOf(await first).amount_received, 70);
  assert.equal(await merchant.calls(captureCall), 1);
  await stack.close();
  await other.close();
});

test('to hold the money is the merchant’s choice: a page can neither set nor unset it', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const charged = await stack.orderToken({ person_firstname: 'PAID' });
  checkoutOf(await stack.send(charged, { ...card, delay_capture: true }));
  await merchant.orderWhen(charged, ({ status }) => status === 'PAID');
  const held = await stack.orderToken({ person_firstname: 'PAID', delay_capture: true });
  checkoutOf(await stack.send(held, { ...card, delay_capture: false }));
  await merchant.orderWhen(held, ({ status }) => status === 'PRE_AUTHORIZED');
});

test('capture and cancellation need the merchant’s key', async t => {
  const stack = await startStack(t);
  const token = await merchantCalls(stack).held();
  for (const path of ['capture', 'cancel', 'refunds']) {
    problemOf(await stack.call('POST', `/v1/orders/${token}/${path}`), 401, 'unauthorized');
  }
  problemOf(await stack.call('GET', `/v1/refunds/rf_${token}_1`), 401, 'unauthorized');
  assert.equal((await stack.payment(token)).status, 'PRE_AUTHORIZED');
});

test('an operator sees decisions by kind and outcome, and who asked for them', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  const reply = await merchant.capture(token);
  const { text } = await stack.call('GET', '/metrics');
  assert.match(text, /^letpay_hold_decisions_total\{kind="capture",outcome="taken"\} 1$/m);
  assert.match(text, /route="\/v1\/orders\/:token\/capture",status="200"/);
  const line = stack.log.find(entry => entry.includes('"hold_decision"'));
  assert.ok(line?.includes(reply.headers.get('x-request-id') ?? '-'), line);
});

test('what was canceled at the PSP is canceled: the call that asks for it is answered with it', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.held();
  await stack.settle(token, 'CANCELED');
  await merchant.orderWhen(token, ({ status }) => status === 'CANCELED');
  const key = newKey();
  assert.equal(orderOf(await merchant.cancel(token, key)).status, 'CANCELED');
  assert.equal(orderOf(await merchant.cancel(token, key)).status, 'CANCELED');
  assert.equal(await merchant.calls('POST /payment/{token}/cancel'), 0);
});
