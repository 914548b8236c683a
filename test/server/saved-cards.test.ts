/** Stored cards in a checkout: who is offered them, what charging them does, and that nobody else’s can be had. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { createProxy } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { recordCodec } from '../../server/store/sealed-record.ts';
import { openSqliteStore } from '../../server/store/sqlite-store.ts';
import { forEachDialect, merchantCalls } from './merchant-calls.ts';
import { openFeed } from './open-feed.ts';
import {
  card,
  checkoutOf,
  environment,
  fieldsIn,
  newKey,
  problemOf,
  shopOrigin,
  startStack,
  until,
} from './stack.ts';
import { cardOf, savedCard, storedCards } from './stored-cards.ts';

/** Longer than “no such payment” needs to be believed. */
const longEnough = 125_000;

forEachDialect(
  'an order that names its person offers that person’s cards, and one of them is charged',
  async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const cards = storedCards(stack);
    const { token, cardId } = await cards.withOrder({ extra_data: { basket: 7 } });
    assert.deepEqual(await cards.offered(token), [cardOf(cardId)]);

    const sent = checkoutOf(await stack.send(token, savedCard(cardId, 3)));
    assert.deepEqual([sent.verifying, sent.method, sent.attempt], [false, 'CREDITCARD', 1]);
    const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.deepEqual([paid.saved_cards, paid.can], [[], { submit: false, renew: false }]);

    const [payment, ...others] = await cards.taken();
    assert.deepEqual([others.length, payment?.amount_received], [0, 123.45]);
    const order = await merchantCalls(stack).order(token);
    assert.deepEqual(
      order.attempts.map(attempt => [attempt.payment_token, attempt.status]),
      [[payment?.payment_token, 'PAID']],
    );
    assert.equal(order.amount_received, 123.45);
  },
);

test('the charge has the order’s data, and our mark beside the merchant’s extra data', async t => {
  const stack = await startStack(t);
  const { token, cardId } = await storedCards(stack).withOrder({ extra_data: { basket: 7 } });
  checkoutOf(await stack.send(token, savedCard(cardId)));
  const [payment] = await storedCards(stack).taken();
  const { body } = await stack.psp('GET', `/payment/${payment?.payment_token}`);
  const { extra_data, reference } = body as { extra_data: Record<string, unknown>; reference: string };
  const { letpay_checkout_attempt: mark, ...others } = extra_data;
  assert.deepEqual(others, { basket: 7 });
  assert.match(String(mark), /^[\w-]{43}$/, 'a keyed hash');
  assert.equal(reference, 'ORDER-1');
});

test('a held payment of a stored card is captured, and a paid one refunded, under its own token', async t => {
  const stack = await startStack(t);
  const merchant = merchantCalls(stack);
  const { token, cardId } = await storedCards(stack).withOrder({ delay_capture: true });
  checkoutOf(await stack.send(token, savedCard(cardId)));
  await merchant.orderWhen(token, ({ status }) => status === 'PRE_AUTHORIZED');
  await merchant.capture(token, { amount: 100 });
  await merchant.orderWhen(token, ({ status }) => status === 'PAID');
  const [payment] = await storedCards(stack).taken();
  assert.equal(payment?.amount_received, 100);
  // LetPay’s own address for payments of a stored card.
  assert.equal(await merchant.calls('POST /token/{token}/capture'), 1);

  const reply = await merchant.refund(token, { amount: 40, attempt_token: payment?.payment_token });
  assert.equal(reply.status, 201, reply.text);
  assert.equal((reply.body as { attempt_token: string }).attempt_token, payment?.payment_token);
  assert.equal((await merchant.pspRefunds(payment?.payment_token ?? '')).length, 1);
});

test('a declined stored card can be followed by another one, on the same checkout', async t => {
  const stack = await startStack(t);
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder({}, 'DECLINED');
  checkoutOf(await stack.send(token, savedCard(cardId)));
  const declined = await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  assert.deepEqual(declined.can, { submit: false, renew: true });
  assert.equal(checkoutOf(await stack.renew(token)).attempt, 2);
  checkoutOf(await stack.send(token, { method: 'PIX' }));
  assert.equal(checkoutOf(await stack.read(token)).instrument?.method, 'PIX');
});

