/** Answers that no document shows: what they say is believed of nothing. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import { orderRequest } from '../../../../server/contract/order.ts';
import { createLetsia } from '../../../../server/gateways/letsia/letsia.ts';
import { listen, order } from '../../stack.ts';

const code = 'INV-70062780-f4ba-44d2-b77b-aba5693686a5';
const invoice = {
  code,
  invoice_number: 'UID-1-001',
  status: 'pending',
  amount: '123.45',
  payment_methods: [],
};
const context = { requestId: 'r' };

/** A gateway whose PSP answers every call but the log-in with this. */
async function gatewayOver(t: TestContext, status: number, body: unknown) {
  const login = { status: true, data: { access_token: 'token', user: { api_mode: 'live' } } };
  const server = await listen(request =>
    request.url.endsWith('/login') ? Response.json(login) : Response.json(body, { status }),
  );
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
  return gateway;
}

const made: [what: string, data: object, kind: string][] = [
  ['the invoice that was asked for', {}, 'created'],
  ['an invoice over another amount', { amount: '1234.50' }, 'unknown'],
  ['an invoice without an amount', { amount: null }, 'created'],
  ['an invoice without a code', { code: undefined }, 'unknown'],
  ['an invoice whose code could be guessed', { code: 'UID-1-001' }, 'unknown'],
  ['an invoice whose code fits no address', { code: '../../../../etc/passwd' }, 'unknown'],
];

for (const [what, changes, kind] of made) {
  test(`POST /invoices answered with ${what}: ${kind}`, async t => {
    const gateway = await gatewayOver(t, 201, { status: true, data: { ...invoice, ...changes } });
    assert.equal(
      (await gateway.createOrder(orderRequest.parse(order), { mark: '', notificationUrl: '' }, context)).kind,
      kind,
    );
  });
}

const read: [what: string, status: number, body: unknown, kind: string][] = [
  ['the invoice', 200, { status: true, data: invoice }, 'known'],
  [
    'another invoice, paid',
    200,
    { status: true, data: { ...invoice, code: 'INV-other', status: 'paid' } },
    'unreadable',
  ],
  [
    'a no in a 200',
    200,
    { status: false, message: 'x', data: { ...invoice, status: 'failed' } },
    'unreadable',
  ],
  ['nothing', 200, {}, 'unreadable'],
  [
    'a failure that is no status',
    500,
    { status: true, data: { ...invoice, status: 'failed' } },
    'unreadable',
  ],
  ['404', 404, { status: false, message: 'Invoice not found.' }, 'not_found'],
];

for (const [what, status, body, kind] of read) {
  test(`GET /invoices/{reference}/status answered with ${what}: ${kind}`, async t => {
    const gateway = await gatewayOver(t, status, body);
    assert.equal((await gateway.readStatus(code, 'BRL', context)).kind, kind);
  });
}
