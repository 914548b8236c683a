/** An emulator on a free port whose clock stands still until a test moves it, with a client that knows the documents. */
import { strict as assert } from 'node:assert';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { createClock } from '../../demo/emulator/clock.ts';
import { type ListenSettings, startEmulator } from '../../demo/emulator/emulator.ts';

export const noon = Date.parse('2026-11-20T15:00:00.000Z');

/** The body as a client without a schema reads it. */
export type Answer = { status: number; body: ReturnType<typeof JSON.parse> };

export async function runEmulator(t: TestContext, settings: Partial<ListenSettings> = {}) {
  const emulator = await startEmulator({ port: 0, clock: createClock(() => noon), ...settings });
  t.after(emulator.close);

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: HeadersInit = {},
  ): Promise<Answer> {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(emulator.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(text !== undefined && { body: text }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  const login = async () => {
    const answer = await fetch(`${emulator.url}/auth`, {
      method: 'POST',
      body: new URLSearchParams({ apiKey: 'demo', apiSecret: 'demo' }),
    });
    return (await answer.json()).token as string;
  };
  let token = await login();

  const letpay = async (method: string, path: string, body?: unknown) =>
    call(method, path, body, { 'X-Auth-Token': token });

  async function createOrder(changes: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await letpay('POST', '/payment', { ...order, ...changes });
    assert.equal(status, 200, JSON.stringify(body));
    return body.payment.payment_token;
  }

  return {
    ...emulator,
    call,
    letpay,
    createOrder,
    send: (payment: string, body: unknown) => letpay('POST', `/payment/${payment}/sendPayment`, body),
    read: async (payment: string) => (await letpay('GET', `/payment/${payment}`)).body,
    control: (method: string, path: string, body?: unknown) => call(method, `/_emulator${path}`, body),
    dialect: (era: 'classic' | 'current') => call('POST', '/_emulator/dialect', { era }),
    async advance(ms: number) {
      await call('POST', '/_emulator/clock', { advance_ms: ms });
      token = await login();
    },
  };
}

export type RunningEmulator = Awaited<ReturnType<typeof runEmulator>>;

/** "Create Payment Order", body of the example request; its contract and e-mail are placeholders there. */
export const order = {
  amount: 123.45,
  reference_id: 'MY_REFERENCE_ID',
  contract_id: '4239d673-b23e-42a1-81bd-87d0984fb173',
  asset: 'BRL',
  person_firstname: 'Alice',
  person_surname: 'Sonnentag',
  person_email: 'alice@example.com',
  person_taxid: '39784045087',
  person_birth: '1978-08-21',
  address_main: 'Rua Araguari',
  address_number: 817,
  address_additional: 'Apto 54',
  address_locality: 'Vila Sônia',
  address_city: 'São Paulo',
  address_state: 'SP',
  address_country: 'BR',
  address_phone_country: 55,
  address_phone_area: 11,
  address_phone: '23716520',
  address_zipcode: '04514-041',
  soft_descriptor: 'SOFT_DESCRIPTOR',
  ip_address: '0.0.0.0',
  payment_country: 'BR',
  payment_currency: 'BRL',
  extra_data: { 'my-conciliation-number': 'xxxxxx' },
};

export const card = {
  method: 'CREDITCARD',
  card_number: '4539620659922097',
  card_holder: 'Alice Sonnentag',
  card_cvv: '123',
  card_year: 2026,
  card_month: 12,
  card_installments: 2,
};

/** "Paycash", body of the example request; `oxxo` is what the document really sends. */
export const paycash = {
  contract_id: order.contract_id,
  reference_id: 'MY_REFERENCE_ID',
  notification_url: 'https://my.notification.url/callback/',
  ip_address: '0.0.0.0',
  payment: {
    amount: 123.45,
    asset: 'MXN',
    currency: 'MXN',
    country: 'MX',
    oxxo: { expiration_date: '2026-12-31', description: 'Payment via OXXO' },
  },
  person: { full_name: 'Alice Sonnentag', email: 'alice@example.com' },
  extra_data: { 'my-conciliation-number': 'xxxxxx' },
};

/** A merchant's address for callbacks that answers with the given statuses in turn, and then with 200. */
export async function receiveCallbacks(t: TestContext, ...statuses: number[]) {
  const received: { body: unknown; contentType: string | undefined }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({
      body: JSON.parse(Buffer.concat(chunks).toString()),
      contentType: request.headers['content-type'],
    });
    const status = statuses.shift() ?? 200;
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`, received };
}