test('the same key is answered again, another body is refused, and a second submission waits', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  const key = newKey();
  await stack.fault({ path: '/token', kind: 'delay', ms: 300 });
  const first = stack.send(token, savedCard(cardId), key);
  await until(async () => (await cards.taken()).length === 1);
  problemOf(await stack.send(token, savedCard(cardId)), 409, 'submission_in_flight');
  assert.equal(checkoutOf(await first).status, 'PROCESSING');
  assert.equal(checkoutOf(await stack.send(token, savedCard(cardId), key)).status, 'PROCESSING');
  problemOf(await stack.send(token, savedCard(cardId, 2), key), 422, 'idempotency_mismatch');
  assert.equal((await cards.taken()).length, 1);
});

test('many clicks at once charge a stored card once', async t => {
  const stack = await startStack(t, { outcomeDelayMs: 60_000 });
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  const replies = await Promise.all(Array.from({ length: 8 }, () => stack.send(token, savedCard(cardId))));
  assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  assert.equal((await cards.taken()).length, 1);
});

test('stored cards count as card tries', async t => {
  const stack = await startStack(t, { env: { CARD_TRIES_PER_CHECKOUT: '1' } });
  const { token, cardId } = await storedCards(stack).withOrder({}, 'DECLINED');
  checkoutOf(await stack.send(token, savedCard(cardId)));
  await stack.checkoutWhen(token, ({ can }) => can.renew);
  await stack.renew(token);
  problemOf(await stack.send(token, savedCard(cardId)), 429, 'too_many_tries');
});

test('what the PSP refuses leaves the checkout open, and no payment', async t => {
  const stack = await startStack(t);
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  const key = newKey();
  const refused = problemOf(await stack.send(token, savedCard(cardId, 24), key), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(refused), [['/card_installments', 'invalid']]);
  problemOf(await stack.send(token, savedCard(cardId, 24), key), 422, 'psp_refused');
  const open = checkoutOf(await stack.read(token));
  assert.deepEqual([open.can.submit, open.attempt, open.method], [true, 1, null]);
  assert.deepEqual(await cards.taken(), []);
  // The order of two steps is as good as before.
  checkoutOf(await stack.send(token, { method: 'PIX' }));
});

const lostAfter = [
  { kind: 'drop_after' },
  { kind: 'status_after', status: 500 },
  { kind: 'status_after', status: 502 },
  { kind: 'status_after', status: 401 },
  { kind: 'status_after', status: 422 },
  { kind: 'status_after', status: 429 },
  { kind: 'garbage' },
  { kind: 'truncate' },
] as const;

for (const fault of lostAfter) {
  const name = 'status' in fault ? `${fault.kind} ${fault.status}` : fault.kind;
  forEachDialect(
    `a charge whose answer was lost (${name}) is found by its reference, and not made twice`,
    async (t, era) => {
      const stack = await startStack(t);
      await stack.dialect(era);
      const cards = storedCards(stack);
      const { token, cardId } = await cards.withOrder();
      await stack.fault({
        path: '/token',
        kind: fault.kind,
        ...('status' in fault && { status: fault.status }),
      });
      assert.equal(checkoutOf(await stack.send(token, savedCard(cardId)), 202).verifying, true);
      const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
      assert.deepEqual([paid.verifying, paid.attempt], [false, 1]);
      assert.equal((await cards.taken()).length, 1);
      assert.equal((await stack.stats()).calls['POST /token'], 1);
    },
  );
}

test('an answer that comes later than the time-out is found too', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  await stack.fault({ path: '/token', kind: 'delay', ms: 400 });
  checkoutOf(await stack.send(token, savedCard(cardId)), 202);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.equal((await cards.taken()).length, 1);
});

for (const fault of [{ kind: 'drop_before' }, { kind: 'status', status: 502 }] as const) {
  test(`a charge that the PSP never took (${fault.kind}) is given up after two minutes, and not before`, async t => {
    const stack = await startStack(t);
    const cards = storedCards(stack);
    const { token, cardId } = await cards.withOrder();
    await stack.fault({
      path: '/token',
      kind: fault.kind,
      ...('status' in fault && { status: fault.status }),
    });
    checkoutOf(await stack.send(token, savedCard(cardId)), 202);
    stack.clock.advance(110_000);
    const waiting = checkoutOf(await stack.read(token));
    assert.deepEqual([waiting.verifying, waiting.can.submit], [true, false]);
    problemOf(await stack.send(token, { method: 'PIX' }), 409, 'submission_in_flight');

    stack.clock.advance(longEnough - 110_000);
    const open = await stack.checkoutWhen(token, ({ can }) => can.submit);
    assert.deepEqual([open.verifying, open.status, open.method, open.attempt], [false, 'CREATED', null, 1]);
    checkoutOf(await stack.send(token, savedCard(cardId)));
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.equal((await cards.taken()).length, 1);
  });
}

