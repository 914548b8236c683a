/** The proxy’s description of itself: complete, true, and readable by others’ programs. */
import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { type ProblemCode, problemStatuses } from '../../server/contract/problem.ts';
import { schemas } from '../../server/openapi/component-schemas.ts';
import { docsPage } from '../../server/openapi/docs-page.ts';
import { openApiDocument, operations } from '../../server/openapi/document.ts';
import { examples } from '../../server/openapi/examples.ts';
import { noteKeyOf, noteKeys } from '../../server/openapi/field-notes.ts';
import { fieldRows } from '../../server/openapi/field-rows.ts';
import { problemCodesOf } from '../../server/openapi/operation.ts';
import { assertDescribed, operationAt, pattern, type SeenAnswer } from './described.ts';
import { card, merchantKey, type Stack, startStack, until } from './stack.ts';
import { storedCards } from './stored-cards.ts';
import { startWebhookReceiver } from './webhook-receiver.ts';

const document = openApiDocument('https://pay.shop.example');
const name = (method: string, path: string) => `${method.toUpperCase()} ${pattern(path)}`;

test('the document describes every route of the app and no other', async t => {
  const { proxy } = await startStack(t);
  const routes = proxy.routes.filter(({ method }) => method !== 'ALL');
  const described = operations.map(({ method, path }) => name(method, path));
  assert.deepEqual(
    described.toSorted(),
    [...new Set(routes.map(({ method, path }) => name(method, path)))].toSorted(),
  );
});

test('a public linter finds nothing to say against the document', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'letpay-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(document));
    const linter = join(import.meta.dirname, '../../node_modules/@redocly/cli/bin/cli.js');
    // Health checks, style sheets and the document refuse nobody.
    const rules = ['--extends=recommended-strict', '--skip-rule=operation-4xx-response'];
    const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
    const run = await promisify(execFile)(process.execPath, [linter, 'lint', ...rules, file], {
      env,
      cwd: folder,
    }).catch((error: { stdout: string; stderr: string }) => ({
      stdout: error.stdout,
      stderr: `failed: ${error.stderr}`,
    }));
    assert.match(`${run.stdout}${run.stderr}`, /Your API description is valid/);
    assert.doesNotMatch(run.stderr, /^failed/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every field and every schema has words, and no words are left over', () => {
  const places = Object.entries(document.components.schemas).flatMap(([schema, content]) => [
    schema,
    ...fieldRows(content).map(row => `${schema}.${row.name.replaceAll('[]', '')}`),
  ]);
  assert.deepEqual(
    places.filter(place => noteKeyOf(place) === undefined),
    [],
  );
  const used = new Set(places.map(noteKeyOf));
  assert.deepEqual(
    noteKeys.filter(key => !used.has(key)),
    [],
  );
});

test('every example fits the schema that it stands for, and each is shown somewhere', () => {
  const shown = new Set<string>();
  const assertFits = (value: unknown, wanted: readonly (keyof typeof schemas)[]) => {
    const parsed = wanted.map(schema => schemas[schema].safeParse(value));
    assert.ok(
      parsed.some(({ success }) => success),
      JSON.stringify(value),
    );
  };
  for (const { body, answers } of operations) {
    for (const example of body?.examples ?? []) {
      assertFits(examples[example].value, body?.schemas ?? []);
      shown.add(example);
    }
    for (const answer of Object.values(answers)) {
      if (!('schema' in answer)) continue;
      for (const example of answer.examples) {
        assert.deepEqual(schemas[answer.schema].parse(examples[example].value), examples[example].value);
        shown.add(example);
      }
    }
  }
  assert.deepEqual(schemas.WebhookEvent.parse(examples.webhook.value), examples.webhook.value);
  shown.add('webhook');
  assert.deepEqual(
    Object.keys(examples).filter(example => !shown.has(example)),
    [],
  );
});

test('every code of the contract is an answer of some call', () => {
  const answered = new Set(operations.flatMap(problemCodesOf));
  assert.deepEqual(
    Object.keys(problemStatuses).filter(code => !answered.has(code as ProblemCode)),
    [],
  );
});

test('a call that is said to need the merchant key refuses to do without, and no other asks for it', async t => {
  const stack = await startStack(t);
  for (const { id, method, path, caller } of operations) {
    if (id === 'watchCheckout') continue;
    const { status } = await stack.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'letpay'));
    assert.equal(status === 401, caller === 'backend', id);
  }
});

