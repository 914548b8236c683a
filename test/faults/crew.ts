/** Proxy processes over one emulator and one store, and a client for them, for one test. */
import { strict as assert } from 'node:assert';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmulator } from '../../demo/emulator/emulator.ts';
import { type Checkout, checkout } from '../../server/contract/checkout.ts';
import { emulatorControls, type LedgerRow } from './emulator-controls.ts';
import { openHttp, type Reply } from './http.ts';
import { merchantKey, type ProxySettings, startProxy } from './proxy-process.ts';

export interface CrewSettings {
  readonly storeUrl: string;
  readonly pspTimeoutMs?: number;
  readonly proxies?: number;
  readonly env?: ProxySettings['env'];
}

export const order = {
  amount: 123.45,
  asset: 'BRL',
  reference_id: 'CREW-1',
  person_firstname: 'Alice',
  person_surname: 'Sonnentag',
  person_taxid: '39784045087',
  person_email: 'alice@example.com',
  disable_address: true,
  payment_country: 'BR',
  payment_currency: 'BRL',
} as const;

/** Looks again every few milliseconds until the answer is something; fails when that takes longer than `withinMs`. */
export async function until<T>(
  look: () => Promise<T | null | undefined | false>,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) assert.fail(`not within ${withinMs} ms: ${look}`);
    await wait(20);
  }
}

export type Crew = Awaited<ReturnType<typeof startCrew>>;

export async function startCrew(t: TestContext, settings: CrewSettings) {
  const http = openHttp();
  t.after(() => http.close());
  const psp = await startEmulator({ port: 0 });
  t.after(() => psp.close());
  const emulator = emulatorControls(psp.url, http);
  const { storeUrl, pspTimeoutMs = 1_500, env = {} } = settings;
  const proxies = await Promise.all(
    Array.from({ length: settings.proxies ?? 1 }, () =>
      startProxy({ letpayUrl: psp.url, storeUrl, pspTimeoutMs, env }),
    ),
  );
  t.after(() => Promise.all(proxies.map(proxy => proxy.kill())));

  /** `at`: which proxy. */
  const call = (
    at: number,
    method: 'GET' | 'POST',
    path: string,
    more: { key?: string; body?: unknown } = {},
  ) =>
    http.call({
      method,
      url: `${proxies[at]?.url}${path}`,
      headers: {
        authorization: `Bearer ${merchantKey}`,
        ...(more.key !== undefined && { 'idempotency-key': more.key }),
      },
      body: more.body,
    });
  let keys = 0;

  return {
    emulator,
    http,
    proxies,
    call,
    newKey: () => `crew-key-${++keys}`,
    async createOrder(at: number, changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
      const made = await call(at, 'POST', '/v1/orders', { body: { ...order, ...changes } });
      return checkoutIn(made, 201).payment_token;
    },
    submit: (at: number, token: string, body: unknown, key = `crew-key-${++keys}`) =>
      call(at, 'POST', `/v1/checkout/${token}/sendPayment`, { key, body }),
    read: async (at: number, token: string) => checkoutIn(await call(at, 'GET', `/v1/checkout/${token}`)),
    /** What the store holds: this call asks nobody at the PSP. */
    async stored(at: number, reference: string) {
      const reply = await call(at, 'GET', `/v1/orders?reference_id=${encodeURIComponent(reference)}`);
      assert.equal(reply?.status, 200, reply?.text);
      return (reply.body as { orders: (Checkout & { attempts: { payment_token: string }[] })[] }).orders;
    },
    async payment(token: string): Promise<LedgerRow> {
      const row = (await emulator.payments()).find(found => found.payment_token === token);
      assert.ok(row, 'the emulator does not know this payment');
      return row;
    },
    /** An open feed: the Checkouts that came, and its end. */
    feed(t: TestContext, at: number, token: string) {
      const leaving = new AbortController();
      t.after(() => leaving.abort());
      const seen: Checkout[] = [];
      const url = `${proxies[at]?.url}/v1/checkout/${token}/events`;
      const ended = http.feed(url, {}, leaving.signal, data => seen.push(checkout.parse(JSON.parse(data))));
      return { seen, ended };
    },
  };
}

/** The Checkout in a reply of this status, checked against the contract. */
export function checkoutIn(reply: Reply | null, status = 200): Checkout {
  assert.equal(reply?.status, status, reply?.text ?? 'no answer');
  return checkout.parse(reply?.body);
}
