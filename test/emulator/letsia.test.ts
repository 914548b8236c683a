/** Letsia, call by call, against the “Client API Integration Guide”. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import type { ListenSettings } from '../../demo/emulator/emulator.ts';
import { runEmulator } from './running-emulator.ts';

/** The guide’s example request; its e-mail address is a placeholder there. */
const example = {
  customer_email: 'client@example.com',
  amount: 150.75,
  title: 'New Payment',
  payment_methods: [1, 2],
};
const linkDelay = 400;

async function runLetsia(t: TestContext, account: object = {}, settings: Partial<ListenSettings> = {}) {
  const emulator = await runEmulator(t, settings);
  const set = (changes: object) => emulator.call('POST', '/_emulator/letsia', changes);
  await set(account);
  const logIn = (password = 'demo') =>
    emulator.call('POST', '/letsia/login', {
      email: 'demo@letsia.example',
      password,
      device_name: 'postman',
    });
  const token: string = (await logIn()).body.data?.access_token ?? '';
  const call = (method: string, path: string, body?: unknown, bearer = token) =>
    emulator.call(method, `/letsia${path}`, body, { Authorization: `Bearer ${bearer}` });
  return {
    ...emulator,
    set,
    logIn,
    letsia: call,
    async create(changes: object = {}) {
      const answer = await call('POST', '/invoices', { ...example, ...changes });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      return answer.body.data;
    },
    status: async (reference: string) => (await call('GET', `/invoices/${reference}/status`)).body.data,
    settle: (code: string, status: string) =>
      emulator.call('POST', `/_emulator/payments/${code}/settle`, { status }),
  };
}

const said = (message: string) => ({ status: false, message });

test('POST /login gives a bearer token and the mode of the account', async t => {
  const { logIn } = await runLetsia(t);
  const { status, body } = await logIn();
  assert.equal(status, 200);
  const { access_token, ...rest } = body.data;
  assert.match(access_token, /^.{20,}$/);
  assert.deepEqual(
    { ...body, data: rest },
    {
      status: true,
      message: 'Login successful.',
      data: {
        token_type: 'Bearer',
        user: { id: 1, name: 'Demo shop', email: 'demo@letsia.example', api_mode: 'sandbox' },
      },
    },
  );
});

test('POST /login: 401 for a wrong password, 403 while the API is disabled', async t => {
  const { logIn, set } = await runLetsia(t);
  assert.equal((await logIn('wrong')).status, 401);
  await set({ api_enabled: false });
  const disabled = await logIn();
  assert.deepEqual([disabled.status, disabled.body.status], [403, false]);
});

test('every other call needs a token, and answers 403 to a good one while the API is disabled', async t => {
  const { letsia, set } = await runLetsia(t);
  assert.deepEqual(await letsia('POST', '/invoices', example, 'made-up'), {
    status: 401,
    body: said('Unauthenticated.'),
  });
  await set({ api_enabled: false });
  assert.equal((await letsia('POST', '/invoices', example)).status, 403);
});

test('POST /invoices answers 201 with the documents’ fields, and no link yet', async t => {
  const { create, url } = await runLetsia(t, { api_mode: 'live' });
  const invoice = await create();
  assert.match(invoice.code, /^INV-[0-9a-f-]{36}$/);
  assert.deepEqual(invoice, {
    id: 1001,
    invoice_number: 'UID-1-001',
    code: invoice.code,
    status: 'pending',
    title: 'New Payment',
    amount: '150.75',
    customer_email: 'client@example.com',
    public_payment_url: `${url}/letsia/invoice/${invoice.code}`,
    payment_methods: [
      { id: 1, name: 'PayPal', payment_link: null, payment_status: 'pending' },
      { id: 2, name: 'Card', payment_link: null, payment_status: 'pending' },
    ],
    created_at: '2026-11-20T15:00:00+00:00',
    updated_at: '2026-11-20T15:00:00+00:00',
  });
});

