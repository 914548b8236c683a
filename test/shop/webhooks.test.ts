/** What the shop believes of webhooks, and what its pages make of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { sampleBuyer } from '../../demo/shop/buyer.ts';
import { brazil } from '../../demo/shop/countries.ts';
import { createShop } from '../../demo/shop/shop.ts';
import { readAmount } from '../../demo/shop/staff.ts';
import { type Answer, countingIds, emulatorUrl, proxyUrl, recordingFetch, takesOrders } from './stand-in.ts';

const origin = 'http://127.0.0.1:8080';
const secret = `whsec_${Buffer.alloc(32, 's').toString('base64')}`;
const form = { Origin: origin, Cookie: 'staff=staff-key' };

/** A shop with one order, whose token is `token-1`. */
async function openShop(...answers: readonly Answer[]) {
  const { calls, fetch } = recordingFetch(...answers, takesOrders());
  const shop = createShop({
    proxyUrl,
    merchantKey: 'secret-key',
    webhookSecret: secret,
    staffKey: 'staff-key',
    emulatorUrl,
    widget: { src: `${proxyUrl}/x.js`, integrity: 'sha384-x' },
    fetch,
    newId: countingIds(),
  });
  const { person, address, outcome } = sampleBuyer(brazil);
  const placed = await shop.request(`${origin}/checkout`, {
    method: 'POST',
    headers: { Cookie: 'cart=coffee.2', Origin: origin },
    body: new URLSearchParams({ ...person, ...address, outcome }),
  });
  const id = placed.headers.get('Location')?.split('/').at(-1) ?? '';
  const page = async (path: string, headers: Record<string, string> = {}) =>
    (await shop.request(`${origin}${path}`, { headers })).text();
  return {
    id,
    calls,
    shop,
    live: () => page(`/orders/${id}?live`),
    staffs: () => page(`/admin/orders/${id}?live`, form),
    tell: (event: object, webhookId: string, signedBy = secret, at = new Date()) => {
      const body = JSON.stringify(event);
      return shop.request(`${origin}/webhooks/letpay`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'webhook-id': webhookId,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(signedBy).sign(webhookId, at, body),
        },
        body,
      });
    },
  };
}

function event(sequence: number, type: string, status: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    type,
    timestamp: new Date(1_795_000_000_000 + sequence * 1000).toISOString(),
    data: {
      payment_token: 'token-1',
      sequence,
      status,
      verifying: false,
      attempt: 1,
      method: 'PIX',
      currency: 'BRL',
      amount_received: 109.8,
      refunded_amount: 0,
      paid_twice: false,
      ...more,
    },
  };
}

/** The events on a page, in their order. */
const eventsIn = (page: string) => [...page.matchAll(/data-event="([^"]+)"/g)].map(([, type]) => type);
const statusIn = (page: string) => /data-status="([^"]+)"/.exec(page)?.[1];

test('what is signed is believed, once for each id', async () => {
  const { tell, live } = await openShop();
  const paid = event(1, 'order.paid', 'PAID');
  assert.equal((await tell(paid, 'evt_1')).status, 204);
  assert.equal((await tell(paid, 'evt_1')).status, 204);
  const page = await live();
  assert.deepEqual([statusIn(page), eventsIn(page)], ['PAID', ['order.paid']]);
});

test('another secret, an old time or no signature changes nothing', async () => {
  const { tell, live, shop } = await openShop();
  const paid = event(1, 'order.paid', 'PAID');
  const other = `whsec_${Buffer.alloc(32, 'o').toString('base64')}`;
  assert.equal((await tell(paid, 'evt_1', other)).status, 401);
  assert.equal((await tell(paid, 'evt_1', secret, new Date(Date.now() - 3_600_000))).status, 401);
  const bare = await shop.request(`${origin}/webhooks/letpay`, {
    method: 'POST',
    body: JSON.stringify(paid),
  });
  assert.equal(bare.status, 401);
  assert.deepEqual(eventsIn(await live()), []);
});

test('events that come in another order stand in theirs, and the newest one counts', async () => {
  const { tell, live, staffs } = await openShop();
  await tell(event(3, 'order.paid', 'PAID'), 'evt_3');
  await tell(event(1, 'order.processing', 'PROCESSING'), 'evt_1');
  assert.match(await staffs(), /evento 2/);
  await tell(event(2, 'order.in_analysis', 'IN_ANALYSIS'), 'evt_2');
  const page = await live();
  assert.deepEqual(
    [statusIn(page), eventsIn(page)],
    ['PAID', ['order.processing', 'order.in_analysis', 'order.paid']],
  );
  assert.doesNotMatch(await staffs(), /Ainda não chegou/);
});

test('an event that is older than what the shop read does not set the order back', async () => {
  const report = { sequence: 2, status: 'PAID', currency: 'BRL', totals: null, attempt: 1 };
  const { tell, live, shop, id } = await openShop(({ method, path }) =>
    method === 'GET' && path === '/v1/orders/token-1' ? Response.json(report) : undefined,
  );
  await shop.request(`${origin}/orders/${id}`);
  await tell(event(1, 'order.processing', 'PROCESSING'), 'evt_1');
  assert.equal(statusIn(await live()), 'PAID');
  await tell(event(3, 'order.refunded', 'REFUNDED'), 'evt_3');
  assert.equal(statusIn(await live()), 'REFUNDED');
});

test('a type that the shop does not know is taken, and not shown to the buyer', async () => {
  const { tell, live, staffs } = await openShop();
  assert.equal((await tell(event(1, 'order.something_new', 'PAID'), 'evt_1')).status, 204);
  assert.equal((await tell({ type: 'weather.changed' }, 'evt_2')).status, 204);
  assert.deepEqual(eventsIn(await live()), []);
  assert.deepEqual(eventsIn(await staffs()), ['order.something_new']);
});

