/** What the PSP says is read whatever we think of the payment, and a word that nobody knows is no permission. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import { openFeed } from './open-feed.ts';
import { card, checkoutOf, listen, problemOf, type Stack, startStack, until } from './stack.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

const pix = { method: 'PIX' } as const;
const boleto = { method: 'BOLETO' } as const;
const waiting = { outcomeDelayMs: 60_000 } as const;
const address = '/v1/callbacks/letpay';

interface MerchantOrder {
  readonly status: string;
  readonly paid_twice: boolean;
  readonly attempts: readonly { readonly status: string }[];
}

const callBack = (stack: Stack, payment_token: string) =>
  stack.call('POST', address, { body: { reference_id: 'ORDER-1', payment_token } });
const orderOf = async (stack: Stack, token: string) =>
  (await stack.merchant('GET', `/v1/orders/${token}`)).body as MerchantOrder;
/** Merchants poll; the PSP is asked about a checkout once a second. */
const orderWhen = (stack: Stack, token: string, condition: (order: MerchantOrder) => boolean) =>
  until(async () => {
    const order = await orderOf(stack, token);
    stack.clock.advance(1_000);
    return condition(order) && order;
  });
const sends = async (stack: Stack) =>
  (await stack.payments()).reduce((sum, { send_received }) => sum + send_received, 0);

test('an order that was submitted at the PSP and not here: its callback makes it paid, and the merchant is told', async t => {
  const receiver = await startWebhookReceiver(t);
  const stack = await startStack(t, { ...waiting, env: receiver.env });
  const token = await stack.orderToken();
  const feed = await openFeed(t, stack.url, token);
  await stack.psp('POST', `/payment/${token}/sendPayment`, pix);
  await callBack(stack, token);
  const sent = await until(() =>
    feed.events.map(({ checkout }) => checkout).find(({ status }) => status !== 'CREATED'),
  );
  assert.deepEqual([sent.status, sent.can.submit], ['PROCESSING', false]);
  problemOf(await stack.send(token, card), 409, 'renew_required');
  await stack.settle(token, 'PAID');
  await callBack(stack, token);
  await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.paid'));
  assert.equal(checkoutOf(await stack.read(token)).status, 'PAID');
});

test('the same without a callback: the merchant’s reading finds it, by the token and by the reference', async t => {
  const stack = await startStack(t, waiting);
  for (const [reference, path] of [
    ['BY-TOKEN', (token: string) => `/v1/orders/${token}`],
    ['BY-REFERENCE', () => '/v1/orders?reference_id=BY-REFERENCE'],
  ] as const) {
    const token = await stack.orderToken({ reference_id: reference });
    await stack.psp('POST', `/payment/${token}/sendPayment`, pix);
    await stack.settle(token, 'PAID');
    await stack.merchant('GET', path(token));
    assert.equal(checkoutOf(await stack.read(token)).status, 'PAID', reference);
  }
});

test('a dispute of what was paid is seen by the merchant’s reading', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  await stack.settle(token, 'DISPUTE');
  await orderWhen(stack, token, ({ status }) => status === 'DISPUTE');
});

test('a merchant may poll: the PSP is asked once a second', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  for (let n = 0; n < 20; n += 1) await orderOf(stack, token);
  assert.equal((await stack.stats()).calls['GET /payment/{token}'], 1);
});

test('a slow PSP does not keep back what is known of an order that had ended', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '20000' } });
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'delay', ms: 4_000 });
  stack.clock.advance(1_000);
  const began = Date.now();
  assert.equal((await orderOf(stack, token)).status, 'PAID');
  assert.ok(Date.now() - began < 3_500);
});

test('the money of a canceled boleto is found by the merchant’s reading', async t => {
  const stack = await startStack(t, waiting);
  const token = await stack.orderToken();
  await stack.send(token, boleto);
  await stack.settle(token, 'CANCELED');
  await orderWhen(stack, token, ({ status }) => status === 'CANCELED');
  await stack.settle(token, 'PAID');
  await orderWhen(stack, token, ({ status }) => status === 'PAID');
});

/** The first attempt is a boleto that the PSP canceled; nobody read it since. */
async function canceledBoleto(stack: Stack): Promise<string> {
  const token = await stack.orderToken();
  await stack.send(token, boleto);
  await stack.settle(token, 'CANCELED');
  await stack.checkoutWhen(token, ({ status }) => status === 'CANCELED');
  return token;
}

test('before a renewal a canceled boleto is read: paid after all, there is no other attempt', async t => {
  const stack = await startStack(t, waiting);
  const token = await canceledBoleto(stack);
  await stack.settle(token, 'PAID');
  assert.equal(checkoutOf(await stack.renew(token)).status, 'PAID');
  assert.equal((await stack.payments()).length, 1);
});

test('before a submission every canceled boleto is read: one was paid, so nothing leaves', async t => {
  const stack = await startStack(t, waiting);
  const token = await canceledBoleto(stack);
  await stack.renew(token);
  await stack.settle(token, 'PAID');
  problemOf(await stack.send(token, card), 409, 'already_paid');
  assert.equal(await sends(stack), 1);
});

