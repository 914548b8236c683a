import { strict as assert } from 'node:assert';
import { getEventListeners } from 'node:events';
import { test } from 'node:test';
import { openAttempt } from '../../server/checkout/attempt.ts';
import type { CheckoutRecord } from '../../server/checkout/checkout-record.ts';
import { viewCheckout } from '../../server/checkout/checkout-view.ts';
import { createHub } from '../../server/feed/hub.ts';
import { createLog } from '../../server/log.ts';
import { eventRoutes } from '../../server/routes/events.ts';
import type { Services } from '../../server/services.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import { openFeed } from './open-feed.ts';
import { card, problemOf, shopOrigin, startStack, until } from './stack.ts';
import { unownedFailures } from './unowned-failures.ts';

test('a feed begins with the checkout as it is', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const feed = await openFeed(t, stack.url, token);
  const first = await until(() => feed.events[0]);
  assert.deepEqual([first.event, first.id, first.checkout.payment_token], ['checkout', '1', token]);
  assert.equal(feed.events.length, 1);
});

test('a feed tells every change, in order, to everybody who looks', async t => {
  const stack = await startStack(t, { callbacks: true });
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  const feeds = [await openFeed(t, stack.url, token), await openFeed(t, stack.url, token)];
  await stack.send(token, card);
  for (const feed of feeds) {
    await until(() => feed.events.at(-1)?.checkout.status === 'PAID');
    const told = feed.events.map(({ checkout }) => checkout.status);
    assert.deepEqual(
      told.filter((status, index) => status !== told[index - 1]),
      ['CREATED', 'PROCESSING', 'PAID'],
    );
    assert.ok(
      feed.events.some(({ checkout }) => checkout.verifying),
      'the submission on its way is told',
    );
    const ids = feed.events.map(({ id }) => Number(id));
    assert.deepEqual(
      ids,
      [...ids].sort((a, b) => a - b),
    );
    assert.equal(new Set(ids).size, ids.length);
  }
});

test('a feed tells nothing of another checkout', async t => {
  const stack = await startStack(t);
  const [watched, other] = [await stack.orderToken(), await stack.orderToken()];
  const feed = await openFeed(t, stack.url, watched);
  await until(() => feed.events[0]);
  await stack.send(other, { method: 'PIX' });
  await stack.send(watched, { method: 'PIX' });
  await until(() => feed.events.at(-1)?.checkout.instrument);
  assert.deepEqual(new Set(feed.events.map(({ checkout }) => checkout.payment_token)), new Set([watched]));
});

test('a page that comes back with the newest event is told only what changes after it', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const first = await openFeed(t, stack.url, token);
  const { id } = await until(() => first.events[0]);
  first.close();

  const second = await openFeed(t, stack.url, token, { 'Last-Event-ID': id });
  await until(() => second.text().includes('retry:'));
  await stack.send(token, { method: 'PIX' });
  const next = await until(() => second.events[0]);
  assert.ok(Number(next.id) > Number(id));
});

test('a page that missed a change while it was away is told it at once', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  const feed = await openFeed(t, stack.url, token, { 'Last-Event-ID': '1' });
  const first = await until(() => feed.events[0]);
  assert.equal(first.checkout.instrument?.method, 'PIX');
});

test('a Last-Event-ID that is no number is as good as none', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const feed = await openFeed(t, stack.url, token, { 'Last-Event-ID': 'abc' });
  assert.equal((await until(() => feed.events[0])).checkout.status, 'CREATED');
});

test('a feed is neither stored nor held back on its way', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const controller = new AbortController();
  const answer = await fetch(`${stack.url}/v1/checkout/${token}/events`, {
    headers: { Origin: shopOrigin },
    signal: controller.signal,
  });
  assert.equal(answer.headers.get('cache-control'), 'no-store, no-transform');
  assert.equal(answer.headers.get('x-accel-buffering'), 'no');
  assert.equal(answer.headers.get('access-control-allow-origin'), shopOrigin);
  assert.ok(answer.headers.get('x-request-id'));
  controller.abort();
});

