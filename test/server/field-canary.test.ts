/**
 * Whatever is sent to the proxy stands afterwards only where field-marks.ts lets it stand: every call with every field, in
 * success and failure, with a healthy PSP, a faulty one, and one that says back whatever it was sent.
 */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import type { SchemaName } from '../../server/openapi/component-schemas.ts';
import { bodyOf, fields, fieldsOfContract, type Place, places, requestSchemas } from './field-marks.ts';
import { openFeed } from './open-feed.ts';
import { type CallOptions, listen, merchantKey, newKey, type Reply, startStack, until } from './stack.ts';
import { storedFile } from './stored-file.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const day = 86_400_000;

test('the table of marks has every field of every request, and no other', () => {
  assert.deepEqual(Object.keys(fields).toSorted(), fieldsOfContract().toSorted());
  const marks = Object.values(fields).flatMap(({ mark }) => mark ?? []);
  assert.equal(new Set(marks).size, marks.length);
});

/** One proxy with everything that it said and kept. */
async function watchedStack(t: TestContext, env: Readonly<Record<string, string | undefined>>) {
  const receiver = await startWebhookReceiver(t);
  const stack = await startStack(t, {
    env: { ...receiver.env, ...env },
    debitCards: true,
    outcomeDelayMs: 10,
  });
  const replies: Reply[] = [];
  const feeds: (() => string)[] = [];
  const call = async (method: string, path: string, options: CallOptions = {}) => {
    const reply = await stack.call(method, path, {
      ...options,
      headers: { Authorization: `Bearer ${merchantKey}`, 'Idempotency-Key': newKey(), ...options.headers },
    });
    replies.push(reply);
    return reply;
  };
  return { stack, receiver, replies, feeds, call };
}
type Watched = Awaited<ReturnType<typeof watchedStack>>;

/** Where each schema is sent, once there is an order, a person and a card. */
function pathOf(schema: SchemaName, token: string): string {
  switch (schema) {
    case 'OrderRequest':
      return '/v1/orders';
    case 'PersonRequest':
      return '/v1/persons';
    case 'QuoteRequest':
      return '/v1/quotes';
    case 'TokenPaymentRequest':
      return '/v1/token-payments';
    case 'CaptureRequest':
      return `/v1/orders/${token}/capture`;
    case 'RefundRequest':
      return `/v1/orders/${token}/refunds`;
    default:
      return `/v1/checkout/${token}/sendPayment`;
  }
}

const tokenOf = ({ body }: Reply) => (body as { payment_token: string }).payment_token;

interface Ids {
  readonly public_person_id: string;
  readonly public_card_id: string;
}

async function storePerson({ call }: Watched): Promise<Ids> {
  const reply = await call('POST', '/v1/persons', { body: bodyOf('PersonRequest') });
  assert.equal(reply.status, 201, reply.text);
  return reply.body as Ids;
}

async function newOrder({ call }: Watched, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const reply = await call('POST', '/v1/orders', { body: bodyOf('OrderRequest', changes) });
  assert.equal(reply.status, 201, reply.text);
  return tokenOf(reply);
}

