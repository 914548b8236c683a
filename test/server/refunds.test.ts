/** Refunds: given back once, whatever fails between the merchant, the proxy and the PSP, in both of LetPay’s dialects. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { refund } from '../../server/contract/refund.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { forEachDialect, merchantCalls, refundOf } from './merchant-calls.ts';
import {
  request as emulatorRequest,
  environment,
  fieldsIn,
  merchantKey,
  newKey,
  problemOf,
  type Stack,
  startStack,
  until,
} from './stack.ts';

const refundCall = 'POST /refund';
const slow = { outcomeDelayMs: 600_000 } as const;
const minute = 60_000;
const account = {
  type: 'CHECKING',
  bank_number: '237',
  agency_number: '12345',
  agency_check_digit: '3',
  account_number: '998877665544',
  account_check_digit: '4',
} as const;

forEachDialect('all that came in is given back when no amount is named', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  const asked = refundOf(await merchant.refund(token));
  assert.deepEqual(
    [asked.payment_token, asked.attempt_token, asked.amount, asked.currency, asked.verifying, asked.failure],
    [token, token, 123.45, 'BRL', false, null],
  );
  assert.equal(asked.psp_refund_id, era === 'current' ? '1' : null);
  const done = await merchant.refundWhen(asked.refund_id, ({ status }) => status === 'COMPLETED');
  assert.equal(done.refund_id, asked.refund_id);
  const order = await merchant.orderWhen(token, ({ status }) => status === 'REFUNDED');
  assert.deepEqual([order.refunded_amount, order.attempts[0]?.refunded_amount], [123.45, 123.45]);
  problemOf(await merchant.refund(token), 409, 'not_refundable');
  assert.equal(await merchant.calls(refundCall), 1);
});

forEachDialect('parts are given back, never more than came in', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  const first = refundOf(await merchant.refund(token, { amount: 30 }));
  await merchant.refundWhen(first.refund_id, ({ status }) => status === 'COMPLETED');
  const partly = await merchant.orderWhen(token, ({ status }) => status === 'PARTIALLY_REFUNDED');
  assert.deepEqual([partly.amount_received, partly.refunded_amount], [123.45, 30]);
  const refused = problemOf(await merchant.refund(token, { amount: '93.46' }), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [['/amount', 'too_large']]);
  const rest = refundOf(await merchant.refund(token));
  assert.equal(rest.amount, 93.45);
  assert.notEqual(rest.refund_id, first.refund_id);
  await merchant.orderWhen(token, ({ status }) => status === 'REFUNDED');
  assert.deepEqual(
    (await merchant.refunds(token)).map(({ refund_id, amount, status }) => [refund_id, amount, status]),
    [
      [first.refund_id, 30, 'COMPLETED'],
      [rest.refund_id, 93.45, 'COMPLETED'],
    ],
  );
  assert.equal(await merchant.calls(refundCall), 2);
});

const wrong: readonly (readonly [what: string, body: unknown, pointer: string, code: string])[] = [
  ['zero', { amount: 0 }, '/amount', 'invalid'],
  ['less than nothing', { amount: -5 }, '/amount', 'invalid'],
  ['three decimals', { amount: 1.234 }, '/amount', 'invalid'],
  ['more than came in', { amount: 123.46 }, '/amount', 'too_large'],
  ['a misspelt field', { amout: 5 }, '/amout', 'invalid'],
  ['an account of no kind', { type: 'PIGGY' }, '/type', 'invalid'],
  ['an empty key', { pix_key: ' ' }, '/pix_key', 'required'],
];

test('a wrong refund is refused with its field, and nothing is sent', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  for (const [what, body, pointer, code] of wrong) {
    const refused = problemOf(await merchant.refund(token, body), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(refused), [[pointer, code]], what);
  }
  problemOf(await merchant.refund(token, '{"amount":'), 400, 'malformed_request');
  assert.equal(await merchant.calls(refundCall), 0);
  assert.deepEqual(await merchant.refunds(token), []);
});

test('what was not paid, and what nobody knows, cannot be given back', async t => {
  const stack = await startStack(t, slow);
  const merchant = merchantCalls(stack);
  problemOf(await merchant.refund(await stack.orderToken()), 409, 'not_refundable');
  problemOf(await merchant.refund(await merchant.held()), 409, 'not_refundable');
  problemOf(await merchant.refund('00000000-0000-4000-8000-000000000000'), 404, 'not_found');
  for (const id of ['rf_00000000-0000-4000-8000-000000000000_1', 'rf_', 'x', 'rf_a_b']) {
    problemOf(await merchant.refundById(id), 404, 'not_found');
  }
  const paid = await merchant.paid();
  problemOf(await merchant.refundById(`rf_${paid}_1`), 404, 'not_found');
  assert.equal(await merchant.calls(refundCall), 0);
});

forEachDialect(
  'a boleto is given back to a bank account or a Pix key, and needs one of them',
  async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const merchant = merchantCalls(stack);
    const token = await merchant.paid({ method: 'BOLETO' });
    const none = problemOf(await merchant.refund(token, { amount: 10 }), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(none), [['/pix_key', 'required']]);
    const { agency_number: _, ...short } = account;
    const half = problemOf(await merchant.refund(token, { amount: 10, ...short }), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(half), [['/agency_number', 'required']]);
    assert.equal(await merchant.calls(refundCall), 0);

    const toBank = refundOf(await merchant.refund(token, { amount: 10, ...account }));
    await merchant.refundWhen(toBank.refund_id, ({ status }) => status === 'COMPLETED');
    const toKey = refundOf(await merchant.refund(token, { amount: 20, pix_key: 'alice@example.com' }));
    await merchant.refundWhen(toKey.refund_id, ({ status }) => status === 'COMPLETED');
    assert.deepEqual(
      (await merchant.pspRefunds(token)).map(({ amount }) => amount),
      [10, 20],
    );
  },
);

test('where the money goes is in no log line, reply or store file', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-refunds-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const stack = await startStack(t, {
    env: { STORE_URL: `sqlite:${join(folder, 'letpay.db')}`, STORE_KEY: undefined },
  });
  const merchant = merchantCalls(stack);
  const token = await merchant.paid({ method: 'BOLETO' });
  const replies = [
    await merchant.refund(token, { amount: 10, ...account }),
    await merchant.refund(token, { amount: 200, ...account }),
    await merchant.refund(token, { amount: 10, pix_key: 'alice-secret@example.com', type: 'x' }),
  ];
  await merchant.orderWhen(token, ({ status }) => status === 'PARTIALLY_REFUNDED');
  await stack.fault({ path: '/refund', kind: 'drop_after' });
  replies.push(await merchant.refund(token, { amount: 10, pix_key: 'alice-secret@example.com' }));
  const files = readdirSync(folder).map(name => readFileSync(join(folder, name), 'latin1'));
  const everything = [...stack.log, ...files, ...replies.map(({ text }) => text)].join('\n');
  assert.ok(everything.includes(token));
  for (const secret of [account.account_number, 'alice-secret'])
    assert.ok(!everything.includes(secret), secret);
});

test('an Idempotency-Key stands for one refund', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  const key = newKey();
  const twins = await Promise.all([1, 2].map(() => merchant.refund(token, { amount: 10 }, key)));
  const [first, second] = twins.map(reply => refundOf(reply));
  assert.equal(first?.refund_id, second?.refund_id);
  assert.equal(refundOf(await merchant.refund(token, { amount: 10 }, key)).refund_id, first?.refund_id);
  problemOf(await merchant.refund(token, { amount: 11 }, key), 422, 'idempotency_mismatch');
  problemOf(await merchant.refund(token, {}, key), 422, 'idempotency_mismatch');
  assert.equal(await merchant.calls(refundCall), 1);
  assert.notEqual(
    refundOf(await merchant.refund(token, { amount: 10 }, newKey())).refund_id,
    first?.refund_id,
  );
});

test('two refunds at once without a key: one leaves, the other is told to wait', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await stack.fault({ path: '/refund', kind: 'delay_before', ms: 300 });
  const replies = await Promise.all([1, 2].map(() => merchant.refund(token, { amount: 100 })));
  assert.deepEqual(replies.map(({ status }) => status).sort(), [201, 409]);
  assert.equal(await merchant.calls(refundCall), 1);
});

test('what is on its way counts: refunds in work are not given back again', async t => {
  const stack = await startStack(t, slow);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  const first = refundOf(await merchant.refund(token, { amount: 100 }));
  assert.equal(first.status, 'PROCESSING');
  const refused = problemOf(await merchant.refund(token, { amount: 23.46 }), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [['/amount', 'too_large']]);
  assert.equal(refundOf(await merchant.refund(token)).amount, 23.45);
  problemOf(await merchant.refund(token), 409, 'not_refundable');
  // A refund that failed at the PSP can be asked for again.
  await merchant.settleRefund(1, 'FAILED');
  const failed = await merchant.refundWhen(first.refund_id, ({ status }) => status === 'FAILED');
  assert.equal(failed.failure, 'failed_at_psp');
  assert.equal(refundOf(await merchant.refund(token)).amount, 100);
});

test('in the classic dialect, where only the last refund can be seen, the next one waits for its end', async t => {
  const stack = await startStack(t, slow);
  await stack.dialect('classic');
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  const first = refundOf(await merchant.refund(token, { amount: 10 }));
  problemOf(await merchant.refund(token, { amount: 10 }), 409, 'refund_in_flight');
  await merchant.settleRefund(1, 'COMPLETED');
  await merchant.refundWhen(first.refund_id, ({ status }) => status === 'COMPLETED');
  refundOf(await merchant.refund(token, { amount: 10 }));
});

test('an unfinished refund is REQUESTED or PROCESSING, as the PSP says', async t => {
  const stack = await startStack(t, slow);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  const { refund_id } = refundOf(await merchant.refund(token, { amount: 10 }));
  await merchant.settleRefund(1, 'REQUESTED');
  await merchant.refundWhen(refund_id, ({ status }) => status === 'REQUESTED');
  await merchant.settleRefund(1, 'COMPLETED');
  await merchant.refundWhen(refund_id, ({ status }) => status === 'COMPLETED');
});

const tookEffect = [
  { kind: 'drop_after' },
  { kind: 'status_after', status: 500 },
  ...[400, 401, 403, 404, 409, 422, 429].map(status => ({ kind: 'status_after', status }) as const),
  { kind: 'garbage' },
  { kind: 'truncate' },
] as const;

for (const fault of tookEffect) {
  const name = 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind;
  forEachDialect(`a refund whose answer was lost (${name}) is found in the PSP’s books`, async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const merchant = merchantCalls(stack);
    const token = await merchant.paid();
    const before = refundOf(await merchant.refund(token, { amount: 5 }));
    await merchant.refundWhen(before.refund_id, ({ status }) => status === 'COMPLETED');
    await stack.fault({ path: '/refund', method: 'POST', ...fault });
    const key = newKey();
    // Where LetPay tells how much was given back, a refund that is on its way is not known to be ours before its end.
    const { body } = await merchant.refund(token, { amount: 10 }, key);
    const found = refund.parse(body);
    const repeated = refund.parse((await merchant.refund(token, { amount: 10 }, key)).body);
    assert.equal(repeated.refund_id, found.refund_id);
    await merchant.refundWhen(found.refund_id, ({ status }) => status === 'COMPLETED');
    assert.deepEqual(
      (await merchant.pspRefunds(token)).map(({ amount }) => amount),
      [5, 10],
    );
  });
}

const neverArrived = [
  { kind: 'drop_before' },
  ...[400, 401, 409, 422, 429, 502].map(status => ({ kind: 'status', status }) as const),
] as const;

for (const fault of neverArrived) {
  const name = 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind;
  forEachDialect(
    `a refund that never arrived (${name}) stays UNKNOWN until that is sure, and none follows before`,
    async (t, era) => {
      const stack = await startStack(t);
      await stack.dialect(era);
      const merchant = merchantCalls(stack);
      const token = await merchant.paid();
      await stack.fault({ path: '/refund', method: 'POST', ...fault });
      const key = newKey();
      const lost = refundOf(await merchant.refund(token, { amount: 10 }, key), 202);
      assert.deepEqual([lost.status, lost.verifying], ['UNKNOWN', true]);
      assert.equal(
        refundOf(await merchant.refund(token, { amount: 10 }, key), 202).refund_id,
        lost.refund_id,
      );
      problemOf(await merchant.refund(token, { amount: 10 }), 409, 'refund_in_flight');
      stack.clock.advance(9 * minute);
      assert.equal(refundOf(await merchant.refundById(lost.refund_id), 200).status, 'UNKNOWN');

      stack.clock.advance(2 * minute);
      const over = await merchant.refundWhen(lost.refund_id, ({ verifying }) => !verifying);
      assert.deepEqual([over.status, over.failure], ['FAILED', 'never_arrived']);
      const again = refundOf(await merchant.refund(token, { amount: 10 }, key));
      assert.notEqual(again.refund_id, lost.refund_id);
      assert.equal((await merchant.pspRefunds(token)).length, 1);
    },
  );
}

test('a refund that the PSP takes late is found, and not asked for again', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await stack.fault({ path: '/refund', method: 'POST', kind: 'delay_before', ms: 600 });
  const late = refundOf(await merchant.refund(token), 202);
  problemOf(await merchant.refund(token), 409, 'refund_in_flight');
  await merchant.refundWhen(late.refund_id, ({ status }) => status === 'COMPLETED');
  assert.equal(await merchant.calls(refundCall), 1);
});

test('a refund that was given up and turns up after all counts before another one leaves', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await stack.fault({ path: '/refund', method: 'POST', kind: 'delay_before', ms: 1_500 });
  const late = refundOf(await merchant.refund(token, { amount: 100 }), 202);
  stack.clock.advance(11 * minute);
  await merchant.refundWhen(late.refund_id, ({ failure }) => failure === 'never_arrived');
  await until(async () => (await merchant.pspRefunds(token))[0]?.status === 'COMPLETED');
  const refused = problemOf(await merchant.refund(token, { amount: 100 }), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(refused), [['/amount', 'too_large']]);
  await merchant.refundWhen(late.refund_id, ({ status }) => status === 'COMPLETED');
  assert.equal(await merchant.calls(refundCall), 1);
});

test('with the PSP’s books unreadable no refund leaves', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  for (const path of ['/refund/payment/*', '/payment/*']) {
    await stack.fault({ path, method: 'GET', kind: 'status', status: 502 });
    problemOf(await merchant.refund(token), 503, 'psp_unavailable');
    await stack.control('DELETE', '/faults');
  }
  await stack.closeEmulator();
  problemOf(await merchant.refund(token), 503, 'psp_unavailable');
  assert.deepEqual(await merchant.refunds(token), []);
});

forEachDialect(
  'the PSP’s refusals are told in our words with its code, and leave no refund behind',
  async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const merchant = merchantCalls(stack);
    const disputed = await merchant.paid();
    await stack.settle(disputed, 'DISPUTE');
    const forbidden = problemOf(await merchant.refund(disputed), 409, 'not_refundable');
    assert.match(forbidden.detail, /status.*01\.05\.0030/);
    assert.deepEqual(await merchant.refunds(disputed), []);

    const old = await merchant.paid({ method: 'PIX' });
    const days = 91 * 24 * 60 * minute;
    await stack.control('POST', '/clock', { advance_ms: days });
    stack.clock.advance(days);
    const late = problemOf(await merchant.refund(old), 409, 'not_refundable');
    assert.match(late.detail, /01\.05\.0018/);
    assert.deepEqual(await merchant.refunds(old), []);
  },
);

forEachDialect('a refund made in the PSP’s own pages counts', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await stack.settle(token, 'PARTIALLY_REFUNDED', { refunded_amount: 100 });
  const refused = problemOf(
    await merchant.refund(token, { amount: 50 }),
    422,
    era === 'current' ? 'validation_failed' : 'psp_refused',
  );
  assert.deepEqual(fieldsIn(refused), [['/amount', 'too_large']]);
  assert.equal(refundOf(await merchant.refund(token, { amount: 20 })).amount, 20);
});

test('an underpayment is seen, and no more than what came in is given back', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid({ method: 'BOLETO' }, { amount_received: 100 });
  const order = await merchant.order(token);
  assert.deepEqual([order.status, order.amount_owed, order.amount_received], ['PAID', 123.45, 100]);
  assert.equal(refundOf(await merchant.refund(token, { pix_key: 'a@example.com' })).amount, 100);
});

test('the order follows every word about money given back or disputed', async t => {
  const stack = await startStack(t, { callbacks: true });
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  for (const word of [
    'DISPUTE',
    'DISPUTE_RECOVERED',
    'DISPUTE_REFUNDED',
    'DISPUTE_FINAL',
    'REFUNDED',
    'POST_REFUND_DISPUTE',
  ]) {
    await stack.settle(token, word);
    const seen = await merchant.orderWhen(token, ({ status }) => status === word);
    assert.equal(seen.amount_received, 123.45);
  }
});

test('news that the PSP could not be asked about at once is asked about again', async t => {
  const stack = await startStack(t, { callbacks: true });
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await until(() => stack.log.some(line => line.includes('"callback"')));
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'status', status: 502 });
  await stack.settle(token, 'DISPUTE');
  await until(() => stack.log.some(line => line.includes('"status_unread"')));
  await merchant.orderWhen(token, ({ status }) => status === 'DISPUTE');
});

test('a refund of days is followed to its end without anybody asking', async t => {
  const stack = await startStack(t, slow);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  const { refund_id } = refundOf(await merchant.refund(token, { amount: 10 }));
  stack.clock.advance(3 * 24 * 60 * minute);
  await merchant.settleRefund(1, 'COMPLETED');
  // The list by reference tells what is known here and asks nobody.
  await until(async () => {
    stack.clock.advance(10 * minute);
    const { body } = await stack.merchant('GET', '/v1/orders?reference_id=ORDER-1');
    return (body as { orders: { status: string }[] }).orders[0]?.status === 'PARTIALLY_REFUNDED';
  });
  const reads = await merchant.calls('GET /refund/payment/{token}');
  assert.equal(refundOf(await merchant.refundById(refund_id), 200).status, 'COMPLETED');
  assert.equal(
    await merchant.calls('GET /refund/payment/{token}'),
    reads,
    'what is final is not asked about',
  );
});

test('of two paid attempts the merchant names the one to give back', async t => {
  const stack = await startStack(t, slow);
  const merchant = merchantCalls(stack);
  const first = await stack.orderToken();
  await stack.send(first, { method: 'PIX' });
  await stack.renew(first);
  await stack.send(first, { method: 'PIX' });
  const { attempts } = await merchant.order(first);
  const second = attempts[1]?.payment_token ?? '';
  for (const attempt of [first, second]) await stack.settle(attempt, 'PAID');
  await merchant.orderWhen(first, ({ paid_twice }) => paid_twice);
  const unnamed = problemOf(await merchant.refund(first), 422, 'validation_failed');
  assert.deepEqual(fieldsIn(unnamed), [['/attempt_token', 'required']]);
  const given = refundOf(await merchant.refund(first, { attempt_token: second }));
  assert.deepEqual([given.payment_token, given.attempt_token, given.amount], [first, second, 123.45]);
  assert.deepEqual(
    [(await merchant.pspRefunds(first)).length, (await merchant.pspRefunds(second)).length],
    [0, 1],
  );
});

forEachDialect(
  'a proxy that died between the note and the answer is followed by one that reads the books',
  async (t, era) => {
    const store = openSqliteStore(':memory:', recordCodec(null));
    const stack = await startStack(t, { deps: { store }, env: { PSP_TIMEOUT_MS: '1000' } });
    await stack.dialect(era);
    const merchant = merchantCalls(stack);
    const token = await merchant.paid();
    await stack.fault({ path: '/refund', method: 'POST', kind: 'delay', ms: 900 });
    const key = newKey();
    const first = merchant.refund(token, { amount: 10 }, key);
    await until(async () => (await merchant.pspRefunds(token)).length === 1);

    const other = createProxy(readConfig({ ...environment, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'), {
      store,
      now: stack.clock.now,
      monotonic: stack.clock.monotonic,
      log: () => undefined,
    });
    const headers = { Authorization: `Bearer ${merchantKey}`, 'Content-Type': 'application/json' };
    const ask = (body: unknown, more: Record<string, string> = {}) =>
      other.request(`/v1/orders/${token}/refunds`, {
        method: 'POST',
        headers: { ...headers, ...more },
        body: JSON.stringify(body),
      });
    const same = await (await ask({ amount: 10 }, { 'Idempotency-Key': key })).json();
    const seen = await until(async () => {
      stack.clock.advance(1_000);
      const view = await (await other.request(`/v1/refunds/${same.refund_id}`, { headers })).json();
      return view.status !== 'UNKNOWN' && view;
    });
    assert.deepEqual([seen.amount, seen.verifying], [10, false]);
    assert.equal(refundOf(await first).refund_id, same.refund_id);
    assert.equal(await merchant.calls(refundCall), 1);
    await stack.close();
    await other.close();
  },
);

test('closing the proxy waits for the refund that is on its way', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await stack.fault({ path: '/refund', method: 'POST', kind: 'delay', ms: 200 });
  const asked = merchant.refund(token);
  await until(async () => (await merchant.calls(refundCall)) === 1);
  await Promise.all([stack.close(), asked.then(reply => assert.equal(reply.status, 201))]);
});

test('an operator sees refunds by outcome', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await stack.fault({ path: '/refund', method: 'POST', kind: 'drop_before' });
  await merchant.refund(token);
  const { text } = await stack.call('GET', '/metrics');
  assert.match(text, /^letpay_refunds_total\{outcome="unknown"\} 1$/m);
  assert.ok(stack.log.some(line => line.includes('"refund"') && line.includes('"warn"')));
});

/** As a person in LetPay’s dashboard does it. */
async function refundElsewhere({ emulatorUrl }: Stack, token: string, amount: number): Promise<void> {
  const credentials = { apiKey: 'demo', apiSecret: 'demo' };
  const { token: accessToken } = (await emulatorRequest(emulatorUrl, 'POST', '/auth', { body: credentials }))
    .body as { token: string };
  const reply = await emulatorRequest(emulatorUrl, 'POST', '/refund', {
    headers: { 'X-AUTH-TOKEN': accessToken },
    body: { payment_token: token, amount },
  });
  assert.equal(reply.status, 200);
}