test('a feed of what nobody knows is not found', async t => {
  const stack = await startStack(t);
  const reply = await stack.call('GET', '/v1/checkout/00000000-0000-4000-8000-000000000000/events');
  problemOf(reply, 404, 'not_found');
});

test('open feeds end when the proxy stops', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const feed = await openFeed(t, stack.url, token);
  await until(() => feed.events[0]);
  await Promise.all([stack.close(), feed.ended]);
  assert.equal(feed.events.length, 1);
});

/** The feed alone over one record, so that what it leaves behind can be seen. `view` and `find` may fail. */
function loneFeed(failing: { view?: () => void; find?: () => void } = {}) {
  const record: CheckoutRecord = {
    token: 'TOKEN-0001',
    version: 1,
    gateway: 'letpay',
    referenceId: 'R',
    country: 'BR',
    currency: 'BRL',
    returnUrl: null,
    publicPersonId: null,
    delayCapture: false,
    offersSaveCard: false,
    order: null,
    attempts: [openAttempt('TOKEN-0001', 0)],
    claims: {},
    cardTries: [],
    createdAt: 0,
    dueAt: null,
    methods: ['PIX'],
    installments: [],
    totals: null,
    customerFees: [],
  };
  const hub = createHub();
  const closing = new AbortController();
  const log: string[] = [];
  const services: Pick<Services, 'config' | 'creator' | 'hub' | 'store' | 'view' | 'closing' | 'log'> = {
    config: { trustedProxies: { kind: 'none' } } as Services['config'],
    creator: { create: async () => record, findOrAdopt: async () => record },
    hub,
    store: {
      find: async () => {
        failing.find?.();
        return record;
      },
    } as unknown as Services['store'],
    view: async shown => {
      failing.view?.();
      return viewCheckout(shown, 0, { testMode: true });
    },
    closing: closing.signal,
    log: createLog(
      line => log.push(line),
      () => 0,
    ),
  };
  const routes = eventRoutes(services as Services);
  return { hub, record, closing, log, open: () => routes.request('/TOKEN-0001/events') };
}

test('a feed that was left leaves no listener behind', async () => {
  const { hub, closing, open } = loneFeed();
  for (let n = 0; n < 5; n += 1) {
    const reader = (await open()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
  }
  await until(() => hub.openFeeds === 0);
  assert.equal(hub.isWatched('TOKEN-0001'), false);
  await until(() => getEventListeners(closing.signal, 'abort').length === 0, 500);
});

test('a feed that is asked for while the proxy stops ends at once', async () => {
  const { closing, open } = loneFeed();
  closing.abort();
  const text = await (await open()).text();
  assert.match(text, /retry: 3000/);
});

test('a feed whose checkout cannot be shown ends, and the log names the failure without its message', async t => {
  const unowned = unownedFailures(t);
  const fail = () => {
    throw new StoreUnavailable('a message that may quote data');
  };
  for (const failing of [{ view: fail }, { find: fail }]) {
    const { hub, log, open } = loneFeed(failing);
    assert.doesNotMatch(await (await open()).text(), /event:|error/);
    assert.equal(hub.openFeeds, 0);
    const [line] = log.map(text => JSON.parse(text));
    assert.deepEqual(
      [line.event, line.name, line.payment_token],
      ['feed_ended', 'StoreUnavailable', 'TOKEN-0001'],
    );
    assert.doesNotMatch(log.join(), /quote/);
  }
  assert.deepEqual(await unowned(), []);
});

test('a feed that failed tells no later change, so that the page is told of it when it comes back', async t => {
  const unowned = unownedFailures(t);
  let views = 0;
  const { hub, record, log, open } = loneFeed({
    view: () => {
      views += 1;
      if (views === 2) throw new StoreUnavailable('gone');
    },
  });
  const reader = (await open()).body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('id: 1')) text += (await reader?.read())?.value;
  hub.publish({ ...record, version: 2 });
  hub.publish({ ...record, version: 3 });
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text += part.value;
  assert.deepEqual(text.match(/^id: .*/gm), ['id: 1']);
  assert.equal(log.length, 1);
  assert.deepEqual(await unowned(), []);
});
