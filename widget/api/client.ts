/**
 * How the browser calls the proxy (product.md section 2.2). Card numbers pass through `change` and nowhere else here: no
 * error, no address and no log holds a body.
 */
import type { Checkout } from '../../server/contract/checkout.ts';
import { CheckoutError, NotSentError, RefusedError, TooLateError } from './errors.ts';
import { readProblem, readUnsubmitted } from './read.ts';
import type { WatchOptions } from './watch.ts';

export interface ClientOptions {
  /** Where the proxy’s `/v1` begins: `https://pay.shop.example`, with or without a path or a slash at its end. */
  readonly proxyUrl: string;
  readonly fetch: typeof globalThis.fetch;
  /** Loads `read-checkout.ts`, for what follows a submission. A failure counts as an answer that did not come. */
  readonly loadReader: () => Promise<(value: unknown) => Checkout>;
  /** For every call. Left out: 15 s to read, 60 s to submit or renew, as the proxy itself waits up to 20 s for the PSP. */
  readonly timeoutMs?: number;
  /** The timers of the limits; the browser’s when left out. */
  readonly timers?: Pick<WatchOptions['clock'], 'setTimeout' | 'clearTimeout'>;
}

/**
 * Each call fails with a CheckoutError, or with the reason of `signal` when that was aborted. What the failures of a change
 * that moves money say of its outcome is in `changes.ts`.
 */
export interface Client {
  readonly read: (token: string, signal: AbortSignal) => Promise<Checkout>;
  /** `call`: what follows the token in the address, for example `/renew`. */
  readonly change: (token: string, call: string, init: RequestInit, signal: AbortSignal) => Promise<Checkout>;
  readonly eventsUrl: (token: string) => string;
}

const readTimeoutMs = 15_000;
const changeTimeoutMs = 60_000;

/** Seconds only: a date would need a clock that agrees with the proxy’s. */
function retryAfterMs(response: Response): number | null {
  const seconds = response.headers.get('retry-after') ?? '';
  return /^\d+$/.test(seconds) ? Number(seconds) * 1000 : null;
}

async function refusal(response: Response): Promise<RefusedError> {
  const body: unknown = await response.json().catch(() => null);
  const { status } = response;
  return new RefusedError({ status, retryAfterMs: retryAfterMs(response), ...readProblem(body, status) });
}

export function createClient({
  proxyUrl,
  fetch,
  loadReader,
  timeoutMs,
  timers = {
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: timer => clearTimeout(timer as number),
  },
}: ClientOptions): Client {
  const urlOf = (token: string, call = '') =>
    `${proxyUrl.replace(/\/+$/, '')}/v1/checkout/${encodeURIComponent(token)}${call}`;

  async function send(
    url: string,
    init: RequestInit,
    limitMs: number,
    signal: AbortSignal,
  ): Promise<Checkout> {
    // AbortSignal.any and AbortSignal.timeout would do, but are newer than the browsers that we promise.
    const either = new AbortController();
    const abort = () => either.abort();
    let isLate = false;
    const timer = timers.setTimeout(() => {
      isLate = true;
      abort();
    }, timeoutMs ?? limitMs);
    signal.addEventListener('abort', abort);
    // The fetch of a page’s monitoring may drop the signal.
    const ended = new Promise<never>((_, reject) => either.signal.addEventListener('abort', reject));
    const ask = async () => {
      const response = await fetch(url, {
        ...init,
        signal: either.signal,
        // As the page’s preload hint asks: no cookie goes to another origin.
        credentials: 'same-origin',
        cache: 'no-store',
        referrerPolicy: 'no-referrer',
        // Card data goes where it was addressed to, whatever a redirect says.
        redirect: 'error',
      });
      if (!response.ok) throw await refusal(response);
      // A body that is no JSON and one that was cut off look the same here; both are read again or asked after.
      const body: unknown = await response.json().catch(() => undefined);
      return readUnsubmitted(body) ?? (await loadReader())(body);
    };
    try {
      if (signal.aborted) throw signal.reason;
      return await Promise.race([ended, ask()]);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (isLate) throw new TooLateError();
      throw error instanceof CheckoutError ? error : new NotSentError();
    } finally {
      timers.clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  return {
    read: (token, signal) => send(urlOf(token), {}, readTimeoutMs, signal),
    change: (token, call, init, signal) => send(urlOf(token, call), init, changeTimeoutMs, signal),
    eventsUrl: token => urlOf(token, '/events'),
  };
}
