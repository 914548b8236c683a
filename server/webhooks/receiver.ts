/** The merchant’s address: one POST, and what came back. */
import { Agent } from 'undici';
import type { TryOutcome } from './retry.ts';

export interface Receiver {
  /** Never throws, and never follows a redirect. */
  post(headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<TryOutcome>;
  close(): Promise<void>;
}

const connectTimeoutMs = 5_000;

/** `timeoutMs`: for the whole of a try. */
export function connectReceiver(url: string, connections: number, timeoutMs: number): Receiver {
  const agent = new Agent({
    connections,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const { origin, pathname, search } = new URL(url);
  return {
    async post(headers, body, signal) {
      try {
        const reply = await agent.request({
          origin,
          path: pathname + search,
          method: 'POST',
          headers: { 'content-type': 'application/json', 'user-agent': 'letpay-checkout', ...headers },
          body,
          signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        });
        // The status is the answer. A short body is read, so that the connection can be used again; a long one is cut.
        await reply.body.dump({ limit: 16 * 1024 }).catch(() => undefined);
        const retryAfter = reply.headers['retry-after'];
        return {
          kind: 'answer',
          status: reply.statusCode,
          retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
        };
      } catch (error) {
        return { kind: 'no_answer', cause: causeOf(error) };
      }
    },
    close: () => agent.destroy(),
  };
}

/** A name without content. */
function causeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