test('a charge that arrives after it was given up is found before anything else leaves', async t => {
  const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  await stack.fault({ path: '/token', kind: 'delay_before', ms: 2_500 });
  checkoutOf(await stack.send(token, savedCard(cardId)), 202);
  stack.clock.advance(longEnough);
  await stack.checkoutWhen(token, ({ can }) => can.submit);
  // Nobody looks of their own accord any more: only the next submission can find it.
  stack.clock.advance(2 * 60 * 60_000);
  checkoutOf(await stack.read(token));
  await until(async () => (await cards.taken()).at(0)?.status === 'PAID');
  problemOf(await stack.send(token, { method: 'PIX' }), 409, 'already_paid');
  const paid = checkoutOf(await stack.read(token));
  assert.deepEqual([paid.status, paid.method], ['PAID', 'CREDITCARD']);
  assert.equal((await cards.taken()).length, 1);
});

test('a callback with a token that nobody knows makes the proxy look for its lost charge, however late', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const stack = await startStack(t, { deps: { store }, env: { PSP_TIMEOUT_MS: '150' } });
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  await stack.fault({ path: '/token', kind: 'delay_before', ms: 2_500 });
  checkoutOf(await stack.send(token, savedCard(cardId)), 202);
  stack.clock.advance(longEnough);
  await stack.checkoutWhen(token, ({ can }) => can.submit);
  // Nobody looks of their own accord any more.
  stack.clock.advance(2 * 60 * 60_000);
  checkoutOf(await stack.read(token));
  const [payment] = await until(async () => {
    const taken = await cards.taken();
    return taken[0]?.status === 'PAID' && taken;
  });
  const isPaid = async () => (await store.find(token))?.attempts.some(({ status }) => status === 'PAID');
  assert.equal(await isPaid(), false);
  const callback = (payment_token: string, reference_id: string) =>
    stack.call('POST', '/v1/callbacks/letpay', { body: { payment_token, reference_id } });
  await callback(payment?.payment_token ?? '', 'ORDER-OF-ANOTHER');
  const looks = (await stack.stats()).calls['GET /payment/reference/{reference_id}'];
  await callback(payment?.payment_token ?? '', 'ORDER-1');
  await until(isPaid);
  assert.equal((await stack.stats()).calls['GET /payment/reference/{reference_id}'], (looks ?? 0) + 1);
  assert.equal(checkoutOf(await stack.read(token)).status, 'PAID');
});

test('a card is had from no checkout but those of its own person', async t => {
  const stack = await startStack(t);
  const cards = storedCards(stack);
  const own = await cards.withOrder();
  const other = await cards.withOrder({ reference_id: 'ORDER-2' });
  const nobody = await stack.orderToken({ reference_id: 'ORDER-3' });
  const unknown = await stack.orderToken({ reference_id: 'ORDER-4', public_person_id: 'PER-unknown' });

  // Guessed ids: another person’s card, a person’s name for a card, none at all.
  for (const token of [other.token, nobody, unknown]) {
    for (const id of [own.cardId, own.personId, 'CAR-0', '__proto__']) {
      const problem = problemOf(await stack.send(token, savedCard(id)), 422, 'method_not_offered');
      assert.deepEqual(fieldsIn(problem), [['/public_card_id', 'not_offered']]);
      const path = `/v1/checkout/${token}/saved-cards/${id}`;
      problemOf(await stack.call('DELETE', path), 404, 'not_found');
    }
    const body = { ...savedCard(own.cardId), public_person_id: own.personId };
    problemOf(await stack.send(token, body), 422, 'method_not_offered');
  }
  assert.deepEqual(await cards.offered(nobody), []);
  assert.deepEqual(await cards.offered(unknown), []);
  assert.deepEqual(await cards.offered(other.token), [cardOf(other.cardId)]);

  // A feed, a renewal and the merchant’s search show each checkout its own.
  const feed = await openFeed(t, stack.url, other.token);
  await until(() => feed.events.length > 0);
  assert.deepEqual(feed.events[0]?.checkout.saved_cards, [cardOf(other.cardId)]);
  const declined = await cards.withOrder({ reference_id: 'ORDER-5' }, 'DECLINED');
  checkoutOf(await stack.send(declined.token, savedCard(declined.cardId)));
  await stack.checkoutWhen(declined.token, ({ can }) => can.renew);
  const renewed = checkoutOf(await stack.renew(declined.token));
  assert.deepEqual(renewed.saved_cards, [cardOf(declined.cardId)]);
  problemOf(await stack.send(declined.token, savedCard(own.cardId)), 422, 'method_not_offered');
  const { body } = await stack.merchant('GET', '/v1/orders?reference_id=ORDER-2');
  assert.deepEqual(
    (body as { orders: { saved_cards: unknown }[] }).orders.map(order => order.saved_cards),
    [[cardOf(other.cardId)]],
  );

  // A token that was made at the PSP and is adopted has no person.
  const adopted = await stack.pspOrder();
  assert.deepEqual(await cards.offered(adopted), []);
  problemOf(await stack.send(adopted, savedCard(own.cardId)), 422, 'method_not_offered');

  assert.deepEqual((await cards.taken()).length, 0);
  assert.deepEqual(await cards.offered(own.token), [cardOf(own.cardId)]);
});

