/** HTTP as a browser or a backend speaks it, over one pool per run; an answer that does not come is null. */
import { Agent } from 'undici';

export interface Reply {
  readonly status: number;
  readonly text: string;
  /** Undefined when the body was no JSON. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Hangs up after so many ms. */
  readonly hangUpAfterMs?: number | null;
}

export interface Http {
  /** Null: no whole answer came. */
  call(call: Call): Promise<Reply | null>;
  /** Calls `onEvent` with the data of every event until the feed breaks or `signal` aborts. */
  feed(
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
    onEvent: (data: string) => void,
  ): Promise<void>;
  close(): Promise<void>;
}

const patienceMs = 25_000;

export function openHttp({ connections = 256 } = {}): Http {
  const agent = new Agent({
    connections,
    pipelining: 1,
    headersTimeout: patienceMs,
    bodyTimeout: 60_000,
  });

  return {
    async call({ method, url, headers = {}, body, hangUpAfterMs = null }) {
      const { origin, pathname, search } = new URL(url);
      try {
        const answer = await agent.request({
          origin,
          path: pathname + search,
          method,
          headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
          body: body === undefined ? null : JSON.stringify(body),
          signal: AbortSignal.timeout(hangUpAfterMs ?? patienceMs),
        });
        const text = await answer.body.text();
        return { status: answer.statusCode, text, body: parse(text), headers: answer.headers };
      } catch {
        return null;
      }
    },
    async feed(url, headers, signal, onEvent) {
      const { origin, pathname } = new URL(url);
      try {
        const answer = await agent.request({
          origin,
          path: pathname,
          method: 'GET',
          headers: { accept: 'text/event-stream', ...headers },
          signal,
        });
        if (answer.statusCode !== 200) return void (await answer.body.dump());
        let rest = '';
        for await (const chunk of answer.body) {
          const blocks = (rest + String(chunk)).split('\n\n');
          rest = blocks.pop() ?? '';
          for (const block of blocks) {
            const data = /^data: (.*)$/m.exec(block)?.[1];
            if (data !== undefined) onEvent(data);
          }
        }
      } catch {
        // It broke: the proxy was killed, or the reader went away.
      }
    },
    close: () => agent.destroy(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The `code` of a problem; empty for anything else. */
export function codeOf(reply: Reply): string {
  const { code } = (reply.body ?? {}) as { code?: unknown };
  return reply.status >= 400 && typeof code === 'string' ? code : '';
}
