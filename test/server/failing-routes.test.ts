/**
 * No failing store and no failing gateway ends the process or leaves a caller without a problem: on every route the n-th call
 * fails, for every n. What says “nothing was sent” is held against what was sent, and the repeated key against the PSP’s books.
 */
import { strict as assert } from 'node:assert';
import { describe, it, type TestContext } from 'node:test';
import { problem, problemStatuses } from '../../server/contract/problem.ts';
import { createLesspay } from '../../server/gateways/lesspay/lesspay.ts';
import { createLetPay } from '../../server/gateways/letpay/letpay.ts';
import { createLetsia } from '../../server/gateways/letsia/letsia.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { assertDescribed, operationAt } from './described.ts';
import {
  failingGateway,
  failingStore,
  isReached,
  type Mode,
  modes,
  moneyCalls,
  type Plan,
  runUnder,
} from './failing-parts.ts';
import { merchantCalls } from './merchant-calls.ts';
import {
  card,
  checkoutOf,
  environment,
  merchantKey,
  newKey,
  order,
  shopOrigin,
  startStack,
} from './stack.ts';
import { personData, savedCard, storedCards } from './stored-cards.ts';
import { unownedFailures } from './unowned-failures.ts';

interface Call {
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
  /** How many payments the PSP may have taken under the newest reference afterwards; 1 unless told. */
  readonly charges?: number;
}

/** More calls than any route makes. */
const callsAtMost = 60;

async function startWorld(t: TestContext) {
  const base = openSqliteStore(':memory:', recordCodec(environment.STORE_KEY));
  const stack = await startStack(t, {
    outcomeDelayMs: 60_000,
    deps: config => {
      const shared = {
        now: Date.now,
        monotonic: Date.now,
        onCall: () => undefined,
        onLogIn: () => undefined,
        onLogInRefused: () => undefined,
        onLogInFailed: () => undefined,
      };
      const gateways = [
        createLetPay(config.letpay, shared),
        ...(config.letsia
          ? [
              createLetsia(config.letsia, {
                ...shared,
                wait: async () => undefined,
              }),
            ]
          : []),
        ...(config.lesspay ? [createLesspay(config.lesspay, { ...shared, newId: newKey })] : []),
      ];
      return { store: failingStore(base), gateways: gateways.map(failingGateway) };
    },
  });
  const money = merchantCalls(stack);
  const cards = storedCards(stack);
  const { personId, cardId } = await cards.store({ person_firstname: 'PAID' });
  let references = 0;
  const reference = () => `FAILING-${++references}`;
  return {
    stack,
    money,
    cards,
    personId,
    cardId,
    unowned: unownedFailures(t),
    reference,
    newestReference: () => `FAILING-${references}`,
    order: (changes: object = {}) => stack.orderToken({ reference_id: reference(), ...changes }),
    /** A Pix that nobody has paid. */
    async waiting(): Promise<string> {
      const token = await stack.orderToken({ reference_id: reference() });
      checkoutOf(await stack.send(token, { method: 'PIX' }));
      return token;
    },
  };
}

type World = Awaited<ReturnType<typeof startWorld>>;
/** Makes what the call is about, and gives the call. */
type Scenario = (world: World) => Promise<Call>;

const checkoutAt = async (token: Promise<string>, more = ''): Promise<Call> => ({
  path: `/v1/checkout/${await token}${more}`,
});
const orderAt = async (token: Promise<string>, more = '', call: Omit<Call, 'path'> = {}): Promise<Call> => ({
  path: `/v1/orders/${await token}${more}`,
  ...call,
});
const sending = async (token: Promise<string>, body: unknown): Promise<Call> => ({
  path: `/v1/checkout/${await token}/sendPayment`,
  body,
  key: newKey(),
});
const withCards = ({ order: make, personId }: World) => make({ public_person_id: personId });
const foreign = ({ stack }: World) => stack.pspOrder();
const plain = (path: string): Record<string, Scenario> => ({ '': async () => ({ path }) });

