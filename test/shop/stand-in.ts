/** A proxy and an emulator made of a list: what was asked, and canned answers. */

export interface SentCall {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: unknown;
}

export type Answer = (call: SentCall) => Response | undefined;

export const proxyUrl = 'http://127.0.0.1:8787';
export const emulatorUrl = 'http://127.0.0.1:4010';

/** A fetch that writes down every call; what no answer takes gets 404. */
export function recordingFetch(...answers: readonly Answer[]) {
  const calls: SentCall[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input instanceof URL ? input.href : input, init);
    const url = new URL(request.url);
    const text = await request.text();
    const call: SentCall = {
      method: request.method,
      path: url.pathname + url.search,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
    calls.push(call);
    for (const answer of answers) {
      const response = answer(call);
      if (response) return response;
    }
    return Response.json({ code: 'not_found' }, { status: 404 });
  };
  return { calls, fetch };
}

/** Takes every order and gives it the token `token-1`, `token-2`, … */
export function takesOrders(): Answer {
  let count = 0;
  return ({ method, path }) => {
    if (method !== 'POST' || path !== '/v1/orders') return undefined;
    count += 1;
    return Response.json({ payment_token: `token-${count}` }, { status: 201 });
  };
}

/** Version 4 UUIDs that count up. */
export function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`;
  };
}
