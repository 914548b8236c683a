/** The emulator, whose answers to some calls are changed on their way to the proxy. */
import type { TestContext } from 'node:test';
import { listen, startStack } from './stack.ts';

export type Body = Record<string, unknown> & { totals: Record<string, unknown> };

/** `change` makes the new body of each answer to a call that `strikes`. */
export async function startStackOverOddPsp(
  t: TestContext,
  strikes: (method: string, path: string) => boolean,
  change: (body: Body) => unknown,
) {
  let target = '';
  const front = await listen(async request => {
    const { method } = request;
    const url = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ['host', 'connection', 'content-length', 'accept-encoding']) headers.delete(name);
    const body = method === 'GET' ? null : await request.text();
    const answer = await fetch(target + url.pathname + url.search, { method, headers, body });
    const text = await answer.text();
    const isStruck = answer.ok && strikes(method, url.pathname);
    return new Response(isStruck ? JSON.stringify(change(JSON.parse(text) as Body)) : text, {
      status: answer.status,
      headers: { 'content-type': 'application/json' },
    });
  });
  t.after(front.close);
  const stack = await startStack(t, { env: { LETPAY_API_URL: front.url } });
  target = stack.emulatorUrl;
  return stack;
}