test('a card that was deleted, has expired, or whose person is gone is neither shown nor charged', async t => {
  const stack = await startStack(t);
  const cards = storedCards(stack);
  const refused = async (token: string, cardId: string) => {
    assert.deepEqual(await cards.offered(token), []);
    const problem = problemOf(await stack.send(token, savedCard(cardId)), 422, 'method_not_offered');
    assert.deepEqual(fieldsIn(problem), [['/public_card_id', 'not_offered']]);
  };
  const deleted = await cards.withOrder();
  await stack.merchant('DELETE', `/v1/cards/${deleted.cardId}`);
  await refused(deleted.token, deleted.cardId);

  const gone = await cards.withOrder();
  await stack.merchant('DELETE', `/v1/persons/${gone.personId}`);
  await refused(gone.token, gone.cardId);

  const expired = await cards.withOrder();
  stack.clock.advance(Date.UTC(2031, 0, 3) - stack.clock.now());
  // The order itself is as young as it was.
  const token = await stack.orderToken({ public_person_id: expired.personId });
  await refused(token, expired.cardId);
  assert.deepEqual(await cards.taken(), []);
});

test('a shopper removes a card of the order’s person, and of nobody else', async t => {
  const stack = await startStack(t);
  const cards = storedCards(stack);
  const { token, cardId, personId } = await cards.withOrder();
  const path = `/v1/checkout/${token}/saved-cards/${cardId}`;
  const foreign = await stack.call('DELETE', path, { headers: { Origin: 'https://evil.example' } });
  problemOf(foreign, 403, 'origin_not_allowed');
  const asked = await stack.call('OPTIONS', path, { headers: { Origin: shopOrigin } });
  assert.match(asked.headers.get('access-control-allow-methods') ?? '', /DELETE/);

  await stack.fault({ path: '/token/card/*', method: 'DELETE', kind: 'drop_before' });
  problemOf(await stack.call('DELETE', path), 503, 'psp_unavailable');
  const removed = await stack.call('DELETE', path, { headers: { Origin: shopOrigin } });
  assert.deepEqual(checkoutOf(removed).saved_cards, []);
  problemOf(await stack.call('DELETE', path), 404, 'not_found');
  const { body } = await stack.merchant('GET', `/v1/persons/${personId}`);
  assert.deepEqual((body as { cards: unknown[] }).cards, []);
  assert.equal((await stack.psp('GET', `/token/card/${cardId}`)).status, 404);
});

