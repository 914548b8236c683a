import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Submission } from '../../../server/contract/submission.ts';
import { createChanges } from '../../../widget/api/changes.ts';
import { type ClientOptions, createClient } from '../../../widget/api/client.ts';
import { NotSentError, RefusedError, TooLateError, UnreadableError } from '../../../widget/api/errors.ts';
import { readCheckout } from '../../../widget/api/read-checkout.ts';
import { checkoutWith } from './checkout-fixture.ts';

/** All the calls of the proxy. */
function createCalls(options: Omit<ClientOptions, 'loadReader'>) {
  const client = createClient({ ...options, loadReader: async () => readCheckout });
  return { ...client, ...createChanges(client) };
}

type Fetch = typeof globalThis.fetch;

const token = '021b6048-81e2-49ad-b0e4-d9729a0efe17';
const card: Submission = {
  method: 'CREDITCARD',
  card_number: '4012001037141112',
  card_holder: 'PAID SILVA',
  card_cvv: '123',
  card_month: 12,
  card_year: 2030,
  card_installments: 1,
};
const never = new AbortController().signal;
const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const problem = (status: number, code: string, headers: Record<string, string> = {}) =>
  json(
    status,
    { code, status, request_id: 'r-1', errors: [{ pointer: '/card_number', code: 'invalid' }] },
    headers,
  );

/** Answers as it is told to, and keeps what it was asked. */
function fakeFetch(answer: () => Response | Promise<Response>) {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch: Fetch = async (input, init = {}) => {
    asked.push({ url: String(input), init });
    return answer();
  };
  return { asked, fetch };
}

/** Hangs until its signal ends it. */
const hanging: Fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });

const clientOf = (answer: () => Response | Promise<Response>) =>
  createCalls({ proxyUrl: 'https://pay.shop.example/', fetch: fakeFetch(answer).fetch });

/** The three calls, each as a function of the client. */
const calls = {
  read: (client: ReturnType<typeof createCalls>, signal = never) => client.read(token, signal),
  submit: (client: ReturnType<typeof createCalls>, signal = never) =>
    client.submit(token, card, 'key-1', signal),
  renew: (client: ReturnType<typeof createCalls>, signal = never) => client.renew(token, 'key-1', signal),
};
const changes = { submit: calls.submit, renew: calls.renew };

test('reads the Checkout of the token, without cookies, cache or referrer', async () => {
  const { asked, fetch } = fakeFetch(() => json(200, checkoutWith()));
  const client = createCalls({ proxyUrl: 'https://pay.shop.example/letpay/', fetch });
  assert.deepEqual(await client.read('a/b?c', never), checkoutWith());
  assert.equal(asked[0]?.url, 'https://pay.shop.example/letpay/v1/checkout/a%2Fb%3Fc');
  const { method, credentials, cache, referrerPolicy, redirect } = asked[0]?.init ?? {};
  assert.deepEqual(
    { method, credentials, cache, referrerPolicy, redirect },
    {
      method: undefined,
      credentials: 'same-origin',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
    },
  );
});

test('submits once, with the key, and with the card in the body and nowhere else', async () => {
  const { asked, fetch } = fakeFetch(() => json(202, checkoutWith({ verifying: true })));
  const client = createCalls({ proxyUrl: 'https://pay.shop.example', fetch });
  const checkout = await client.submit(token, card, 'key-1', never);
  assert.equal(checkout.verifying, true);
  assert.equal(asked.length, 1);
  const { url, init } = asked[0] ?? assert.fail();
  assert.equal(url, `https://pay.shop.example/v1/checkout/${token}/sendPayment`);
  assert.equal(init.method, 'POST');
  assert.deepEqual(init.headers, { 'content-type': 'application/json', 'idempotency-key': 'key-1' });
  assert.deepEqual(JSON.parse(String(init.body)), card);
  assert.ok(!JSON.stringify([url, init.headers]).includes(card.method === 'CREDITCARD' ? '4012' : ''));
});

test('renews with its key and an empty object', async () => {
  const { asked, fetch } = fakeFetch(() => json(200, checkoutWith({ attempt: 2 })));
  const client = createCalls({ proxyUrl: 'https://pay.shop.example', fetch });
  assert.equal((await client.renew(token, 'key-2', never)).attempt, 2);
  assert.equal(asked[0]?.url, `https://pay.shop.example/v1/checkout/${token}/renew`);
  assert.equal(asked[0]?.init.body, '{}');
});

test('the feed has an address and no call', () => {
  const { asked, fetch } = fakeFetch(() => json(200, {}));
  const client = createCalls({ proxyUrl: 'https://pay.shop.example/', fetch });
  assert.equal(client.eventsUrl(token), `https://pay.shop.example/v1/checkout/${token}/events`);
  assert.equal(asked.length, 0);
});

const insufficientFunds = { reason: 'insufficient_funds', action: 'pay_by_pix', code: '51' } as const;
const offline = () => Promise.reject(new TypeError('Failed to fetch'));