test('POST /invoices answers 422 with a message, and with Laravel’s field errors where asked to', async t => {
  const { letsia, set } = await runLetsia(t);
  for (const wrong of [
    { customer_email: 'nobody' },
    { amount: 0 },
    { amount: 1.999 },
    { title: '' },
    { payment_methods: [] },
    { payment_methods: [99] },
  ]) {
    const { status, body } = await letsia('POST', '/invoices', { ...example, ...wrong });
    assert.deepEqual([status, Object.keys(body)], [422, ['status', 'message']], JSON.stringify(wrong));
  }
  await set({ field_errors: true });
  const { body } = await letsia('POST', '/invoices', { ...example, title: '', amount: -1 });
  assert.deepEqual(Object.keys(body.errors).sort(), ['amount', 'title']);
});

test('GET /invoices/{reference}/status takes number and code, and has the link a little later', async t => {
  const { create, status, control, letsia, url } = await runLetsia(t);
  const { code, invoice_number } = await create();
  assert.equal((await status(code)).payment_methods[0].payment_link, null);
  await control('POST', '/clock', { advance_ms: linkDelay });
  const later = await status(invoice_number);
  assert.equal(later.payment_methods[0].payment_link, `${url}/letsia/pay/${code}/1`);
  assert.deepEqual(await letsia('GET', '/invoices/INV-unknown/status'), {
    status: 404,
    body: said('Invoice not found.'),
  });
});

test('POST /invoices/{reference}/refund asks for a paid invoice’s money back, once', async t => {
  const { create, letsia, settle, status } = await runLetsia(t);
  const { code, invoice_number } = await create();
  assert.equal((await letsia('POST', `/invoices/${code}/refund`)).status, 422);
  await settle(code, 'PAID');
  assert.deepEqual(await letsia('POST', `/invoices/${code}/refund`), {
    status: 200,
    body: {
      status: true,
      message: 'Refund request submitted.',
      data: { invoice_number, status: 'request_refund' },
    },
  });
  assert.equal((await status(code)).status, 'request_refund');
  assert.equal((await letsia('POST', `/invoices/${code}/refund`)).status, 422);
  assert.equal((await letsia('POST', '/invoices/INV-unknown/refund')).status, 404);
});

test('POST /invoices/{reference}/cancel cancels a paid invoice and no other', async t => {
  const { create, letsia, settle } = await runLetsia(t);
  const { code, invoice_number } = await create();
  assert.equal((await letsia('POST', `/invoices/${code}/cancel`)).status, 422);
  await settle(code, 'PAID');
  assert.deepEqual((await letsia('POST', `/invoices/${invoice_number}/cancel`)).body, {
    status: true,
    message: 'Invoice cancelled successfully.',
    data: { invoice_number, status: 'CANCELLED' },
  });
  assert.equal((await letsia('POST', '/invoices/INV-unknown/cancel')).status, 404);
});

test('POST /invoices/{reference}/refresh moves updated_at, and brings a link that nobody worked on', async t => {
  const { create, letsia, settle, status, control } = await runLetsia(t, { link: 'after_refresh' });
  const { code, invoice_number } = await create();
  await control('POST', '/clock', { advance_ms: 60_000 });
  assert.equal((await status(code)).payment_methods[0].payment_link, null);
  const token = await letsia('POST', `/invoices/${code}/refresh`);
  assert.deepEqual(token.body, {
    status: true,
    message: 'Invoice refresh triggered.',
    data: { invoice_number, status: 'pending' },
  });
  assert.equal((await status(code)).updated_at, '2026-11-20T15:01:00+00:00');
  await control('POST', '/clock', { advance_ms: linkDelay });
  assert.notEqual((await status(code)).payment_methods[0].payment_link, null);
  await settle(code, 'PAID');
  assert.equal((await letsia('POST', `/invoices/${code}/refresh`)).status, 422);
  assert.equal((await letsia('POST', '/invoices/INV-unknown/refresh')).status, 404);
});

test('POST /sandbox/invoices/{reference}/simulate takes pending, paid and failed, in the sandbox only', async t => {
  const { create, letsia } = await runLetsia(t);
  const { code, invoice_number } = await create();
  const simulate = (status: string) => letsia('POST', `/sandbox/invoices/${code}/simulate`, { status });
  for (const status of ['paid', 'failed', 'pending']) {
    assert.deepEqual(await simulate(status), {
      status: 200,
      body: { status: true, message: 'Sandbox status updated.', data: { invoice_number, status } },
    });
  }
  assert.equal((await simulate('CANCELLED')).status, 422);
  assert.equal(
    (await letsia('POST', '/sandbox/invoices/INV-unknown/simulate', { status: 'paid' })).status,
    404,
  );

  const live = await runLetsia(t, { api_mode: 'live' });
  const { code: liveCode } = await live.create();
  const refused = await live.letsia('POST', `/sandbox/invoices/${liveCode}/simulate`, { status: 'paid' });
  assert.equal(refused.status, 422);
});