/** Everything that the proxy answers while `run` works with it. */
async function answersDuring(
  t: TestContext,
  run: (stack: Stack) => Promise<void>,
): Promise<{ id: string; answer: SeenAnswer }[]> {
  const seen: Promise<{ id: string; answer: SeenAnswer }>[] = [];
  const stack = await startStack(t, {
    wrap: proxy => ({
      async fetch(request) {
        const answer = await proxy.fetch(request);
        const operation = operationAt(request.method, new URL(request.url).pathname);
        const copy = answer.clone();
        if (operation)
          seen.push(
            copy.text().then(text => ({
              id: operation.id,
              answer: { status: copy.status, headers: copy.headers, text },
            })),
          );
        return answer;
      },
    }),
  });
  await run(stack);
  return Promise.all(seen);
}

test('what the proxy really answers is what the document says', async t => {
  const answers = await answersDuring(t, async stack => {
    const key = (value: string) => ({ 'Idempotency-Key': value });
    await stack.createOrder({}, key('order-1'));
    await stack.createOrder({ amount: 1 }, key('order-1'));
    await stack.createOrder({ amount: -1 });
    await stack.createOrder({ person_taxid: '12345678900' });
    await stack.call('GET', '/v1/orders?reference_id=ORDER-1');

    const pix = await stack.orderToken();
    await stack.send(pix, { method: 'PIX' });
    await stack.send(pix, { method: 'PIX' });
    await stack.renew(pix);
    await stack.renew(pix);
    await stack.settle(pix, 'PAID');

    const declined = await stack.orderToken({ person_firstname: 'DECLINED' });
    await stack.send(declined, { ...card, card_number: '1' });
    await stack.send(declined, card);
    await stack.checkoutWhen(declined, ({ status }) => status === 'DECLINED');
    await stack.send(declined, card);

    const paid = await stack.orderToken({ person_firstname: 'PAID', reference_id: 'ORDER-2' });
    await stack.send(paid, card);
    await stack.checkoutWhen(paid, ({ status }) => status === 'PAID');
    await stack.send(paid, card);
    await stack.merchant('POST', `/v1/orders/${paid}/refunds`, { amount: 1000 });
    const refund = await stack.merchant('POST', `/v1/orders/${paid}/refunds`, { amount: 23.45 });
    const { refund_id } = refund.body as { refund_id: string };
    await stack.merchant('GET', `/v1/refunds/${refund_id}`);
    await stack.merchant('GET', '/v1/refunds/rf_none_1');
    await stack.merchant('GET', `/v1/orders/${paid}/refunds`);
    await stack.merchant('GET', `/v1/orders/${paid}`);
    await stack.merchant('GET', '/v1/orders?reference_id=ORDER-2');
    await stack.merchant('GET', '/v1/orders');
    await stack.merchant('POST', `/v1/orders/${paid}/capture`);

    const held = await stack.orderToken({ person_firstname: 'PAID', delay_capture: true });
    await stack.send(held, card);
    await stack.checkoutWhen(held, ({ status }) => status === 'PRE_AUTHORIZED');
    await stack.merchant('POST', `/v1/orders/${held}/capture`, { amount: 100 });
    const givenUp = await stack.orderToken({ person_firstname: 'PAID', delay_capture: true });
    await stack.send(givenUp, card);
    await stack.checkoutWhen(givenUp, ({ status }) => status === 'PRE_AUTHORIZED');
    await stack.merchant('POST', `/v1/orders/${givenUp}/cancel`);

    const lost = await stack.orderToken({ person_firstname: 'PAID' });
    await stack.fault({ path: '/payment/*/sendPayment', kind: 'drop_after', times: 1 });
    await stack.send(lost, card);

    const { personId, cardId, token: offering } = await storedCards(stack).withOrder();
    await stack.merchant('POST', '/v1/persons', {});
    await stack.merchant('GET', `/v1/persons/${personId}`);
    await stack.read(offering);
    const price = { amount: 10, asset: 'BRL', public_person_id: personId };
    await stack.merchant('POST', '/v1/quotes', price);
    await stack.dialect('classic');
    await stack.merchant('POST', '/v1/quotes', price);
    await stack.dialect('current');
    const charge = { ...price, public_card_id: cardId, reference_id: 'ORDER-3' };
    await stack.merchant('POST', '/v1/token-payments', charge);
    const once = { Authorization: `Bearer ${merchantKey}`, ...key('charge-1') };
    await stack.call('POST', '/v1/token-payments', { body: charge, headers: once });
    await stack.call('POST', '/v1/token-payments', { body: charge, headers: once });
    await stack.call('DELETE', `/v1/checkout/${offering}/saved-cards/none`);
    await stack.call('DELETE', `/v1/checkout/${offering}/saved-cards/${cardId}`);
    await stack.merchant('DELETE', `/v1/persons/${personId}`);
    const other = await storedCards(stack).store();
    await stack.merchant('DELETE', `/v1/cards/${other.cardId}`);
    await stack.merchant('DELETE', '/v1/cards/none');

    await stack.merchant('GET', '/v1/contracts');
    await stack.merchant('GET', '/v1/contracts?gateway=none');
    await stack.call('POST', '/v1/callbacks/letpay', { body: { payment_token: paid } });
    await stack.call('POST', '/v1/callbacks/none', { body: {} });
    for (const path of [`/pay/${paid}`, '/pay/none', '/pay.css', '/letpay-none.js', '/healthz', '/readyz'])
      await stack.call('GET', path);
    for (const path of ['/metrics', '/v1/openapi.json', '/v1/docs', '/v1/docs.css'])
      await stack.call('GET', path);
    await stack.closeEmulator();
    await stack.createOrder();
  });
  for (const { id, answer } of answers) {
    const operation = operations.find(({ id: known }) => known === id);
    assert.ok(operation);
    assertDescribed(operation, answer);
  }
  const silent = operations
    .filter(({ id, answers: told }) => !answers.some(seen => seen.id === id && seen.answer.status in told))
    .map(({ id }) => id);
  // The feed does not end, and the tag is not built here.
  assert.deepEqual(silent, ['watchCheckout', 'readTag']);
});