test('a read that reached nobody was not sent', async () => {
  await assert.rejects(calls.read(clientOf(offline)), NotSentError);
});

test('a read whose answer is not the contract’s names the wrong path', async () => {
  const answer = clientOf(() => json(200, { ...checkoutWith(), now: 0 }));
  await assert.rejects(
    calls.read(answer),
    (error: unknown) => error instanceof UnreadableError && error.path === '/now',
  );
  await assert.rejects(
    calls.read(clientOf(() => new Response('<html>'))),
    (error: unknown) => error instanceof UnreadableError && error.path === '',
  );
});

test('a read whose reader cannot be loaded may be repeated', async () => {
  const { fetch } = fakeFetch(() => json(200, checkoutWith({ decline: insufficientFunds })));
  const client = createClient({
    proxyUrl: '',
    fetch,
    loadReader: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
  });
  await assert.rejects(client.read(token, never), NotSentError);
});

for (const [name, call] of Object.entries(changes)) {
  test(`${name}: a network that dies leaves the outcome unknown, because the body may have left`, async () => {
    await assert.rejects(call(clientOf(offline)), TooLateError);
  });

  test(`${name}: an answer that cannot be read leaves the outcome unknown`, async () => {
    for (const answer of [
      () => new Response('<html>', { status: 200 }),
      () => json(200, { ok: true }),
      () => new Response('Bad Gateway', { status: 502 }),
      () => new Response('Request Timeout', { status: 408 }),
      () => problem(500, 'internal_error'),
    ]) {
      await assert.rejects(call(clientOf(answer)), TooLateError);
    }
  });

  test(`${name}: the proxy’s own refusal is a refusal`, async () => {
    await assert.rejects(call(clientOf(() => problem(422, 'validation_failed'))), (error: unknown) => {
      assert.ok(error instanceof RefusedError);
      const { status, code, fields, requestId, retryAfterMs } = error;
      assert.deepEqual(
        { status, code, fields, requestId, retryAfterMs },
        {
          status: 422,
          code: 'validation_failed',
          fields: [{ pointer: '/card_number', code: 'invalid' }],
          requestId: 'r-1',
          retryAfterMs: null,
        },
      );
      return true;
    });
  });

  test(`${name}: a PSP that was down before anything was sent is a refusal`, async () => {
    await assert.rejects(
      call(clientOf(() => problem(503, 'psp_unavailable'))),
      (error: unknown) => error instanceof RefusedError && error.code === 'psp_unavailable',
    );
  });
}

for (const [name, call] of Object.entries(calls)) {
  test(`${name}: no answer in time is too late`, async () => {
    for (const fetch of [hanging, () => new Promise<Response>(() => {})]) {
      const limits: number[] = [];
      let runOut = () => {};
      const client = createCalls({
        proxyUrl: 'https://pay.shop.example',
        fetch,
        timers: {
          setTimeout: (run, ms) => {
            limits.push(ms);
            runOut = run;
          },
          clearTimeout: () => {},
        },
      });
      const answer = call(client);
      runOut();
      await assert.rejects(answer, TooLateError);
      assert.deepEqual(limits, [name === 'read' ? 15_000 : 60_000]);
    }
  });

  test(`${name}: a caller that aborts gets its own reason back`, async () => {
    const client = createCalls({ proxyUrl: 'https://pay.shop.example', fetch: hanging, timeoutMs: 600_000 });
    const caller = new AbortController();
    const reason = new Error('left the page');
    const answer = call(client, caller.signal);
    caller.abort(reason);
    await assert.rejects(answer, (error: unknown) => error === reason);
  });

  test(`${name}: a caller that has aborted before sends nothing`, async () => {
    const { asked, fetch } = fakeFetch(() => json(200, checkoutWith()));
    const client = createCalls({ proxyUrl: 'https://pay.shop.example', fetch });
    await assert.rejects(call(client, AbortSignal.abort(new Error('gone'))), /gone/);
    assert.equal(asked.length, 0);
  });
}

test('Retry-After in seconds becomes milliseconds, and a date none', async () => {
  const after = (value: string) => clientOf(() => problem(429, 'too_many_tries', { 'retry-after': value }));
  const waits = (ms: number | null) => (error: unknown) =>
    error instanceof RefusedError && error.retryAfterMs === ms;
  await assert.rejects(calls.submit(after('30')), waits(30_000));
  await assert.rejects(calls.read(after('Fri, 20 Nov 2026 12:00:00 GMT')), waits(null));
});

test('no error of a submission holds what was sent', async () => {
  for (const answer of [offline, () => problem(422, 'psp_refused'), () => new Response('4012001037141112')]) {
    await assert.rejects(calls.submit(clientOf(answer)), (error: unknown) => {
      const { message = '', stack = '', cause } = error as Error;
      assert.equal(cause, undefined);
      assert.ok(!`${message}${stack}${JSON.stringify(error)}`.includes('4012001037141112'));
      return true;
    });
  }
});