/** Every call that a shop has, with every field, to its good end. Money is still awaited by one order. */
async function everySuccess(t: TestContext, watched: Watched): Promise<void> {
  const { stack, call, feeds } = watched;
  const ids = await storePerson(watched);
  const { public_person_id, public_card_id } = ids;
  const taken = async (token: string, body: unknown, status = 'PAID') => {
    const reply = await call('POST', `/v1/checkout/${token}/sendPayment`, { body });
    assert.equal(reply.status, 200, reply.text);
    await stack.settle(token, status);
    await until(async () => {
      stack.clock.advance(1_000);
      const seen = (await call('GET', `/v1/orders/${token}`)).body as { status: string };
      return seen.status === status;
    });
  };

  const boleto = await newOrder(watched);
  const feed = await openFeed(t, stack.url, boleto);
  feeds.push(feed.text);
  await taken(boleto, bodyOf('PlainSubmission'));
  const refunded = await call('POST', `/v1/orders/${boleto}/refunds`, { body: bodyOf('RefundRequest') });
  assert.equal(refunded.status, 201, refunded.text);
  await call('GET', `/v1/orders/${boleto}/refunds`);
  await call('GET', '/v1/orders?reference_id=ORDER-REFERENCE');
  feed.close();

  await taken(await newOrder(watched), bodyOf('NewCardSubmission'));
  await taken(await newOrder(watched), bodyOf('DebitCardSubmission'));
  const held = await newOrder(watched, { delay_capture: true });
  await taken(held, bodyOf('NewCardSubmission'), 'PRE_AUTHORIZED');
  assert.equal(
    (await call('POST', `/v1/orders/${held}/capture`, { body: bodyOf('CaptureRequest') })).status,
    200,
  );

  const saved = await newOrder(watched, { public_person_id });
  const submitted = await call('POST', `/v1/checkout/${saved}/sendPayment`, {
    body: bodyOf('SavedCardSubmission', { public_card_id }),
  });
  assert.equal(submitted.status, 200, submitted.text);
  const charged = await call('POST', '/v1/token-payments', {
    body: bodyOf('TokenPaymentRequest', { ...ids }),
  });
  assert.equal(charged.status, 201, charged.text);
  await stack.dialect('classic');
  const quoted = await call('POST', '/v1/quotes', { body: bodyOf('QuoteRequest', { public_person_id }) });
  assert.equal(quoted.status, 200, quoted.text);
  await stack.dialect('current');

  const waiting = await newOrder(watched);
  const code = await call('POST', `/v1/checkout/${waiting}/sendPayment`, { body: bodyOf('PlainSubmission') });
  assert.equal(code.status, 200, code.text);
}

/** A body that is wrong in one field, for each field; and one that no schema can read. */
function wrongBodies(schema: SchemaName): unknown[] {
  const right = bodyOf(schema);
  const marks = Object.values(right).filter(value => typeof value === 'string');
  return [
    ...Object.keys(right).map(name => ({ ...right, [name]: [right[name]] })),
    ...Object.keys(right).map(name => ({ ...right, [name]: { [String(right[name])]: right[name] } })),
    { ...right, ...Object.fromEntries(marks.map(mark => [mark, mark])) },
    JSON.stringify(right).slice(0, -1),
    JSON.stringify([right]),
  ];
}

/** Every call with every field, wrong in every way that we think of. */
async function everyRefusal(watched: Watched): Promise<void> {
  const { call } = watched;
  const token = await newOrder(watched);
  for (const schema of requestSchemas) {
    const path = pathOf(schema, token);
    const right = bodyOf(schema);
    for (const body of wrongBodies(schema)) await call('POST', path, { body });
    await call('POST', path, { body: right, headers: { Authorization: 'Bearer wrong' } });
    await call('POST', path, { body: right, headers: { 'Content-Type': 'text/plain' } });
    await call('POST', path, { body: right, headers: { Origin: 'https://evil.example' } });
    await call('POST', pathOf(schema, 'NO-SUCH-TOKEN'), { body: right });
    await call('POST', `/nowhere${path}`, { body: right });
    await call('POST', '/v1/callbacks/letpay', { body: right });
    const key = newKey();
    for (const card_installments of [1, 2])
      await call('POST', path, {
        body: { ...right, card_installments },
        headers: { 'Idempotency-Key': key },
      });
  }
}

