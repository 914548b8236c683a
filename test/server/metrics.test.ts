import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, startStack, until } from './stack.ts';

test('an operator sees submissions by outcome, PSP calls, log-ins and what is waiting', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const paid = await stack.orderToken();
  await stack.send(paid, card);
  const lost = await stack.orderToken();
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'drop_after' });
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'status', status: 502, times: 1_000 });
  await stack.send(lost, card);
  const read = async () => (await stack.call('GET', '/metrics')).text;
  const text = await until(async () => {
    const seen = await read();
    return /^letpay_verifying 1$/m.test(seen) && seen;
  });
  assert.match(text, /^letpay_submissions_total\{outcome="accepted"\} 1$/m);
  assert.match(text, /^letpay_submissions_total\{outcome="unknown"\} 1$/m);
  assert.match(text, /^letpay_psp_log_ins_total 1$/m);
  assert.match(text, /^letpay_watch_queue 2$/m);
  assert.match(
    text,
    /letpay_psp_call_milliseconds_count\{call="POST \/payment\/\{token\}\/sendPayment",outcome="200"\} 1/,
  );
  assert.match(
    text,
    /letpay_request_milliseconds_count\{method="POST",route="\/v1\/checkout\/:token\/sendPayment",status="202"\} 1/,
  );
  assert.match(text, /letpay_store_milliseconds_count\{operation="advance"\}/);
  assert.ok(!text.includes(paid) && !text.includes(lost), 'no token is a label');
});

test('a method or path that nobody knows is not a label of its own', async t => {
  const stack = await startStack(t);
  await stack.call('GET', '/v1/made/up/by-somebody');
  const { text } = await stack.call('GET', '/metrics');
  assert.ok(!text.includes('made/up'));
});