test('a page that is open asks the proxy nothing', async () => {
  const { tell, live, staffs, calls } = await openShop();
  await tell(event(1, 'order.paid', 'PAID'), 'evt_1');
  const before = calls.length;
  await live();
  await staffs();
  assert.equal(calls.length, before);
});

test('news reaches a page that is connected', async () => {
  const { tell, shop, id } = await openShop();
  const feed = await shop.request(`${origin}/orders/${id}/news`);
  assert.equal(feed.headers.get('Content-Type'), 'text/event-stream');
  const reader = feed.body!.getReader();
  await reader.read();
  await tell(event(1, 'order.paid', 'PAID'), 'evt_1');
  const { value } = await reader.read();
  assert.match(new TextDecoder().decode(value), /^event: news$/m);
  await reader.cancel();
});

test('two presses of the refund button are one refund at the proxy', async () => {
  const { shop, id, calls } = await openShop(({ path }) =>
    path.endsWith('/refunds') ? Response.json({ refund_id: 'rf_1' }, { status: 201 }) : undefined,
  );
  const press = () =>
    shop.request(`${origin}/admin/orders/${id}/refund`, {
      method: 'POST',
      headers: form,
      body: new URLSearchParams({ form: 'form-0001', amount: '10,50' }),
    });
  assert.equal((await press()).headers.get('Location'), `/admin/orders/${id}?note=done`);
  await press();
  const sent = calls.filter(({ path }) => path === '/v1/orders/token-1/refunds');
  assert.deepEqual(
    sent.map(({ body, headers }) => [body, headers.get('Idempotency-Key')]),
    [
      [{ amount: 10.5 }, 'form-0001'],
      [{ amount: 10.5 }, 'form-0001'],
    ],
  );
});

test('held money can be taken in part or released, and money that came in cannot', async () => {
  const { tell, staffs, shop, id, calls } = await openShop(({ path }) =>
    /\/(capture|cancel)$/.test(path) ? Response.json({}) : undefined,
  );
  await tell(event(1, 'order.pre_authorized', 'PRE_AUTHORIZED'), 'evt_1');
  const held = await staffs();
  assert.match(held, /action="[^"]+\/capture"/);
  assert.doesNotMatch(held, /action="[^"]+\/refund"/);
  const deeds = [
    ['capture', { form: 'form-0001-take', amount: '50' }],
    ['cancel', { form: 'form-0001-free' }],
  ] as const;
  for (const [deed, fields] of deeds) {
    const body = new URLSearchParams(fields);
    await shop.request(`${origin}/admin/orders/${id}/${deed}`, { method: 'POST', headers: form, body });
  }
  assert.deepEqual(
    calls.slice(-2).map(({ path, body }) => [path, body]),
    [
      ['/v1/orders/token-1/capture', { amount: 50 }],
      ['/v1/orders/token-1/cancel', {}],
    ],
  );
  await tell(event(2, 'order.paid', 'PAID'), 'evt_2');
  const paid = await staffs();
  assert.match(paid, /action="[^"]+\/refund"/);
  assert.doesNotMatch(paid, /action="[^"]+\/capture"/);
});

test('a paid order of Letsia can be canceled, and that of another provider cannot', async () => {
  for (const gateway of ['letsia', 'letpay']) {
    const order = { gateway, status: 'PAID', currency: 'BRL', totals: null, attempt: 1, amount_received: 10 };
    const { shop, id, calls } = await openShop(({ method, path }) =>
      method === 'GET' || path.endsWith('/cancel') ? Response.json(order) : undefined,
    );
    const page = await (await shop.request(`${origin}/admin/orders/${id}`, { headers: form })).text();
    assert.match(page, /action="[^"]+\/refund"/);
    assert.equal(/action="[^"]+\/cancel"/.test(page), gateway === 'letsia');
    if (gateway === 'letpay') continue;
    const [, formId = ''] = /name="form" value="([^"]+-undo)"/.exec(page) ?? [];
    const body = new URLSearchParams({ form: formId });
    await shop.request(`${origin}/admin/orders/${id}/cancel`, { method: 'POST', headers: form, body });
    assert.deepEqual([calls.at(-1)?.method, calls.at(-1)?.path], ['POST', '/v1/orders/token-1/cancel']);
    assert.equal(calls.at(-1)?.headers.get('Idempotency-Key'), formId);
  }
});

test('an amount that is none sends nothing', async () => {
  const { shop, id, calls } = await openShop();
  const before = calls.length;
  for (const amount of ['ten', '0', '-1']) {
    const answer = await shop.request(`${origin}/admin/orders/${id}/refund`, {
      method: 'POST',
      headers: form,
      body: new URLSearchParams({ form: 'form-0001', amount }),
    });
    assert.match(answer.headers.get('Location') ?? '', /note=validation_failed$/, amount);
  }
  assert.equal(calls.length, before);
});

for (const [text, amount] of [
  ['', null],
  ['10', 10],
  ['10,5', 10.5],
  ['10.50', 10.5],
  ['1.234,56', 1234.56],
  ['1,234.56', 1234.56],
  ['1 234,56', 1234.56],
  ['1.234', 1234],
  ['0', 'wrong'],
  ['-5', 'wrong'],
  ['5,555,5', 'wrong'],
  ['dez', 'wrong'],
] as const) {
  test(`as an amount “${text}” is ${amount}`, () => assert.equal(readAmount(text), amount));
}