/** Orders at the other payment providers, well and not. */
async function everyGateway({ stack, call }: Watched): Promise<void> {
  for (const gateway of ['letsia', 'lesspay']) {
    for (const kind of ['status', 'garbage', 'drop_after', null] as const) {
      if (kind !== null) await stack.fault({ path: `/${gateway}/*`, method: 'POST', kind, status: 500 });
      const methods = ['REDIRECT', 'PIX'];
      const made = await call('POST', '/v1/orders', { body: bodyOf('OrderRequest', { gateway, methods }) });
      await stack.control('DELETE', '/faults');
      if (made.status !== 201) continue;
      const token = tokenOf(made);
      await call('POST', `/v1/checkout/${token}/sendPayment`, { body: { method: 'REDIRECT' } });
      await call('POST', `/v1/orders/${token}/cancel`);
      await call('POST', `/v1/orders/${token}/refunds`, { body: bodyOf('RefundRequest') });
      await call('GET', `/v1/orders/${token}`);
    }
  }
}

const pspFaults = ['drop_before', 'drop_after', 'garbage', 'truncate', 'status'] as const;

/** Every call with every field, while the PSP fails at it. */
async function everyFault(watched: Watched): Promise<void> {
  const { stack, call } = watched;
  const ids = await storePerson(watched);
  for (const kind of pspFaults) {
    for (const schema of requestSchemas) {
      const token = await newOrder(watched);
      await stack.fault({ path: '/*', method: 'POST', kind, status: 500 });
      await stack.fault({ path: '/*/*', method: 'POST', kind, status: 500 });
      await stack.fault({ path: '/payment/*/sendPayment', method: 'POST', kind, status: 500 });
      await call('POST', pathOf(schema, token), { body: bodyOf(schema, { ...ids }) });
      await stack.control('DELETE', '/faults');
      await call('GET', `/v1/orders/${token}`);
    }
  }
}

function saidBy({ stack, replies, feeds, receiver }: Watched) {
  const textsOf = (isAnswer: boolean) =>
    replies
      .filter(({ status }) => status < 300 === isAnswer)
      .map(({ text, headers }) => text + JSON.stringify([...headers]))
      .join('\n');
  return {
    answer: textsOf(true) + feeds.map(text => text()).join('\n'),
    webhook: webhooksOf(receiver),
    error: textsOf(false),
    log: stack.log.join('\n'),
  };
}

const webhooksOf = ({ deliveries }: WebhookReceiver) =>
  deliveries.map(({ headers, body }) => body + JSON.stringify(headers)).join('\n');

/** Lets every order end or grow old, and the merchant hear of it. */
async function endAll({ stack, receiver }: Watched, stored: ReturnType<typeof storedFile>): Promise<void> {
  stack.clock.advance(31 * day);
  await until(() => {
    stack.clock.advance(1_000);
    const rows = stored.query('SELECT record FROM checkouts') as { record: string }[];
    return rows.every(({ record }) => JSON.parse(record).order === null);
  }, 20_000);
  await until(() => receiver.deliveries.length > 0);
}

/** Where each mark stands; the names of fields and places only, as a failure is printed. */
function standing(texts: Readonly<Record<string, string>>): Record<string, string[]> {
  const marks = Object.entries(fields).flatMap(([path, { mark }]) =>
    mark === null ? [] : [[path, mark] as const],
  );
  return Object.fromEntries(
    marks.map(([path, mark]) => [
      path,
      Object.keys(texts).filter(place => texts[place]?.toLowerCase().includes(mark.toLowerCase())),
    ]),
  );
}

test('every field stands, after every call of a shop, exactly where the table says', async t => {
  const stored = storedFile(t);
  const watched = await watchedStack(t, stored.env);
  await everySuccess(t, watched);
  const waiting = stored.bytes();
  const metrics = (await watched.call('GET', '/metrics')).text;
  watched.replies.pop();
  await endAll(watched, stored);
  await watched.stack.close();
  const ended = stored.bytes();

  const sealedFile = storedFile(t);
  const sealed = await watchedStack(t, { ...sealedFile.env, STORE_KEY: 'a-store-key-of-the-canary-000001' });
  await everySuccess(t, sealed);
  const texts = { waiting, ended, sealed: sealedFile.bytes(), ...saidBy(watched), metrics };
  for (const [place, text] of Object.entries(texts))
    assert.ok(text.length > (place === 'error' ? -1 : 1_000), `${place} was looked at`);
  const allowed = Object.entries(fields).flatMap(([path, { mark, places: stands }]) =>
    mark === null ? [] : [[path, places.filter((place: Place) => stands.includes(place))] as const],
  );
  assert.deepEqual(standing(texts), Object.fromEntries(allowed));
});