forEachDialect(
  'a card that the shopper stores with a payment is told to the merchant, and not to the page',
  async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const token = await stack.orderToken({ person_firstname: 'PAID', offer_save_card: true });
    const sent = await stack.send(token, { ...card, save_card: true });
    assert.deepEqual(checkoutOf(sent).saved_cards, []);
    assert.doesNotMatch(sent.text, /CAR-|PER-/);
    await stack.checkoutWhen(token, ({ status }) => status === 'PAID');

    const { body } = await stack.merchant('GET', `/v1/orders/${token}`);
    const { stored_card } = body as { stored_card: { public_person_id: string; public_card_id: string } };
    const next = await stack.orderToken({ public_person_id: stored_card.public_person_id });
    assert.deepEqual(await storedCards(stack).offered(next), [cardOf(stored_card.public_card_id)]);
    checkoutOf(await stack.send(next, savedCard(stored_card.public_card_id)));
    await stack.checkoutWhen(next, ({ status }) => status === 'PAID');
  },
);

test('a card is stored only where the merchant offers that and the shopper wants it', async t => {
  const stack = await startStack(t);
  for (const [offer_save_card, save_card] of [
    [true, false],
    [false, true],
  ] as const) {
    const token = await stack.orderToken({ offer_save_card });
    checkoutOf(await stack.send(token, { ...card, save_card }));
    const { body } = await stack.merchant('GET', `/v1/orders/${token}`);
    assert.equal((body as { stored_card: unknown }).stored_card, null);
  }
});

test('before the first byte leaves the store says that it does, and another proxy ends what a dead one had begun', async t => {
  const store = openSqliteStore(':memory:', recordCodec(null));
  const stack = await startStack(t, { deps: { store } });
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  await stack.fault({ path: '/token', kind: 'delay', ms: 1_500 });
  const first = stack.send(token, savedCard(cardId));
  await until(async () => (await cards.taken()).at(0)?.status === 'PAID');
  const sending = (await store.find(token))?.attempts.at(-1);
  assert.deepEqual(
    [sending?.phase, sending?.oneStep],
    ['sending', { paymentToken: null, method: 'CREDITCARD' }],
  );

  const other = createProxy(readConfig({ ...environment, LETPAY_API_URL: stack.emulatorUrl }, '/nowhere'), {
    store,
    now: stack.clock.now,
    monotonic: stack.clock.monotonic,
    log: () => undefined,
  });
  const paid = await until(async () => {
    stack.clock.advance(200);
    const seen = (await (await other.request(`/v1/checkout/${token}`)).json()) as { status: string };
    return seen.status === 'PAID' && seen;
  });
  assert.equal(paid.status, 'PAID');
  assert.equal(checkoutOf(await first).status, 'PAID');
  assert.equal((await cards.taken()).length, 1);
  await stack.close();
  await other.close();
});

test('the token of a lost charge does not become a checkout of its own', async t => {
  const stack = await startStack(t);
  const cards = storedCards(stack);
  const { token, cardId } = await cards.withOrder();
  await stack.fault({ path: '/token', kind: 'drop_after' });
  checkoutOf(await stack.send(token, savedCard(cardId)), 202);
  await stack.fault({ path: '/payment/reference/*', kind: 'status', status: 502, times: 50 });
  const [payment] = await cards.taken();
  problemOf(await stack.read(payment?.payment_token ?? ''), 404, 'not_found');
  await stack.control('DELETE', '/faults');
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.equal(
    (await merchantCalls(stack).order(token)).attempts.at(-1)?.payment_token,
    payment?.payment_token,
  );
});

for (const seen of ['by the watcher', 'by the repeated call itself']) {
  test(`the key of a charge that was given up is answered with it when it turns up, found ${seen}`, async t => {
    const stack = await startStack(t, { env: { PSP_TIMEOUT_MS: '150' } });
    const cards = storedCards(stack);
    const { token, cardId } = await cards.withOrder();
    const key = newKey();
    await stack.fault({ path: '/token', kind: 'delay_before', ms: 2_500 });
    checkoutOf(await stack.send(token, savedCard(cardId), key), 202);
    stack.clock.advance(longEnough);
    await stack.checkoutWhen(token, ({ can }) => can.submit);
    problemOf(await stack.send(token, { method: 'PIX' }, key), 422, 'idempotency_mismatch');
    if (seen !== 'by the watcher') stack.clock.advance(2 * 60 * 60_000);
    await until(async () => (await cards.taken()).at(0)?.status === 'PAID');
    if (seen === 'by the watcher') await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    const repeated = checkoutOf(await stack.send(token, savedCard(cardId), key));
    assert.deepEqual([repeated.status, repeated.method], ['PAID', 'CREDITCARD']);
    assert.equal((await cards.taken()).length, 1);
  });
}