test('an answer that the document does not tell of is noticed', () => {
  const operation = operationAt('GET', '/v1/orders/some-token');
  assert.equal(operation?.id, 'readOrder');
  const answer = (status: number, body: object, type = 'application/json') => ({
    status,
    headers: new Headers({ 'Content-Type': type, 'X-Request-Id': 'request-1' }),
    text: JSON.stringify(body),
  });
  const order = examples.paidOrder.value as object;
  const refused = document.components.examples['already_paid']?.value as object;
  const unknown = document.components.examples['not_found']?.value as object;
  const problemType = 'application/problem+json';
  assertDescribed(operation, answer(200, order));
  assertDescribed(operation, answer(404, unknown, problemType));
  for (const wrong of [
    answer(201, order),
    answer(200, { ...order, more: 1 }),
    answer(200, { ...order, status: 'SETTLED' }),
    answer(200, order, 'text/html'),
    answer(409, refused, problemType),
    answer(409, unknown, problemType),
  ])
    assert.throws(() => assertDescribed(operation, wrong));
});

test('an event that leaves has the fields of the document and no other', async t => {
  const receiver = await startWebhookReceiver(t);
  const stack = await startStack(t, { env: receiver.env });
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  await stack.settle(token, 'PAID');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  await stack.merchant('POST', `/v1/orders/${token}/refunds`, { amount: 1 });
  const events = await until(() => {
    const bodies = receiver.deliveries.map(({ body }) => JSON.parse(body));
    return bodies.some(({ type }) => type.startsWith('refund.')) && bodies;
  });
  for (const event of events) assert.deepEqual(schemas.WebhookEvent.parse(event), event);
  assert.ok(events.some(({ type }) => type === 'order.paid'));
  const described = document.webhooks['event']?.['post']?.requestBody?.content['application/json']?.schema;
  assert.deepEqual(described, { $ref: '#/components/schemas/WebhookEvent' });
});

test('the page leads to every call, code and schema, and needs nothing but its own style', async t => {
  const stack = await startStack(t);
  const page = await stack.call('GET', '/v1/docs');
  assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
  const policy = page.headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none'; style-src 'self';/);
  assert.doesNotMatch(policy, /script-src|unsafe/);
  assert.doesNotMatch(page.text, /<script|\sstyle=|\son[a-z]+=|<(?:img|link|script)[^>]+https?:/);

  const ids = [...page.text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  assert.equal(new Set(ids).size, ids.length, 'an id stands twice');
  const links = [...page.text.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(
    links.filter(id => !ids.includes(id)),
    [],
  );
  const wanted = [
    ...operations.map(({ id }) => id),
    ...Object.keys(problemStatuses).map(code => `code-${code}`),
    ...Object.keys(document.components.schemas).map(schema => `schema-${schema}`),
  ];
  assert.deepEqual(
    wanted.filter(id => !ids.includes(id)),
    [],
  );
});

test('the page shows texts as texts', async () => {
  const hostile = { ...document, info: { ...document.info, title: '<script>alert(1)</script>' } };
  assert.doesNotMatch(String(await docsPage(hostile)), /<script/);
});