test('no field stands anywhere else after refused calls and faults of the PSP', async t => {
  const stored = storedFile(t);
  const watched = await watchedStack(t, stored.env);
  await everyRefusal(watched);
  await everyFault(watched);
  await everyGateway(watched);
  const waiting = stored.bytes();
  const metrics = (await watched.call('GET', '/metrics')).text;
  await watched.stack.close();
  assertAllowed({ waiting, ...saidBy(watched), metrics });
});

function assertAllowed(texts: Readonly<Record<string, string>>): void {
  const surplus = Object.entries(standing(texts)).flatMap(([path, found]) =>
    found
      .filter(place => !fields[path]?.places.some(allowed => allowed === place))
      .map(place => `${path} in ${place}`),
  );
  assert.deepEqual(surplus, []);
}

/** Every text and number in a body. */
function leavesIn(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesIn);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** The emulator behind a front that says back what it was sent, wherever a text may stand. */
async function startEchoingPsp(t: TestContext) {
  let target = '';
  let status = 0;
  const front = await listen(async request => {
    const { method } = request;
    const url = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ['host', 'connection', 'content-length', 'accept-encoding']) headers.delete(name);
    const sent = method === 'GET' ? null : await request.text();
    const answer = await fetch(target + url.pathname + url.search, { method, headers, body: sent });
    const body = await answer.json().catch(() => ({}));
    const leaves = sent?.startsWith('{') ? leavesIn(JSON.parse(sent)) : [];
    if (status === 0 || leaves.length === 0 || url.pathname === '/auth')
      return Response.json(body, { status: answer.status });
    const echo = {
      message: leaves.join(' '),
      error: leaves.at(-1),
      errorCode: leaves.find(leaf => /^\d{16}$/.test(leaf)) ?? leaves[0],
      errors: leaves.map(leaf => ({ code: leaf, description: `${leaf}: must not be blank, was ${leaf}` })),
      ...Object.fromEntries(leaves.map(leaf => [leaf, leaf])),
    };
    return status === 200
      ? Response.json({ ...body, ...echo }, { status: answer.status })
      : Response.json(echo, { status });
  });
  t.after(front.close);
  return {
    url: front.url,
    standBefore: (emulator: string) => {
      target = emulator;
    },
    say: (next: number) => {
      status = next;
    },
  };
}

test('a PSP that says back what it was sent puts no field anywhere, nor a card number', async t => {
  const stored = storedFile(t);
  const echo = await startEchoingPsp(t);
  const watched = await watchedStack(t, { ...stored.env, LETPAY_API_URL: echo.url });
  echo.standBefore(watched.stack.emulatorUrl);
  const ids = await storePerson(watched);
  for (const status of [200, 400, 422, 500, 503]) {
    for (const schema of requestSchemas) {
      const token = await newOrder(watched);
      echo.say(status);
      await watched.call('POST', pathOf(schema, token), { body: bodyOf(schema, { ...ids }) });
      await watched.call('GET', `/v1/orders/${token}`);
      echo.say(0);
    }
  }
  const waiting = stored.bytes();
  const metrics = (await watched.call('GET', '/metrics')).text;
  await watched.stack.close();
  const texts = { waiting, ...saidBy(watched), metrics };
  assertAllowed(texts);
  for (const [place, text] of Object.entries(texts)) assert.ok(!text.includes('4539620659922097'), place);
});
