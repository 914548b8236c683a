/** The calls that the shop's backend makes at the proxy, with the merchant key (product.md section 2.1). */
import { z } from 'zod';

const created = z.object({ payment_token: z.string().min(1) });

/** What comes of it is told by webhook. */
const done = z.unknown().transform(() => null);

const problem = z.object({
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string() })).default([]),
  request_id: z.string().optional(),
});

/** Only what the shop shows; all amounts are in major units. */
const orderReport = z.object({
  /** Of the newest event that the proxy had told when it was asked. */
  sequence: z.number().int().nonnegative().default(0),
  gateway: z.string().optional(),
  status: z.string(),
  verifying: z.boolean().default(false),
  method: z.string().nullable().default(null),
  currency: z.string(),
  totals: z.object({ customer_amount: z.number(), asset: z.string() }).nullable(),
  /** The price, or what the shop captured of it. */
  amount_owed: z.number().nullish(),
  amount_received: z.number().nullish(),
  refunded_amount: z.number().nullish(),
  paid_twice: z.boolean().default(false),
  attempt: z.number(),
  /** A card that the shopper stored with this order. */
  stored_card: z.object({ public_person_id: z.string() }).nullish(),
});

export type OrderReport = z.infer<typeof orderReport>;

/** Why a call gave nothing. `pointers` are JSON Pointers into the order that was sent. */
export interface ProxyRefusal {
  readonly code: string;
  readonly pointers: readonly string[];
  /** What to quote to whoever runs the proxy. */
  readonly requestId: string | null;
}

export type ProxyAnswer<Value> = { readonly value: Value } | { readonly refusal: ProxyRefusal };

export interface ProxyClient {
  /** The payment token of the order; the same again for the same key and body. */
  createOrder(order: unknown, idempotencyKey: string): Promise<ProxyAnswer<string>>;
  readOrder(paymentToken: string): Promise<ProxyAnswer<OrderReport>>;
  /** Without an amount: all that is left. The same key again is the same refund. */
  refund(
    paymentToken: string,
    fields: { readonly amount?: number; readonly pix_key?: string },
    idempotencyKey: string,
  ): Promise<ProxyAnswer<null>>;
  /** Without an amount: all that is held. */
  capture(
    paymentToken: string,
    fields: { readonly amount?: number },
    idempotencyKey: string,
  ): Promise<ProxyAnswer<null>>;
  cancel(paymentToken: string, idempotencyKey: string): Promise<ProxyAnswer<null>>;
}

const patienceMs = 30_000;

export function createProxyClient(proxyUrl: string, merchantKey: string, fetch: typeof globalThis.fetch) {
  async function call<Value>(path: string, init: RequestInit, schema: z.ZodType<Value>) {
    const headers = new Headers(init.headers);
    headers.set('Authorization', `Bearer ${merchantKey}`);
    try {
      const response = await fetch(new URL(path, proxyUrl), {
        ...init,
        headers,
        signal: AbortSignal.timeout(patienceMs),
      });
      const body: unknown = await response.json();
      return response.ok ? { value: schema.parse(body) } : { refusal: refusalIn(body) };
    } catch {
      return { refusal: { code: 'unreachable', pointers: [], requestId: null } };
    }
  }

  function post<Value>(path: string, body: unknown, idempotencyKey: string, schema: z.ZodType<Value>) {
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey };
    return call(path, { method: 'POST', headers, body: JSON.stringify(body) }, schema);
  }

  const addressOf = (paymentToken: string) => `/v1/orders/${encodeURIComponent(paymentToken)}`;

  return {
    async createOrder(order, idempotencyKey) {
      const answer = await post('/v1/orders', order, idempotencyKey, created);
      return 'value' in answer ? { value: answer.value.payment_token } : answer;
    },
    readOrder: paymentToken => call(addressOf(paymentToken), {}, orderReport),
    refund: (paymentToken, fields, key) => post(`${addressOf(paymentToken)}/refunds`, fields, key, done),
    capture: (paymentToken, fields, key) => post(`${addressOf(paymentToken)}/capture`, fields, key, done),
    cancel: (paymentToken, key) => post(`${addressOf(paymentToken)}/cancel`, {}, key, done),
  } satisfies ProxyClient;
}

function refusalIn(body: unknown): ProxyRefusal {
  const read = problem.safeParse(body);
  if (!read.success) return { code: 'unreadable', pointers: [], requestId: null };
  return {
    code: read.data.code,
    pointers: read.data.errors.map(error => error.pointer),
    requestId: read.data.request_id ?? null,
  };
}
