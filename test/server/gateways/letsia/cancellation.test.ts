/** What Letsia may answer to a cancellation, and what is believed of it. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import { createLetsia } from '../../../../server/gateways/letsia/letsia.ts';
import { listen } from '../../stack.ts';

const code = 'INV-70062780-f4ba-44d2-b77b-aba5693686a5';
const invoiceWith = (status: string) => ({ code, invoice_number: 'UID-1-001', status, amount: '123.45' });
const brief = (status: string) => ({ status: true, data: { invoice_number: 'UID-1-001', status } });

interface Script {
  /** The invoice’s status, as it is read first. */
  readonly word?: string;
  readonly readStatus?: number;
  /** The answers to the cancellation, the last one again and again. */
  readonly cancel?: readonly (readonly [status: number, body: unknown])[];
}

/** A cancellation at a Letsia that answers so, and how often it was asked for. */
async function cancelOver(t: TestContext, { word = 'paid', readStatus = 200, cancel = [] }: Script) {
  let cancellations = 0;
  const server = await listen(request => {
    const { pathname } = new URL(request.url);
    if (pathname === '/login') return Response.json({ status: true, data: { access_token: 'token' } });
    if (pathname === `/invoices/${code}/status`)
      return Response.json({ status: true, data: invoiceWith(word) }, { status: readStatus });
    assert.equal(`${request.method} ${pathname}`, `POST /invoices/${code}/cancel`);
    const answer = cancel[Math.min(cancellations++, cancel.length - 1)];
    if (!answer) return new Response(null, { status: 500 });
    return Response.json(answer[1], { status: answer[0] });
  });
  const gateway = createLetsia(
    {
      apiUrl: server.url,
      credentials: { email: 'shop@example.com', password: 'x' },
      paymentMethods: [1],
      timeoutMs: 1_000,
    },
    {
      now: Date.now,
      monotonic: Date.now,
      wait: async () => undefined,
      onCall: () => undefined,
      onLogIn: () => undefined,
      onLogInRefused: () => undefined,
      onLogInFailed: () => undefined,
    },
  );
  t.after(async () => {
    await gateway.close();
    await server.close();
  });
  assert.ok(gateway.paidCancellation);
  const { kind } = await gateway.paidCancellation.cancel(code, 'BRL', { requestId: 'r' });
  return { kind, cancellations };
}

const asked: [what: string, answer: readonly [number, unknown], kind: string, times?: number][] = [
  ['the documents’ CANCELLED', [200, brief('CANCELLED')], 'taken'],
  ['canceled in other letters', [200, brief('canceled')], 'taken'],
  ['an invoice that is paid still', [200, brief('paid')], 'unknown'],
  ['a no in a 200', [200, { status: false, message: 'no' }], 'unknown'],
  ['nothing', [200, {}], 'unknown'],
  ['422, not paid', [422, { status: false, message: 'Only paid invoices can be cancelled.' }], 'not_held'],
  ['404', [404, { status: false, message: 'Invoice not found.' }], 'refused'],
  ['404 that names nothing', [404, {}], 'unknown'],
  ['422 that names nothing', [422, { message: 'Server Error' }], 'unknown'],
  ['429', [429, {}], 'unknown'],
  ['500', [500, {}], 'unknown'],
  ['503', [503, {}], 'unknown'],
  ['401, after a second log-in too', [401, {}], 'unknown', 2],
];

for (const [what, answer, kind, times = 1] of asked) {
  test(`POST /invoices/{reference}/cancel answered with ${what}: ${kind}`, async t => {
    assert.deepEqual(await cancelOver(t, { cancel: [answer] }), { kind, cancellations: times });
  });
}

for (const word of ['pending', 'failed', 'request_refund', 'CANCELLED', 'expired']) {
  test(`POST /invoices/{reference}/cancel is not sent for an invoice that is ${word}`, async t => {
    assert.deepEqual(await cancelOver(t, { word }), { kind: 'not_held', cancellations: 0 });
  });
}

test('POST /invoices/{reference}/cancel is not sent while the invoice cannot be read', async t => {
  for (const readStatus of [404, 500])
    assert.deepEqual(await cancelOver(t, { readStatus }), { kind: 'not_sent', cancellations: 0 });
});

test('POST /invoices/{reference}/cancel goes out again after one log-in, because it was refused at the door', async t => {
  const cancel = [[401, {}] as const, [200, brief('CANCELLED')] as const];
  assert.deepEqual(await cancelOver(t, { cancel }), { kind: 'taken', cancellations: 2 });
});
