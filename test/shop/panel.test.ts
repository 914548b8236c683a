import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countries } from '../../demo/shop/countries.ts';
import { createEmulatorControls } from '../../demo/shop/emulator-controls.ts';
import type { Order } from '../../demo/shop/orders.ts';
import { createPanel } from '../../demo/shop/panel.ts';
import { type Answer, emulatorUrl, recordingFetch } from './stand-in.ts';

const order: Order = {
  id: 'order-1',
  reference: 'VARANDA-1',
  paymentToken: 'page-token',
  country: countries[0]!,
  lines: [],
  total: 0,
};

interface Attempt {
  readonly payment_token: string;
  readonly send_accepted: number;
}

const attempt = (payment_token: string, send_accepted: number): Attempt => ({ payment_token, send_accepted });

function emulatorWith(attempts: readonly Attempt[]): Answer {
  const payments = attempts.map(entry => ({
    ...entry,
    status: 'PROCESSING',
    method: 'PIX',
    send_received: entry.send_accepted,
  }));
  return ({ method, path }) => {
    if (method !== 'GET') return Response.json({});
    return path === '/_emulator/payments?reference_id=VARANDA-1' ? Response.json({ payments }) : undefined;
  };
}

function panelFor(...attempts: readonly Attempt[]) {
  const { calls, fetch } = recordingFetch(emulatorWith(attempts));
  const panel = createPanel(createEmulatorControls(emulatorUrl, fetch), id =>
    id === order.id ? order : undefined,
  );
  const press = (path: string, fields: Readonly<Record<string, string>>, accept = 'application/json') =>
    panel.request(path, {
      method: 'POST',
      headers: { Accept: accept },
      body: new URLSearchParams({ order: order.id, ...fields }),
    });
  const sent = () => calls.filter(call => call.method !== 'GET').map(call => [call.path, call.body]);
  return { panel, press, sent };
}

test('“mark as paid” settles the newest attempt that was submitted', async () => {
  const { press, sent } = panelFor(attempt('a', 1), attempt('b', 1), attempt('c', 0));
  const response = await press('/settle', { status: 'PAID', error_code: '01.05.0014' });
  assert.deepEqual(await response.json(), { note: 'done' });
  assert.deepEqual(sent(), [['/_emulator/payments/b/settle', { status: 'PAID' }]]);
});

test('a decline carries the error code that was chosen', async () => {
  const { press, sent } = panelFor(attempt('a', 1));
  await press('/settle', { status: 'DECLINED', error_code: '01.05.0027' });
  assert.deepEqual(sent(), [
    ['/_emulator/payments/a/settle', { status: 'DECLINED', error_code: '01.05.0027' }],
  ]);
});

test('an older attempt can be picked, so that a left Pix code is paid', async () => {
  const { press, sent } = panelFor(attempt('a', 1), attempt('b', 1));
  await press('/settle', { status: 'PAID', payment_token: 'a' });
  assert.deepEqual(sent(), [['/_emulator/payments/a/settle', { status: 'PAID' }]]);
});

test('an attempt of somebody else’s order is not settled', async () => {
  const { press, sent } = panelFor(attempt('a', 1));
  const response = await press('/settle', { status: 'PAID', payment_token: 'stranger' });
  assert.deepEqual(await response.json(), { note: 'nothing_sent' });
  assert.deepEqual(sent(), []);
});

test('nothing is settled before something was submitted', async () => {
  const { press, sent } = panelFor(attempt('a', 0));
  const response = await press('/settle', { status: 'PAID' });
  assert.deepEqual(await response.json(), { note: 'nothing_sent' });
  assert.deepEqual(sent(), []);
});

test('the next fault replaces the one before', async () => {
  const { press, sent } = panelFor();
  await press('/faults', { fault: 'answer_lost' });
  assert.deepEqual(sent(), [
    ['/_emulator/faults', undefined],
    ['/_emulator/faults', { path: '/payment/*/sendPayment', method: 'POST', times: 1, kind: 'drop_after' }],
  ]);
});

test('“none” only clears the faults', async () => {
  const { press, sent } = panelFor();
  await press('/faults', { fault: 'none' });
  assert.deepEqual(sent(), [['/_emulator/faults', undefined]]);
});

test('time passes at the emulator in milliseconds', async () => {
  const { press, sent } = panelFor();
  await press('/clock', { advance: 'six_days' });
  assert.deepEqual(sent(), [['/_emulator/clock', { advance_ms: 518_400_000 }]]);
});

test('the dialect is switched', async () => {
  const { press, sent } = panelFor();
  await press('/dialect', { era: 'classic' });
  assert.deepEqual(sent(), [['/_emulator/dialect', { era: 'classic' }]]);
});

test('a form that was sent without script leads back to the pay page', async () => {
  const { press } = panelFor(attempt('a', 1));
  const response = await press('/settle', { status: 'PAID' }, 'text/html');
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('Location'), '/pay/order-1');
});

test('unknown choices and unknown orders reach no control call', async () => {
  const { press, sent } = panelFor(attempt('a', 1));
  assert.equal((await press('/settle', { status: 'FREE' })).status, 400);
  assert.equal((await press('/faults', { fault: 'fire' })).status, 400);
  assert.equal((await press('/settle', { status: 'PAID', order: 'order-2' })).status, 400);
  assert.deepEqual(sent(), []);
});

test('an emulator that says no is reported, not hidden', async () => {
  const { fetch } = recordingFetch();
  const panel = createPanel(createEmulatorControls(emulatorUrl, fetch), () => order);
  const response = await panel.request('/clock', {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ order: order.id, advance: 'day' }),
  });
  assert.deepEqual(await response.json(), { note: 'failed' });
});
