/**
 * How a shopper and the merchant’s backend speak to the proxies: requests to whichever is up, the same request again when
 * no answer comes, looking until something is seen. Everything that is said goes into the record of her visit.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Checkout, checkout } from '../../server/contract/checkout.ts';
import type { Emulator } from './emulator-controls.ts';
import { codeOf, type Http, type Reply } from './http.ts';
import type { AttemptPlan, ShopperPlan } from './plan.ts';

/** What the shopper needs of the run around her. */
export interface Stage {
  readonly http: Http;
  readonly emulator: Emulator;
  /** Addresses of the proxies, some of which may be down at this moment. */
  readonly proxyUrls: readonly string[];
  readonly merchantKey: string;
  /** Counts a submission that leaves a page. */
  readonly submitting: () => void;
  readonly answered: (reply: Reply) => void;
  readonly verified: (ms: number) => void;
}

/** All that can be said about her checkout afterwards. */
export interface Visit {
  readonly plan: ShopperPlan;
  /** Null when no order came about. */
  token: string | null;
  readonly history: string[];
  /** What already contradicts the rules, in words. */
  readonly complaints: string[];
  /** Attempt number and status of everything that she was told has failed. */
  readonly toldOver: { readonly attempt: number; readonly status: string }[];
  /** Every submission that got its answer: what she paid with, and whether she was told that it was refused. */
  readonly answered: { readonly attempt: number; readonly means: string; readonly refused: boolean }[];
  /** PSP tokens that she paid by hand. */
  readonly paidByHand: Set<string>;
  /** PSP tokens that must never have been submitted: an older code had been paid before. */
  readonly mustStayUnsent: Set<string>;
}

export interface PageRequest {
  readonly key?: string;
  readonly body?: unknown;
  /** With the merchant’s key. */
  readonly merchant?: boolean;
  readonly hangUpAfterMs?: number | null;
}

export type Page = ReturnType<typeof openPage>;

export const overStatuses: ReadonlySet<string> = new Set(['DECLINED', 'CANCELED', 'ERROR']);
/** Between two tries of the same thing. */
export const again = 120;
export const lookEveryMs = 150;
const outcomeWithinMs = 40_000;
const insistForMs = 30_000;
/** Answers after which the same request may be sent again as it is. */
const transient = new Set(['psp_unavailable', 'store_unavailable']);

export function openPage(record: Visit, stage: Stage) {
  const { plan } = record;
  const { http } = stage;
  const started = Date.now();
  let requests = 0;
  const address = `10.${(plan.index >> 8) & 255}.${plan.index & 255}.7`;
  const note = (text: string): void => {
    record.history.push(`${String(Date.now() - started).padStart(6)} ms ${text}`);
  };

  const nextProxy = () => stage.proxyUrls[plan.route[requests++ % plan.route.length] ?? 0] ?? '';

  async function request(
    method: 'GET' | 'POST',
    path: string,
    more: PageRequest = {},
  ): Promise<Reply | null> {
    const { key, body, merchant, hangUpAfterMs = null } = more;
    const base = nextProxy();
    const headers = {
      'x-forwarded-for': address,
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(merchant && { authorization: `Bearer ${stage.merchantKey}` }),
    };
    const reply = await http.call({ method, url: base + path, headers, body, hangUpAfterMs });
    const where = stage.proxyUrls.length > 1 ? ` at ${stage.proxyUrls.indexOf(base)}` : '';
    note(`${method} ${path.replace(record.token ?? ' ', '{token}')}${where} ${key ?? ''} → ${brief(reply)}`);
    if (reply === null) return null;
    stage.answered(reply);
    const mayBeThere = method === 'POST' && path === '/v1/orders' && codeOf(reply) === 'outcome_unknown';
    if (reply.status >= 500 && !transient.has(codeOf(reply)) && !mayBeThere) {
      record.complaints.push(`${method} ${path} was answered with ${reply.status} ${codeOf(reply)}`);
    }
    return reply;
  }

  /** Sends the same request until an answer comes that says something. */
  async function insist(send: () => Promise<Reply | null>): Promise<Reply | null> {
    const deadline = Date.now() + insistForMs;
    for (;;) {
      const reply = await send();
      if (reply !== null && !transient.has(codeOf(reply))) return reply;
      if (Date.now() > deadline) return reply;
      await wait(again);
    }
  }

  /** The Checkout of a reply, checked against the contract; what it says about failure is remembered. */
  function read(reply: Reply | null): Checkout | null {
    if (reply === null || reply.status >= 300) return null;
    return take(reply.body);
  }

  function take(body: unknown): Checkout | null {
    const parsed = checkout.safeParse(body);
    if (!parsed.success) {
      record.complaints.push(`a Checkout breaks the contract: ${parsed.error.message}`);
      return null;
    }
    const { attempt, status, verifying } = parsed.data;
    if (overStatuses.has(status)) {
      if (verifying) record.complaints.push(`attempt ${attempt} is ${status} and verifying at once`);
      if (!record.toldOver.some(told => told.attempt === attempt && told.status === status)) {
        record.toldOver.push({ attempt, status });
      }
    }
    return parsed.data;
  }

  /** Looks until `done`, by reading or by the feed as planned. Null when it does not come about in time. */
  async function lookUntil(
    what: string,
    done: (seen: Checkout) => boolean,
    reads: AttemptPlan['reads'],
  ): Promise<Checkout | null> {
    const token = record.token ?? '';
    const deadline = Date.now() + outcomeWithinMs;
    const leaving = new AbortController();
    const { promise, resolve } = Promise.withResolvers<Checkout | null>();
    const look = (seen: Checkout | null) => {
      if (seen !== null && done(seen)) resolve(seen);
    };

    async function poll(everyMs: number): Promise<void> {
      while (!leaving.signal.aborted && Date.now() < deadline) {
        look(read(await request('GET', `/v1/checkout/${token}`)));
        await wait(everyMs, undefined, { signal: leaving.signal }).catch(() => undefined);
      }
      resolve(null);
    }
    async function follow(): Promise<void> {
      while (!leaving.signal.aborted && Date.now() < deadline) {
        const url = `${nextProxy()}/v1/checkout/${token}/events`;
        await http.feed(url, { 'x-forwarded-for': address }, leaving.signal, data => {
          note(`feed → ${briefCheckout(JSON.parse(data))}`);
          look(take(JSON.parse(data)));
        });
        await wait(again, undefined, { signal: leaving.signal }).catch(() => undefined);
      }
    }

    // A page with a feed still reads by itself now and then: a message between proxies may get lost.
    const watching = reads === 'feed' ? [follow(), poll(3_000)] : [poll(lookEveryMs)];
    const seen = await promise;
    leaving.abort();
    await Promise.all(watching);
    if (seen === null) record.complaints.push(`${what}: not seen within ${outcomeWithinMs / 1000} s`);
    return seen;
  }

  return { note, request, insist, read, lookUntil };
}

function brief(reply: Reply | null): string {
  if (reply === null) return 'no answer';
  return reply.status >= 300
    ? `${reply.status} ${codeOf(reply)}`
    : `${reply.status} ${briefCheckout(reply.body)}`;
}

function briefCheckout(body: unknown): string {
  const seen = (body ?? {}) as Partial<Checkout>;
  return `attempt ${seen.attempt} ${seen.method ?? '-'} ${seen.status}${seen.verifying ? ' verifying' : ''}`;
}
