/** The proxy over the emulator’s Letsia, with the orders and the deeds at Letsia that its tests have in common. */
import { strict as assert } from 'node:assert';
import type { TestContext } from 'node:test';
import { merchantCalls } from './merchant-calls.ts';
import { checkoutOf, type Stack, type StackOptions, startStack } from './stack.ts';

export const redirect = { method: 'REDIRECT' };

export async function startLetsia(t: TestContext, account: object = {}, options: StackOptions = {}) {
  const stack = await startStack(t, options);
  const set = (changes: object) => stack.control('POST', '/letsia', changes);
  await set(account);
  const order = (changes: object = {}) => stack.createOrder({ gateway: 'letsia', ...changes });
  return {
    ...stack,
    ...merchantCalls(stack),
    stack,
    set,
    letsiaOrder: order,
    letsiaToken: async (changes: object = {}) => checkoutOf(await order(changes), 201).payment_token,
    calls: async (name: string) => (await stack.stats()).calls[name] ?? 0,
  };
}

export type Letsia = Awaited<ReturnType<typeof startLetsia>>;

export async function paidOrder({ letsiaToken, send, settle, stack }: Letsia): Promise<string> {
  const token = await letsiaToken();
  checkoutOf(await send(token, redirect));
  await settle(token, 'PAID');
  await paidAt(stack, token);
  return token;
}

export const paidAt = (stack: Stack, token: string) =>
  stack.checkoutWhen(token, ({ status }) => status === 'PAID');

/** Somebody at Letsia does something of which the proxy is not told. */
export async function logInAtLetsia({ emulatorUrl }: Letsia) {
  const post = async (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const answer = await fetch(`${emulatorUrl}/letsia${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 200, path);
    return (await answer.json()) as { data: { access_token: string } };
  };
  const credentials = { email: 'demo@letsia.example', password: 'demo', device_name: 'test' };
  const { data } = await post('/login', credentials);
  return (path: string, body: unknown = {}) =>
    post(path, body, { authorization: `Bearer ${data.access_token}` });
}