test('the mode is fixed at log-in: a token goes on in its own mode, and never sees the other’s invoices', async t => {
  const { create, letsia, logIn, set } = await runLetsia(t);
  const { code, invoice_number } = await create();
  assert.deepEqual([code.slice(0, 5), invoice_number], ['SBOX-', 'SBOX-UID-1-001']);
  await set({ api_mode: 'live' });
  assert.match((await create()).code, /^SBOX-/);
  const { access_token } = (await logIn()).body.data;
  assert.equal((await letsia('GET', `/invoices/${code}/status`, undefined, access_token)).status, 404);
});

test('what the documents contradict themselves in can be had both ways', async t => {
  const { create, set, settle, status } = await runLetsia(t, { sandbox_prefix: 'number' });
  const onNumber = await create();
  assert.deepEqual([onNumber.code.slice(0, 4), onNumber.invoice_number.slice(0, 5)], ['INV-', 'SBOX-']);
  await set({ sandbox_prefix: 'code', words: 'upper' });
  const onCode = await create();
  assert.deepEqual([onCode.code.slice(0, 5), onCode.invoice_number.slice(0, 4)], ['SBOX-', 'UID-']);
  assert.equal(onCode.status, 'PENDING');
  await set({ words: 'lower' });
  await settle(onCode.code, 'CANCELED');
  assert.equal((await status(onCode.code)).status, 'cancelled');
  await set({ words: 'documented', link: 'at_once' });
  assert.equal((await status(onCode.code)).status, 'CANCELLED');
  assert.notEqual((await create()).payment_methods[0].payment_link, null);
});

test('the page behind a link pays an invoice once, or lets it fail', async t => {
  const { create, control, status, url } = await runLetsia(t);
  const { code } = await create();
  await control('POST', '/clock', { advance_ms: linkDelay });
  const link: string = (await status(code)).payment_methods[0].payment_link;
  assert.match(await (await fetch(link)).text(), /150\.75[\s\S]*Pay<\/button>/);
  const press = (outcome: string) => fetch(link, { method: 'POST', body: new URLSearchParams({ outcome }) });
  assert.match(await (await press('paid')).text(), /Nothing is left to do here/);
  assert.equal((await status(code)).status, 'paid');
  assert.equal((await status(code)).payment_methods[0].payment_status, 'paid');
  await press('failed');
  assert.equal((await status(code)).status, 'paid');
  const other = (await create()).code;
  assert.match(await (await fetch(`${url}/letsia/invoice/${other}`)).text(), /Letsia invoice/);
});

test('the ledger lists invoices beside LetPay’s payments, and settles those that Letsia has a word for', async t => {
  const { create, settle, control } = await runLetsia(t);
  const { code } = await create({ title: 'ORDER-1' });
  assert.equal((await settle(code, 'PAID')).status, 200);
  const { payments } = (await control('GET', '/payments?reference_id=ORDER-1')).body;
  assert.deepEqual(payments, [
    {
      payment_token: code,
      gateway: 'letsia',
      reference_id: 'ORDER-1',
      status: 'PAID',
      method: 'REDIRECT',
      send_received: 1,
      send_accepted: 1,
      amount_received: 150.75,
      refunded_amount: 0,
      card_last4: null,
    },
  ]);
  assert.equal((await settle(code, 'IN_ANALYSIS')).status, 400);
});

test('faults and statistics reach Letsia as they reach LetPay', async t => {
  const { letsia, control } = await runLetsia(t);
  await control('POST', '/faults', { path: '/letsia/invoices', kind: 'status_after', status: 503 });
  assert.deepEqual(await letsia('POST', '/invoices', example), { status: 503, body: said('Server Error') });
  assert.equal((await control('GET', '/payments')).body.payments.length, 1);
  await letsia('GET', '/invoices/INV-unknown/status');
  const { calls } = (await control('GET', '/stats')).body;
  assert.deepEqual(
    [calls['POST /letsia/invoices'], calls['GET /letsia/invoices/{reference}/status']],
    [1, 1],
  );
});
