import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  card,
  checkoutOf,
  request as emulatorRequest,
  order,
  problemOf,
  type Stack,
  startStack,
} from './stack.ts';

const unknownToken = '00000000-0000-4000-8000-000000000000';

/** An order that the merchant made at LetPay, past the proxy. */
async function orderElsewhere(stack: Stack, changes: object = {}): Promise<string> {
  const { token } = (
    await emulatorRequest(stack.emulatorUrl, 'POST', '/auth', { body: { apiKey: 'demo', apiSecret: 'demo' } })
  ).body as { token: string };
  const contract_id = '4239d673-b23e-42a1-81bd-87d0984fb173';
  const reply = await emulatorRequest(stack.emulatorUrl, 'POST', '/payment', {
    body: { ...order, contract_id, ...changes },
    headers: { 'X-Auth-Token': token },
  });
  return (reply.body as { payment: { payment_token: string } }).payment.payment_token;
}

const statusReads = async (stack: Stack) => (await stack.stats()).calls['GET /payment/{token}'] ?? 0;

test('a checkout reads the same as when it was made', async t => {
  const stack = await startStack(t);
  const made = checkoutOf(await stack.createOrder(), 201);
  const read = checkoutOf(await stack.read(made.payment_token));
  assert.deepEqual({ ...read, now: '' }, { ...made, now: '' });
});

test('an unsubmitted checkout is read without a question to the PSP', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.read(token);
  assert.equal(await statusReads(stack), 0);
});

test('a token that nobody knows is looked up once and then remembered for a minute', async t => {
  const stack = await startStack(t);
  for (let n = 0; n < 3; n += 1) problemOf(await stack.read(unknownToken), 404, 'not_found');
  assert.equal(await statusReads(stack), 1);
  stack.clock.advance(61_000);
  problemOf(await stack.read(unknownToken), 404, 'not_found');
  assert.equal(await statusReads(stack), 2);
});

test('a token that is unknown in the classic dialect is not found either', async t => {
  const stack = await startStack(t);
  await stack.dialect('classic');
  problemOf(await stack.read(unknownToken), 404, 'not_found');
});

test('many pages that ask for one unknown token cost one look-up', async t => {
  const stack = await startStack(t);
  await Promise.all(Array.from({ length: 20 }, () => stack.read(unknownToken)));
  assert.equal(await statusReads(stack), 1);
});

test('what cannot be a token is not worth a look-up', async t => {
  const stack = await startStack(t);
  for (const token of ['short', 'a'.repeat(65), '..%2F..%2Fauth', '%E0%A4%A', 'with%20space-in-it']) {
    problemOf(await stack.read(token), 404, 'not_found');
  }
  assert.equal((await stack.stats()).logins, 0);
});

test('a token is not called unknown because the PSP could not be asked', async t => {
  const stack = await startStack(t);
  await stack.fault({ path: '/payment/*', kind: 'status', status: 502, times: 2 });
  problemOf(await stack.read(unknownToken), 503, 'psp_unavailable');
  const elsewhere = await orderElsewhere(stack);
  problemOf(await stack.read(elsewhere), 503, 'psp_unavailable');
  assert.equal(checkoutOf(await stack.read(elsewhere)).status, 'CREATED');
});

test('an order made elsewhere becomes a checkout with the default methods and no installments', async t => {
  const stack = await startStack(t, { env: { DEFAULT_METHODS: 'PIX,CREDITCARD' } });
  const token = await orderElsewhere(stack);
  const adopted = checkoutOf(await stack.read(token));
  assert.deepEqual(adopted.methods, ['PIX', 'CREDITCARD']);
  assert.deepEqual([adopted.installments, adopted.totals], [[], null]);
  assert.deepEqual(
    [adopted.status, adopted.reference_id, adopted.can],
    ['CREATED', 'ORDER-1', { submit: true, renew: false }],
  );
});

test('an order made elsewhere can be paid, and cannot be renewed', async t => {
  const stack = await startStack(t);
  const token = await orderElsewhere(stack, { person_firstname: 'DECLINED' });
  checkoutOf(await stack.send(token, card));
  const declined = await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  assert.deepEqual(declined.can, { submit: false, renew: false });
});

test('an order made and paid elsewhere is paid here', async t => {
  const stack = await startStack(t);
  const token = await orderElsewhere(stack);
  await stack.settle(token, 'PAID');
  const adopted = checkoutOf(await stack.read(token));
  assert.deepEqual([adopted.status, adopted.can], ['PAID', { submit: false, renew: false }]);
  problemOf(await stack.send(token, card), 409, 'already_paid');
});

test('two pages that open an order made elsewhere at once see one checkout', async t => {
  const stack = await startStack(t);
  const token = await orderElsewhere(stack);
  const seen = await Promise.all([stack.read(token), stack.read(token)]);
  assert.deepEqual(
    seen.map(reply => checkoutOf(reply).payment_token),
    [token, token],
  );
  assert.equal(await statusReads(stack), 1);
});

test('the token of a later attempt is no address for a browser', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  await stack.renew(token);
  const later = (await stack.payments()).at(-1)?.payment_token ?? '';
  assert.notEqual(later, token);
  problemOf(await stack.read(later), 404, 'not_found');
});

/** Every word of the current list, and the classic word for the same thing (facts section 10, row 2). */
const words = [
  'PROCESSING',
  'PRE_AUTHORIZED',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'DECLINED',
  'CANCELED',
  'ERROR',
  'IN_ANALYSIS',
  'DISPUTE',
  'DISPUTE_FINAL',
  'POST_REFUND_DISPUTE',
] as const;

for (const era of ['current', 'classic'] as const) {
  test(`every status of the ${era} dialect arrives under its one name`, async t => {
    const stack = await startStack(t, { outcomeDelayMs: 60_000 });
    await stack.dialect(era);
    for (const word of words) {
      const token = await stack.orderToken();
      await stack.send(token, card);
      await stack.settle(token, word);
      stack.clock.advance(1_500);
      const seen = checkoutOf(await stack.read(token));
      assert.equal(seen.status, word);
    }
  });
}

test('a shopper who comes back sees what the PSP knows by now', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  await stack.settle(token, 'PAID');
  stack.clock.advance(1_500);
  assert.equal(checkoutOf(await stack.read(token)).status, 'PAID');
});

test('a read that the PSP keeps waiting is answered with what is known', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'delay', ms: 1_800, times: 50 });
  stack.clock.advance(1_500);
  const asked = Date.now();
  assert.equal(checkoutOf(await stack.read(token)).status, 'PROCESSING');
  assert.ok(Date.now() - asked < 1_600);
});

test('pages that ask again and again cost the PSP one question a second', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  await stack.read(token);
  const before = await statusReads(stack);
  const started = Date.now();
  for (let n = 0; n < 30; n += 1) await stack.read(token);
  const seconds = (Date.now() - started) / 1_000;
  assert.ok((await statusReads(stack)) - before <= Math.ceil(seconds) + 1);
});
