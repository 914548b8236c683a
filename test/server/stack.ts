/**
 * The proxy over the emulator, both on real sockets of this machine, with the clock of the proxy in the test’s hand and
 * everything that it logs in an array.
 */
import { strict as assert } from 'node:assert';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { scheduler } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { startEmulator } from '../../demo/emulator/emulator.ts';
import { createProxy, type Proxy as ProxyApp, type ProxyDeps } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config.ts';
import { type Checkout, checkout } from '../../server/contract/checkout.ts';
import { type Problem, problem } from '../../server/contract/problem.ts';
import { createLog } from '../../server/log.ts';
import { assertDescribed, operationAt } from './described.ts';

export const merchantKey = 'merchant-key-of-the-tests-0001';
export const shopOrigin = 'https://shop.example';

/** The environment that every test starts from. */
export const environment = {
  LETPAY_API_KEY: 'demo',
  LETPAY_API_SECRET: 'demo',
  MERCHANT_API_KEY: merchantKey,
  ALLOWED_ORIGINS: shopOrigin,
  STORE_URL: 'memory:',
  STORE_KEY: 'store-key-of-the-tests-00000001',
  PSP_TIMEOUT_MS: '2000',
} as const;

export const order = {
  amount: 123.45,
  asset: 'BRL',
  reference_id: 'ORDER-1',
  person_firstname: 'Alice',
  person_surname: 'Sonnentag',
  person_taxid: '39784045087',
  person_email: 'alice@example.com',
  disable_address: true,
  payment_country: 'BR',
  payment_currency: 'BRL',
} as const;

export const mexicanOrder = {
  ...order,
  asset: 'MXN',
  payment_country: 'MX',
  payment_currency: 'MXN',
  person_taxid: 'GODE561231GR8',
} as const;

export const card = {
  method: 'CREDITCARD',
  card_number: '4539620659922097',
  card_holder: 'Alice Sonnentag',
  card_cvv: '123',
  card_month: 12,
  card_year: 2030,
  card_installments: 1,
} as const;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined when the body was no JSON. */
  readonly body: unknown;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StackOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly deps?: ProxyDeps | ((config: Config) => ProxyDeps);
  /** Milliseconds from PROCESSING to the outcome that the payer’s name asks for. */
  readonly outcomeDelayMs?: number;
  /** Whether the account may take debit cards; not unless told. */
  readonly debitCards?: boolean;
  /** Callbacks of the emulator reach the proxy; not unless told, so that a test decides what the proxy reads when. */
  readonly callbacks?: boolean;
  readonly widgetFolder?: string;
  readonly wrap?: (proxy: ProxyApp) => { fetch(request: Request): Response | Promise<Response> };
}

export interface LedgerRow {
  readonly payment_token: string;
  readonly reference_id: string;
  readonly status: string;
  readonly method: string | null;
  readonly send_received: number;
  readonly send_accepted: number;
  readonly amount_received: number;
  readonly refunded_amount: number;
}

export interface Fault {
  readonly path: string;
  readonly method?: string;
  readonly times?: number;
  readonly kind: string;
  readonly ms?: number;
  readonly status?: number;
}

/** Looks again every few milliseconds until the answer is something; fails when that takes longer than `withinMs`. */
export async function until<T>(
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  withinMs = 5_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) assert.fail(`not within ${withinMs} ms: ${look}`);
    await scheduler.wait(5);
  }
}