test('before a submission a canceled boleto that cannot be read holds it back', async t => {
  const stack = await startStack(t, waiting);
  const token = await canceledBoleto(stack);
  await stack.renew(token);
  await stack.fault({ path: `/payment/${token}`, method: 'GET', kind: 'status', status: 500, times: 10 });
  problemOf(await stack.send(token, card), 503, 'psp_unavailable');
  assert.equal(await sends(stack), 1);
});

for (const how of ['a callback', 'the merchant’s reading', 'the look of the next day']) {
  test(`money of a canceled boleto beside a paid card is told by ${how}: paid twice`, async t => {
    const receiver = await startWebhookReceiver(t);
    const stack = await startStack(t, { ...waiting, env: receiver.env });
    const token = await canceledBoleto(stack);
    await stack.renew(token);
    await stack.send(token, card);
    const second = (await stack.payments())[1]?.payment_token ?? '';
    await stack.settle(second, 'PAID');
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    await stack.settle(token, 'PAID');
    if (how === 'a callback') await callBack(stack, token);
    else if (how === 'the merchant’s reading') await orderWhen(stack, token, ({ paid_twice }) => paid_twice);
    else stack.clock.advance(25 * 60 * 60_000);
    await until(() => receiver.deliveries.some(({ event }) => event.type === 'order.paid_twice'));
    assert.equal((await orderOf(stack, token)).paid_twice, true);
  });
}

/** A proxy whose PSP says `word` of every payment that it is asked about, while there is one. */
async function startSaying(t: TestContext, said: { word: string | null }) {
  const target = Promise.withResolvers<string>();
  const relay = await listen(async request => {
    const { pathname } = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ['host', 'connection', 'content-length']) headers.delete(name);
    const body = request.method === 'GET' ? null : await request.text();
    const answer = await fetch((await target.promise) + pathname, { method: request.method, headers, body });
    const text = await answer.text();
    const isRead = request.method === 'GET' && said.word !== null;
    const told = isRead ? text.replace(/"(transaction_?status)":"\w+"/i, `"$1":"${said.word}"`) : text;
    return new Response(told, {
      status: answer.status,
      headers: { 'content-type': 'application/json' },
    });
  });
  t.after(relay.close);
  const stack = await startStack(t, { ...waiting, env: { LETPAY_API_URL: relay.url } });
  target.resolve(stack.emulatorUrl);
  return stack;
}

test('a word that nobody knows, of a Pix: the code stays, the merchant sees UNKNOWN, and no new attempt is made', async t => {
  const said = { word: null as string | null };
  const stack = await startSaying(t, said);
  const token = await stack.orderToken();
  await stack.send(token, pix);
  said.word = 'AUTHORIZED';
  const shown = await stack.checkoutWhen(token, ({ status }) => status === 'UNKNOWN');
  assert.deepEqual([shown.instrument?.method, shown.can], ['PIX', { submit: false, renew: false }]);
  assert.equal((await orderOf(stack, token)).status, 'UNKNOWN');
  problemOf(await stack.renew(token), 409, 'not_renewable');
  said.word = null;
  await stack.checkoutWhen(token, ({ status }) => status === 'PROCESSING');
  checkoutOf(await stack.renew(token));
});

test('a word that nobody knows, of a code that was left: nothing leaves until it is known', async t => {
  const said = { word: null as string | null };
  const stack = await startSaying(t, said);
  const token = await stack.orderToken();
  await stack.send(token, pix);
  await stack.renew(token);
  said.word = 'AUTHORIZED';
  problemOf(await stack.send(token, card), 409, 'submission_in_flight');
  assert.equal(await sends(stack), 1);
  said.word = null;
  checkoutOf(await stack.send(token, card));
});

test('earlier attempts are read at once and not one after the other', async t => {
  const stack = await startStack(t, waiting);
  const token = await stack.orderToken();
  for (let n = 0; n < 4; n += 1) {
    await stack.send(token, pix);
    await stack.renew(token);
  }
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'delay', ms: 400, times: 4 });
  const began = Date.now();
  checkoutOf(await stack.send(token, pix));
  assert.ok(Date.now() - began < 1_200, `${Date.now() - began} ms`);
});

test('a PSP that is slow to read holds up pages, and no submission and no order', async t => {
  const stack = await startStack(t, { ...waiting, env: { PSP_TIMEOUT_MS: '10000' } });
  const tokens: string[] = [];
  for (let n = 0; n < 70; n += 1) {
    const token = await stack.orderToken();
    await stack.send(token, pix);
    tokens.push(token);
  }
  const fresh = await stack.orderToken();
  await stack.fault({ path: '/payment/*', method: 'GET', kind: 'delay_before', ms: 2_500, times: 1_000 });
  stack.clock.advance(2_000);
  const pages = Promise.all(tokens.map(stack.read));
  const began = Date.now();
  await pages;
  checkoutOf(await stack.send(fresh, pix));
  checkoutOf(await stack.createOrder(), 201);
  assert.ok(Date.now() - began < 2_400, `${Date.now() - began} ms`);
});
