/** Charges of a stored card that the merchant makes without the shopper. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { forEachDialect, merchantCalls, orderOf } from './merchant-calls.ts';
import {
  environment,
  fieldsIn,
  merchantKey,
  newKey,
  problemOf,
  type Stack,
  startStack,
  until,
} from './stack.ts';
import { storedCards } from './stored-cards.ts';

const charge = { amount: 100, asset: 'USD', reference_id: 'SUB-1', extra_data: { month: 11 } };

async function person(stack: Stack, firstName = 'PAID') {
  const { personId, cardId } = await storedCards(stack).store({ person_firstname: firstName });
  return { public_person_id: personId, public_card_id: cardId };
}

function charges(stack: Stack) {
  const authorization = { Authorization: `Bearer merchant-key-of-the-tests-0001` };
  return {
    charge: (body: object, key = newKey()) =>
      stack.call('POST', '/v1/token-payments', {
        body: { ...charge, ...body },
        headers: { ...authorization, 'Idempotency-Key': key },
      }),
    taken: () => storedCards(stack).taken(charge.reference_id),
  };
}

forEachDialect('a charge is an order of its own: read, found by its reference, refunded', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  const made = orderOf(await charges(stack).charge(await person(stack)), 201);
  assert.deepEqual([made.currency, made.totals?.customer_amount], ['BRL', 413.71]);
  const { payment_token: token } = made;
  const paid = await merchant.orderWhen(token, ({ status }) => status === 'PAID');
  assert.equal(paid.amount_received, 413.71);
  const [payment, ...others] = await charges(stack).taken();
  assert.equal(others.length, 0);
  assert.deepEqual(
    paid.attempts.map(({ payment_token }) => payment_token),
    [payment?.payment_token],
  );
  const { body } = await stack.merchant('GET', '/v1/orders?reference_id=SUB-1');
  assert.equal((body as { orders: unknown[] }).orders.length, 1);
  assert.equal((await merchant.refund(token, { amount: 13.71 })).status, 201);
});

test('a held charge is captured', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const made = orderOf(await charges(stack).charge({ ...(await person(stack)), delay_capture: true }), 201);
  await merchant.orderWhen(made.payment_token, ({ status }) => status === 'PRE_AUTHORIZED');
  await merchant.capture(made.payment_token);
  await merchant.orderWhen(made.payment_token, ({ status }) => status === 'PAID');
});

test('no page can pay, renew or see cards on it', async t => {
  const stack = await startStack(t);
  const ids = await person(stack, 'DECLINED');
  const { payment_token: token } = orderOf(await charges(stack).charge(ids), 201);
  await merchantCalls(stack).orderWhen(token, ({ status }) => status === 'DECLINED');
  const seen = (await stack.read(token)).body as { saved_cards: unknown[]; methods: unknown[]; can: unknown };
  assert.deepEqual([seen.saved_cards, seen.methods, seen.can], [[], [], { submit: false, renew: false }]);
  problemOf(await stack.renew(token), 409, 'not_renewable');
  const body = { method: 'CREDITCARD', public_card_id: ids.public_card_id };
  problemOf(await stack.send(token, body), 409, 'renew_required');
});

test('needs an Idempotency-Key; the same one is answered again, with another body refused', async t => {
  const stack = await startStack(t);
  const ids = await person(stack);
  const { charge: make, taken } = charges(stack);
  problemOf(
    await stack.merchant('POST', '/v1/token-payments', { ...charge, ...ids }),
    400,
    'idempotency_key_required',
  );
  const key = newKey();
  const first = orderOf(await make(ids, key), 201);
  const again = orderOf(await make(ids, key), 200);
  assert.equal(again.payment_token, first.payment_token);
  problemOf(await make({ ...ids, amount: 101 }, key), 422, 'idempotency_mismatch');
  assert.equal((await taken()).length, 1);
});

test('many calls at once with one key charge once', async t => {
  const stack = await startStack(t);
  const ids = await person(stack);
  const key = newKey();
  const { charge: make, taken } = charges(stack);
  const replies = await Promise.all(Array.from({ length: 6 }, () => make(ids, key)));
  assert.ok(replies.every(({ status }) => [200, 201, 202, 409].includes(status)));
  assert.equal((await taken()).length, 1);
});

forEachDialect('what the PSP refuses is told with its fields, and again for the same key', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const ids = await person(stack);
  const key = newKey();
  const { charge: make, taken } = charges(stack);
  const refused = problemOf(await make({ ...ids, asset: 'XXX' }, key), 422, 'psp_refused');
  assert.ok(refused.detail.length > 0);
  problemOf(await make({ ...ids, asset: 'XXX' }, key), 422, 'psp_refused');
  problemOf(await make({ ...ids, public_card_id: 'CAR-nothing' }), 422, 'psp_refused');
  const other = await person(stack);
  problemOf(await make({ ...ids, public_card_id: other.public_card_id }), 422, 'psp_refused');
  assert.deepEqual(await taken(), []);
});

test('wrong fields are named before anything leaves', async t => {
  const stack = await startStack(t);
  const problem = problemOf(await charges(stack).charge({ amount: -1 }), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(problem), [
    ['/amount', 'invalid'],
    ['/public_person_id', 'required'],
    ['/public_card_id', 'required'],
  ]);
  assert.equal((await stack.stats()).calls['POST /token'], undefined);
});

for (const kind of ['drop_after', 'garbage', 'truncate', 'status_after'] as const) {
  forEachDialect(
    `a charge whose answer was lost (${kind}) is 202, found by its reference, and not made twice`,
    async (t, era) => {
      const stack = await startStack(t);
      await stack.dialect(era);
      const ids = await person(stack);
      const key = newKey();
      const { charge: make, taken } = charges(stack);
      await stack.fault({ path: '/token', kind, status: 502 });
      const made = orderOf(await make(ids, key), 202);
      const paid = await merchantCalls(stack).orderWhen(
        made.payment_token,
        ({ status }) => status === 'PAID',
      );
      assert.deepEqual([paid.verifying, paid.currency, paid.amount_received], [false, 'BRL', 413.71]);
      assert.equal(orderOf(await make(ids, key)).payment_token, made.payment_token);
      assert.equal((await taken()).length, 1);
    },
  );
}

test('a charge that never arrived can be asked for with the same key once that is certain', async t => {
  const stack = await startStack(t);
  const ids = await person(stack);
  const key = newKey();
  const { charge: make, taken } = charges(stack);
  await stack.fault({ path: '/token', kind: 'drop_before' });
  const made = orderOf(await make(ids, key), 202);
  orderOf(await make(ids, key), 202);
  stack.clock.advance(125_000);
  await merchantCalls(stack).orderWhen(made.payment_token, ({ verifying }) => !verifying);
  assert.deepEqual(await taken(), []);
  const again = await until(async () => {
    const reply = await make(ids, key);
    return reply.status === 200 && orderOf(reply);
  });
  assert.equal(again.payment_token, made.payment_token);
  assert.equal((await taken()).length, 1);
});

test('while the PSP cannot be reached nothing is sent, and the same key may try again', async t => {
  const stack = await startStack(t);
  const ids = await person(stack);
  const key = newKey();
  const { charge: make, taken } = charges(stack);
  stack.clock.advance(10 * 60_000);
  await stack.fault({ path: '/auth', kind: 'drop_before', times: 2 });
  problemOf(await make(ids, key), 503, 'psp_unavailable');
  await stack.control('DELETE', '/faults');
  orderOf(await make(ids, key), 200);
  assert.equal((await taken()).length, 1);
});

for (const delay_capture of [true, false]) {
  const status = delay_capture ? 'PRE_AUTHORIZED' : 'PAID';
  test(`the key of a charge that was given up is answered with it when it turns up ${status}`, async t => {
    const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
    const merchant = merchantCalls(stack);
    const body = { ...(await person(stack)), delay_capture };
    const key = newKey();
    await stack.fault({ path: '/token', kind: 'delay_before', ms: 2_500 });
    const { payment_token: token } = orderOf(await charges(stack).charge(body, key), 202);
    stack.clock.advance(130_000);
    await merchant.orderWhen(token, ({ verifying }) => !verifying);
    await merchant.orderWhen(token, order => order.status === status);
    const repeated = orderOf(await charges(stack).charge(body, key));
    assert.deepEqual([repeated.payment_token, repeated.status], [token, status]);
    assert.equal((await charges(stack).taken()).length, 1);
  });
}

/** The same merchant’s proxy with a store that has forgotten everything. */
function forgetful(t: TestContext, stack: Stack) {
  const proxy = createProxy(readConfig({ ...environment, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'), {
    store: openSqliteStore(':memory:', recordCodec(null)),
    now: stack.clock.now,
    monotonic: stack.clock.monotonic,
    log: () => undefined,
  });
  t.after(() => proxy.close());
  return proxy;
}

for (const fault of [null, { kind: 'drop_after' }, { kind: 'status_after', status: 409 }] as const) {
  forEachDialect(
    `a store that forgot a charge (${fault?.kind ?? 'answered'}) finds it at the PSP by the same key, and sends none`,
    async (t, era) => {
      const stack = await startStack(t);
      await stack.dialect(era);
      const body = { ...charge, ...(await person(stack)) };
      const key = newKey();
      if (fault) await stack.fault({ path: '/token', method: 'POST', times: 1, ...fault });
      const first = await charges(stack).charge(body, key);
      const { payment_token: token } = orderOf(first, first.status);
      await merchantCalls(stack).orderWhen(token, ({ status }) => status === 'PAID');

      const reply = await forgetful(t, stack).request('/v1/token-payments', {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${merchantKey}`,
          'Idempotency-Key': key,
          'Content-Type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      const again = (await reply.json()) as { payment_token: string; status: string };
      assert.deepEqual([reply.status, again.payment_token, again.status], [201, token, 'PAID']);
      assert.equal((await charges(stack).taken()).length, 1);
    },
  );
}

test('a charge whose PSP cannot be searched first is not sent', async t => {
  const stack = await startStack(t);
  const ids = await person(stack);
  await stack.fault({ path: '/payment/reference/*', method: 'GET', kind: 'status', status: 502, times: 2 });
  const key = newKey();
  problemOf(await charges(stack).charge(ids, key), 503, 'psp_unavailable');
  assert.equal((await charges(stack).taken()).length, 0);
  await stack.control('DELETE', '/faults');
  orderOf(await charges(stack).charge(ids, key));
  assert.equal((await charges(stack).taken()).length, 1);
});

test('a key that outlived its claim is answered with its charge, and never with it for another body', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const ids = await person(stack);
  const key = newKey();
  const { payment_token: token } = orderOf(await charges(stack).charge(ids, key), 201);
  await merchant.orderWhen(token, ({ status }) => status === 'PAID');
  stack.clock.advance(31 * 24 * 60 * 60_000);
  problemOf(await charges(stack).charge({ ...ids, amount: 250 }, key), 422, 'idempotency_mismatch');
  problemOf(await charges(stack).charge({ ...ids, reference_id: 'SUB-2' }, key), 422, 'idempotency_mismatch');
  const repeated = orderOf(await charges(stack).charge(ids, key));
  assert.deepEqual([repeated.payment_token, repeated.status], [token, 'PAID']);
  assert.equal((await charges(stack).taken()).length, 1);
});