export async function request(
  base: string,
  method: string,
  path: string,
  options: CallOptions = {},
): Promise<Reply> {
  const { body, headers = {} } = options;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(base + path, {
    method,
    headers: { ...(text !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    ...(text !== undefined && { body: text }),
    redirect: 'manual',
  });
  const received = await answer.text();
  return { status: answer.status, headers: answer.headers, text: received, body: parse(received) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The Checkout in a reply of this status, checked against the contract. */
export function checkoutOf(reply: Reply, status = 200): Checkout {
  assert.equal(reply.status, status, reply.text);
  return checkout.parse(reply.body);
}

/** The problem in a reply, checked against the contract; `code` is the one that is expected. */
export function problemOf(reply: Reply, status: number, code: string): Problem {
  const body = problem.parse(reply.body);
  assert.deepEqual([reply.status, body.status, body.code], [status, status, code], reply.text);
  assert.equal(reply.headers.get('content-type'), 'application/problem+json');
  assert.equal(body.request_id, reply.headers.get('x-request-id'));
  return body;
}

/** The pointers and codes of a problem’s errors. */
export const fieldsIn = (body: Problem): [string, string][] =>
  (body.errors ?? []).map(({ pointer, code }) => [pointer, code]);

let keys = 0;
/** An Idempotency-Key that no other call has used. */
export const newKey = (): string => `key-${++keys}`;

export type Stack = Awaited<ReturnType<typeof startStack>>;

export async function startStack(t: TestContext, options: StackOptions = {}) {
  const { env = {}, deps = {}, outcomeDelayMs = 10, debitCards = false, callbacks = false } = options;
  const emulator = await startEmulator({ port: 0, outcomeDelayMs, debitCards });
  t.after(emulator.close);
  const clock = proxyClock();
  const log: string[] = [];

  let app: { fetch(request: Request): Response | Promise<Response> } | null = null;
  const server = await listen(request => app?.fetch(request) ?? new Response(null, { status: 503 }));
  const config = readConfig(
    {
      ...environment,
      LETPAY_API_URL: emulator.url,
      LETSIA_API_URL: `${emulator.url}/letsia`,
      LETSIA_EMAIL: 'demo@letsia.example',
      LETSIA_PASSWORD: 'demo',
      LESSPAY_API_URL: `${emulator.url}/lesspay`,
      LESSPAY_APP_ID: 'demo',
      LESSPAY_APP_SECRET: 'demo',
      PUBLIC_URL: server.url,
      ...env,
    },
    options.widgetFolder ?? '/nowhere',
  );
  const proxy = createProxy(callbacks ? config : { ...config, publicUrl: 'http://127.0.0.1:9' }, {
    now: clock.now,
    monotonic: clock.monotonic,
    log: createLog(line => log.push(line), clock.now),
    ...(typeof deps === 'function' ? deps(config) : deps),
  });
  app = options.wrap?.(proxy) ?? proxy;
  let closing: Promise<void> | null = null;
  const close = () => {
    closing ??= proxy.close().then(() => server.close());
    return closing;
  };
  t.after(close);

  /** Every answer in every test is one that the proxy’s description of itself tells of. */
  const call = async (method: string, path: string, more?: CallOptions) => {
    const reply = await request(server.url, method, path, more);
    // What is wrapped may be somebody else’s answer.
    const operation = options.wrap ? undefined : operationAt(method, new URL(path, server.url).pathname);
    if (operation) assertDescribed(operation, reply);
    return reply;
  };
  const control = async (method: string, path: string, body?: unknown) => {
    const reply = await request(emulator.url, method, `/_emulator${path}`, { body });
    assert.ok(reply.status < 300, `${path}: ${reply.text}`);
    return reply.body;
  };
  /** LetPay’s own API, as a merchant’s backend of another kind uses it. */
  const psp = async (method: string, path: string, body?: unknown) => {
    const login = await request(emulator.url, 'POST', '/auth', {
      body: { apiKey: 'demo', apiSecret: 'demo' },
    });
    const { token } = login.body as { token: string };
    return request(emulator.url, method, path, { body, headers: { 'X-Auth-Token': token } });
  };
  const asMerchant = { Authorization: `Bearer ${merchantKey}` };

  const payments = async (reference: string = order.reference_id) => {
    const { payments } = (await control('GET', `/payments?reference_id=${reference}`)) as {
      payments: LedgerRow[];
    };
    return payments;
  };

  return {
    url: server.url,
    emulatorUrl: emulator.url,
    proxy,
    clock,
    log,
    close,
    closeEmulator: emulator.close,
    call,
    control,
    psp,
    /** The token of an order that was made at the PSP and not through the proxy. */
    async pspOrder(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
      const contract_id = '4239d673-b23e-42a1-81bd-87d0984fb173';
      const reply = await psp('POST', '/payment', { ...order, contract_id, ...changes });
      return (reply.body as { payment: { payment_token: string } }).payment.payment_token;
    },

    /** `POST /v1/orders` as the merchant, with `changes` over the usual order. */
    createOrder: (changes: Readonly<Record<string, unknown>> = {}, headers: CallOptions['headers'] = {}) =>
      call('POST', '/v1/orders', { body: { ...order, ...changes }, headers: { ...asMerchant, ...headers } }),
    /** The token of a new order. */
    async orderToken(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
      return checkoutOf(await this.createOrder(changes), 201).payment_token;
    },
    merchant: (method: string, path: string, body?: unknown) =>
      call(method, path, { body, headers: asMerchant }),

    read: (token: string) => call('GET', `/v1/checkout/${token}`),
    send: (token: string, body: unknown, key = newKey()) =>
      call('POST', `/v1/checkout/${token}/sendPayment`, { body, headers: { 'Idempotency-Key': key } }),
    renew: (token: string, key = newKey()) =>
      call('POST', `/v1/checkout/${token}/renew`, { headers: { 'Idempotency-Key': key } }),
    /** The Checkout once `condition` holds for it. Time passes quickly, so that the proxy may ask the PSP again soon. */
    checkoutWhen(token: string, condition: (checkout: Checkout) => boolean): Promise<Checkout> {
      return until(async () => {
        const seen = checkoutOf(await this.read(token));
        if (condition(seen)) return seen;
        clock.advance(200);
        return null;
      });
    },

    fault: (fault: Fault) => control('POST', '/faults', fault),
    settle: (token: string, status: string, more: Readonly<Record<string, unknown>> = {}) =>
      control('POST', `/payments/${token}/settle`, { status, ...more }),
    dialect: (era: 'classic' | 'current') => control('POST', '/dialect', { era }),
    stats: async () => (await control('GET', '/stats')) as { logins: number; calls: Record<string, number> },
    payments,
    /** The emulator’s row of one payment. */
    async payment(token: string): Promise<LedgerRow> {
      const { payments } = (await control('GET', '/payments')) as { payments: LedgerRow[] };
      const row = payments.find(({ payment_token }) => payment_token === token);
      assert.ok(row, 'the emulator does not know this payment');
      return row;
    },
  };
}

/** Walks with the real clock and can be put forward; its wall clock can also be set. */
export function proxyClock() {
  let offset = 0;
  let wallOffset = 0;
  return {
    now: () => Date.now() + offset + wallOffset,
    monotonic: () => Math.round(performance.now()) + offset,
    advance(ms: number) {
      offset += ms;
    },
    /** Somebody sets the clock of the machine; no time passes. */
    stepWall(ms: number) {
      wallOffset += ms;
    },
  };
}

export async function listen(fetch: (request: Request) => Response | Promise<Response>) {
  const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(resolve => {
    const listening = serve({ fetch, port: 0, hostname: '127.0.0.1' }, info =>
      resolve({ server: listening, port: (info as AddressInfo).port }),
    );
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async close(): Promise<void> {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