test('an open refund that was not made here holds ours back, until it ends', async t => {
  const stack = await startStack(t, slow);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await refundElsewhere(stack, token, 50);
  const held = problemOf(await merchant.refund(token, { amount: 50 }), 409, 'refund_in_flight');
  assert.match(held.detail, /not made here/);
  assert.equal((await merchant.pspRefunds(token)).length, 1);
  await merchant.settleRefund(1, 'COMPLETED');
  refundOf(await merchant.refund(token, { amount: 50 }));
});

test('a lost refund is not found in a stranger’s of another amount', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const token = await merchant.paid();
  await stack.fault({ path: '/refund', method: 'POST', kind: 'drop_before' });
  const lost = refundOf(await merchant.refund(token, { amount: 100 }), 202);
  await refundElsewhere(stack, token, 1);
  await merchant.orderWhen(token, ({ refunded_amount }) => refunded_amount === 1);
  const read = refundOf(await merchant.refundById(lost.refund_id), 200);
  assert.deepEqual([read.status, read.psp_refund_id], ['UNKNOWN', null]);
  stack.clock.advance(11 * minute);
  const over = await merchant.refundWhen(lost.refund_id, ({ verifying }) => !verifying);
  assert.deepEqual([over.status, over.failure], ['FAILED', 'never_arrived']);
});