/** By the app’s routes. */
const scenarios: Readonly<Record<string, Readonly<Record<string, Scenario>>>> = {
  'POST /v1/orders': {
    'with a key': async w => ({
      path: '/v1/orders',
      key: newKey(),
      body: { ...order, reference_id: w.reference(), public_person_id: w.personId },
    }),
    'at Letsia': async w => ({
      path: '/v1/orders',
      body: { ...order, gateway: 'letsia', reference_id: w.reference() },
    }),
    'at Lesspay': async w => ({
      path: '/v1/orders',
      body: { ...order, gateway: 'lesspay', reference_id: w.reference() },
    }),
  },
  'GET /v1/orders': {
    '': async w => {
      const reference_id = w.reference();
      await w.order({ reference_id, public_person_id: w.personId });
      await w.order({ reference_id });
      return { path: `/v1/orders?reference_id=${reference_id}` };
    },
  },
  'GET /v1/orders/:token': {
    waiting: w => orderAt(w.waiting()),
    'made elsewhere': w => orderAt(foreign(w)),
  },
  'POST /v1/orders/:token/capture': { held: w => orderAt(w.money.held(), '/capture', { key: newKey() }) },
  'POST /v1/orders/:token/cancel': { held: w => orderAt(w.money.held(), '/cancel', { key: newKey() }) },
  'POST /v1/orders/:token/refunds': {
    paid: w => orderAt(w.money.paid(), '/refunds', { key: newKey(), body: { amount: 1 } }),
  },
  'GET /v1/orders/:token/refunds': {
    'a refund on its way': async w => {
      const token = await w.money.paid();
      await w.money.refund(token, { amount: 1 });
      return { path: `/v1/orders/${token}/refunds` };
    },
  },
  'GET /v1/refunds/:id': {
    'a refund on its way': async w => {
      const token = await w.money.paid();
      const made = await w.money.refund(token, { amount: 1 });
      return { path: `/v1/refunds/${(made.body as { refund_id: string }).refund_id}` };
    },
  },
  'GET /v1/contracts': plain('/v1/contracts'),
  'POST /v1/persons': { '': async () => ({ path: '/v1/persons', body: personData }) },
  'GET /v1/persons/:id': { '': async w => ({ path: `/v1/persons/${w.personId}` }) },
  'DELETE /v1/persons/:id': { '': async w => ({ path: `/v1/persons/${(await w.cards.store()).personId}` }) },
  'DELETE /v1/cards/:id': { '': async w => ({ path: `/v1/cards/${(await w.cards.store()).cardId}` }) },
  'POST /v1/quotes': {
    '': async w => ({ path: '/v1/quotes', body: { amount: 10, asset: 'BRL', public_person_id: w.personId } }),
  },
  'POST /v1/token-payments': {
    '': async w => ({
      path: '/v1/token-payments',
      key: newKey(),
      body: {
        amount: 10,
        asset: 'BRL',
        reference_id: w.reference(),
        payment_country: 'BR',
        payment_currency: 'BRL',
        public_person_id: w.personId,
        public_card_id: w.cardId,
        card_installments: 1,
      },
    }),
  },
  'GET /v1/checkout/:token/events': {
    'saved cards': w => checkoutAt(withCards(w), '/events'),
    'made elsewhere': w => checkoutAt(foreign(w), '/events'),
  },
  'GET /v1/checkout/:token': {
    'saved cards': w => checkoutAt(withCards(w)),
    waiting: w => checkoutAt(w.waiting()),
    'made elsewhere': w => checkoutAt(foreign(w)),
  },
  'POST /v1/checkout/:token/sendPayment': {
    card: w => sending(w.order(), card),
    'Pix, with saved cards': w => sending(withCards(w), { method: 'PIX' }),
    'a saved card': w => sending(withCards(w), savedCard(w.cardId)),
    'a card to be saved': w => sending(w.order({ offer_save_card: true }), { ...card, save_card: true }),
    'a card after a Pix': async w => {
      const token = await w.waiting();
      checkoutOf(await w.stack.renew(token));
      return { ...(await sending(Promise.resolve(token), card)), charges: 2 };
    },
    'a page of Letsia': w => sending(w.order({ gateway: 'letsia' }), { method: 'REDIRECT' }),
    'a page of Lesspay': w => sending(w.order({ gateway: 'lesspay' }), { method: 'REDIRECT' }),
  },
  'POST /v1/checkout/:token/renew': {
    'a Pix': async w => ({ ...(await checkoutAt(w.waiting(), '/renew')), key: newKey() }),
  },
  'DELETE /v1/checkout/:token/saved-cards/:card': {
    '': async w => {
      const { cardId, personId } = await w.cards.store();
      return checkoutAt(w.order({ public_person_id: personId }), `/saved-cards/${cardId}`);
    },
  },
  'POST /v1/callbacks/:gateway': {
    LetPay: async w => ({ path: '/v1/callbacks/letpay', body: { payment_token: await w.waiting() } }),
  },
  'GET /v1/openapi.json': plain('/v1/openapi.json'),
  'GET /v1/docs': plain('/v1/docs'),
  'GET /v1/docs.css': plain('/v1/docs.css'),
  'GET /healthz': plain('/healthz'),
  'GET /metrics': plain('/metrics'),
  'GET /readyz': plain('/readyz'),
  'GET /pay/:token': {
    known: async w => ({ path: `/pay/${await w.order()}` }),
    'made elsewhere': async w => ({ path: `/pay/${await foreign(w)}` }),
  },
  'GET /pay.css': plain('/pay.css'),
  'GET /:file{letpay-[\\w.-]+}': plain('/letpay-checkout.js'),
};

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function ask({ stack }: World, method: string, { path, body, key }: Call): Promise<Answer> {
  const leaving = new AbortController();
  const reply = await stack.proxy.fetch(
    new Request(stack.url + path, {
      method,
      signal: leaving.signal,
      headers: {
        Authorization: `Bearer ${merchantKey}`,
        Origin: shopOrigin,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  if (!reply.headers.get('content-type')?.startsWith('text/event-stream'))
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('event: checkout')) {
    const part = await reader?.read();
    if (!part || part.done) break;
    text += part.value;
  }
  await reader?.cancel();
  return { status: reply.status, headers: reply.headers, text };
}

function assertAnswered(method: string, { path }: Call, answer: Answer, plan: Plan): void {
  const { status, headers, text } = answer;
  const what = `${plan.mode}, call ${plan.nth} of ${plan.calls.join(' ')}: ${status} ${text.slice(0, 300)}`;
  const operation = operationAt(method, new URL(path, 'http://proxy').pathname);
  if (operation) assertDescribed(operation, answer);
  if (status < 400 || path === '/readyz') return;
  assert.equal(headers.get('content-type'), 'application/problem+json', what);
  const { code } = problem.parse(JSON.parse(text));
  assert.ok(code in problemStatuses && code !== 'internal_error', what);
  // Once an order may be at the PSP, “nothing was sent” would be a lie.
  const made = plan.asked.includes('createOrder') && code === 'outcome_unknown';
  if (plan.mode.startsWith('store') && isReached(plan) && !made)
    assert.equal(code, 'store_unavailable', what);
  if (code === 'store_unavailable' && path === '/v1/orders')
    assert.ok(!plan.asked.includes('createOrder'), what);
  if (code !== 'store_unavailable' && code !== 'psp_unavailable') return;
  const sent = plan.asked.filter(name => moneyCalls.has(name));
  assert.deepEqual(sent, [], `something had left: ${what}`);
}

describe('every route with a store or a gateway that fails at its n-th call', () => {
  it('has a scenario for every route of the app', async t => {
    const { stack } = await startWorld(t);
    const routes = stack.proxy.routes.filter(({ method }) => method !== 'ALL');
    const inApp = new Set(routes.map(({ method, path }) => `${method} ${path}`));
    assert.deepEqual([...inApp].sort(), Object.keys(scenarios).sort());
  });

  for (const [route, byName] of Object.entries(scenarios)) {
    for (const [name, scenario] of Object.entries(byName)) {
      it(`${route} ${name}`.trim(), async t => {
        const world = await startWorld(t);
        for (const mode of modes) await failEveryCall(world, route.split(' ')[0] ?? '', scenario, mode);
        assert.deepEqual(await world.unowned(), []);
        checkoutOf(await world.stack.read(await world.order()));
      });
    }
  }

  async function failEveryCall(world: World, method: string, scenario: Scenario, mode: Mode): Promise<void> {
    for (const forGood of [false, true]) {
      for (let nth = 1; ; nth += 1) {
        assert.ok(nth < callsAtMost, 'a route that asks for ever');
        const call = await scenario(world);
        const { plan, result } = await runUnder({ mode, nth, forGood }, () => ask(world, method, call));
        assertAnswered(method, call, result, plan);
        if (!isReached(plan)) break;
        if (call.key !== undefined) await assertOnce(world, method, call, plan);
      }
    }
  }

  /** The same key again, when all is well again. */
  async function assertOnce(world: World, method: string, call: Call, plan: Plan): Promise<void> {
    const again = await ask(world, method, call);
    // An order that may be on its way still is not made again.
    const isLost = call.path === '/v1/orders' && again.status === 502;
    assert.ok(again.status < 500 || isLost, `${plan.mode}, call ${plan.nth} of ${plan.calls}: ${again.text}`);
    const what = `${plan.mode}, call ${plan.nth} of ${plan.calls}`;
    const payments = await world.stack.payments(world.newestReference());
    if (call.path === '/v1/orders')
      assert.ok(payments.length <= 1, `made ${payments.length} orders: ${what}`);
    const charges = payments.filter(({ status }) => status !== 'CREATED').length;
    assert.ok(charges <= (call.charges ?? 1), `charged ${charges} times: ${what}`);
    if (!call.path.endsWith('/refunds')) return;
    const refunds = await world.money.pspRefunds(call.path.split('/')[3] ?? '');
    assert.ok(refunds.length <= 1, `given back ${refunds.length} times: ${what}`);
  }
});
