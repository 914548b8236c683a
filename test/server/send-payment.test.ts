import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { Instrument } from '../../server/contract/checkout.ts';
import { card, checkoutOf, fieldsIn, mexicanOrder, newKey, problemOf, startStack, until } from './stack.ts';

const pngStart = Buffer.from('\x89PNG', 'latin1').toString('base64').slice(0, 5);

function instrumentOf<M extends Instrument['method']>(instrument: Instrument | null, method: M) {
  assert.equal(instrument?.method, method);
  return instrument as Extract<Instrument, { method: M }>;
}

for (const era of ['current', 'classic'] as const) {
  test(`a card is charged once (${era})`, async t => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    const sent = checkoutOf(await stack.send(token, { ...card, card_installments: 2 }));
    assert.deepEqual([sent.status, sent.method, sent.verifying], ['PROCESSING', 'CREDITCARD', false]);
    assert.deepEqual(sent.can, { submit: false, renew: false });
    const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.deepEqual(paid.can, { submit: false, renew: false });
    assert.equal((await stack.payment(token)).send_received, 1);
  });

  test(`a Pix code comes with its amount and a plain PNG (${era})`, async t => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const token = await stack.orderToken();
    const sent = checkoutOf(await stack.send(token, { method: 'PIX' }));
    const pix = instrumentOf(sent.instrument, 'PIX');
    assert.match(pix.code, /^000201.*6304[0-9A-F]{4}$/);
    assert.equal(pix.amount, 123.45);
    assert.ok(pix.qr_code_png?.startsWith(pngStart));
    assert.deepEqual(sent.can, { submit: false, renew: true });
  });

  test(`a boleto comes with its line, date and readable page (${era})`, async t => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const token = await stack.orderToken();
    const sent = checkoutOf(await stack.send(token, { method: 'BOLETO' }));
    const boleto = instrumentOf(sent.instrument, 'BOLETO');
    assert.equal(boleto.code.replace(/\D/g, '').length, 47);
    assert.equal(boleto.amount, 123.45);
    assert.match(boleto.due_date ?? '', /^\d{4}-\d{2}-\d{2}$/);
    assert.match(boleto.html ?? '', /^<!doctype html>/i);
  });

  test(`a Paycash reference comes with its amount, date and https link (${era})`, async t => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const token = await stack.orderToken(mexicanOrder);
    const sent = checkoutOf(await stack.send(token, { method: 'PAYCASH' }));
    const paycash = instrumentOf(sent.instrument, 'PAYCASH');
    assert.match(paycash.barcode, /^\d{13}$/);
    assert.equal(paycash.amount, 123.45);
    assert.ok(paycash.barcode_png?.startsWith(pngStart));
    assert.match(paycash.instructions_link ?? '', /^https:\/\//);
    stack.clock.advance(1_500);
    // The answer names no end; the status does.
    const read = await stack.checkoutWhen(
      token,
      ({ instrument }) => instrument?.method === 'PAYCASH' && instrument.due_date !== null,
    );
    assert.match(instrumentOf(read.instrument, 'PAYCASH').due_date ?? '', /^\d{4}-\d{2}-\d{2}$/);
  });

  test(`a declined card says why and what to do (${era})`, async t => {
    const stack = await startStack(t);
    await stack.dialect(era);
    // The emulator declines by the cents of the amount: 05 is “insufficient funds”.
    const token = await stack.orderToken({ person_firstname: 'DECLINED', amount: 100.05 });
    await stack.send(token, card);
    const declined = await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
    assert.deepEqual(declined.decline, {
      reason: 'insufficient_funds',
      action: 'fewer_installments',
      code: '01.05.0014',
    });
    assert.deepEqual(declined.can, { submit: false, renew: true });
  });
}

test('the end of a Pix code is told once the PSP has named it with a zone', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.send(token, { method: 'PIX' });
  stack.clock.advance(1_500);
  const read = await stack.checkoutWhen(token, ({ expires_at }) => expires_at !== null);
  assert.equal(instrumentOf(read.instrument, 'PIX').expires_at, read.expires_at);
  const lifeMs = Date.parse(read.expires_at ?? '') - Date.now();
  assert.ok(lifeMs > 0 && lifeMs <= 30 * 60_000);
});

test('fields that only the merchant may choose are not passed on', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.send(token, { ...card, delay_capture: true, save_card: true, amount: 1 });
  // With delay_capture the emulator would stop at PRE_AUTHORIZED.
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
});

test('spaces and dashes in a card number are taken out', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  checkoutOf(await stack.send(token, { ...card, card_number: '4539 6206-5992 2097' }));
});

const badCards: readonly (readonly [
  what: string,
  changes: Record<string, unknown>,
  pointer: string,
  code: string,
])[] = [
  ['no number', { card_number: undefined }, '/card_number', 'required'],
  ['letters', { card_number: 'abcd' }, '/card_number', 'invalid'],
  ['a number that is a number', { card_number: 4539620659922097 }, '/card_number', 'invalid'],
  ['a wrong check digit', { card_number: '4539620659922098' }, '/card_number', 'invalid'],
  ['no code', { card_cvv: undefined }, '/card_cvv', 'required'],
  ['a code of two digits', { card_cvv: '12' }, '/card_cvv', 'invalid'],
  ['no name', { card_holder: '' }, '/card_holder', 'required'],
  ['no month', { card_month: undefined }, '/card_month', 'required'],
  ['a thirteenth month', { card_month: 13 }, '/card_month', 'invalid'],
  ['a year that is over', { card_year: 2020 }, '/card_year', 'expired'],
  ['a year of two digits', { card_year: 30 }, '/card_year', 'too_small'],
  ['half an installment', { card_installments: 1.5 }, '/card_installments', 'invalid'],
];

test('every kind of wrong card is refused with a pointer, and nothing is sent', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  for (const [what, changes, pointer, code] of badCards) {
    const refused = problemOf(await stack.send(token, { ...card, ...changes }), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(refused), [[pointer, code]], what);
  }
  assert.equal((await stack.payment(token)).send_received, 0);
});

test('a card of this month is good, and one of last month is not', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const now = new Date(stack.clock.now());
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  const [card_year, card_month] = [last.getUTCFullYear(), last.getUTCMonth() + 1];
  // Twelve hours into a month, last month’s cards are over everywhere on Earth.
  stack.clock.advance(13 * 3_600_000);
  const refused = problemOf(
    await stack.send(token, { ...card, card_year, card_month }),
    422,
    'validation_failed',
  );
  assert.deepEqual(fieldsIn(refused), [['/card_year', 'expired']]);
  const current = new Date(stack.clock.now());
  checkoutOf(
    await stack.send(token, {
      ...card,
      card_year: current.getUTCFullYear(),
      card_month: current.getUTCMonth() + 1,
    }),
  );
});

test('an unknown method, or none, is refused by name', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  for (const [body, code] of [
    [{ method: 'OXXO' }, 'invalid'],
    [{}, 'required'],
  ] as const) {
    const refused = problemOf(await stack.send(token, body), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(refused), [['/method', code]]);
  }
  for (const body of ['null', '[]', '"PIX"', '7']) {
    problemOf(await stack.send(token, body), 422, 'validation_failed');
  }
});

test('a method that the order does not offer is not sent', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ methods: ['PIX'] });
  const refused = problemOf(await stack.send(token, card), 422, 'method_not_offered');
  assert.deepEqual(fieldsIn(refused), [['/method', 'not_offered']]);
  assert.equal((await stack.payment(token)).send_received, 0);
});

test('a stored card that the order does not offer is not sent, whoever names it', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const stored = { method: 'CREDITCARD', public_card_id: 'CAR-cbd3dfd8-4e0e-4525-a80b-db361f3189be' };
  const refused = problemOf(await stack.send(token, stored), 422, 'method_not_offered');
  assert.deepEqual(fieldsIn(refused), [['/public_card_id', 'not_offered']]);
  assert.equal((await stack.payment(token)).send_received, 0);
});

test('a submission without an Idempotency-Key is not sent', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const path = `/v1/checkout/${token}/sendPayment`;
  problemOf(await stack.call('POST', path, { body: card }), 400, 'idempotency_key_required');
  const spaced = await stack.call('POST', path, { body: card, headers: { 'Idempotency-Key': 'a b' } });
  problemOf(spaced, 400, 'malformed_request');
  assert.equal((await stack.payment(token)).send_received, 0);
});

test('the same key and body give the same answer and one charge', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const key = newKey();
  const first = checkoutOf(await stack.send(token, { method: 'PIX' }, key));
  const again = checkoutOf(await stack.send(token, { method: 'PIX' }, key));
  assert.deepEqual(again.instrument, first.instrument);
  const quoted = checkoutOf(await stack.send(token, { method: 'PIX' }, `"${key}"`));
  assert.deepEqual(quoted.instrument, first.instrument);
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('the same key with another body is a mismatch', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const key = newKey();
  await stack.send(token, card, key);
  problemOf(await stack.send(token, { ...card, card_installments: 3 }, key), 422, 'idempotency_mismatch');
  problemOf(
    await stack.send(token, { ...card, card_number: '5240082975622454' }, key),
    422,
    'idempotency_mismatch',
  );
  problemOf(await stack.send(token, { method: 'PIX' }, key), 422, 'idempotency_mismatch');
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('a key with the name of an object’s own method is a key like any other', async t => {
  const stack = await startStack(t);
  for (const key of ['constructor', '__proto__', 'toString']) {
    const token = await stack.orderToken();
    const first = checkoutOf(await stack.send(token, { method: 'PIX' }, key));
    const again = checkoutOf(await stack.send(token, { method: 'PIX' }, key));
    assert.deepEqual(again.instrument, first.instrument);
  }
});

test('one key pressed many times at once is one submission, and all get its answer', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'delay', ms: 100 });
  const key = newKey();
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => stack.send(token, { method: 'PIX' }, key)),
  );
  const codes = new Set(replies.map(reply => instrumentOf(checkoutOf(reply).instrument, 'PIX').code));
  assert.equal(codes.size, 1);
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('while one submission is on its way, another key is turned away', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'delay', ms: 300 });
  const key = newKey();
  const first = stack.send(token, card, key);
  await until(async () => (await stack.payment(token)).send_received === 1);
  problemOf(await stack.send(token, { method: 'PIX' }), 409, 'submission_in_flight');
  problemOf(await stack.send(token, { method: 'PIX' }, key), 422, 'idempotency_mismatch');
  assert.equal(checkoutOf(await stack.read(token)).verifying, true);
  assert.equal(checkoutOf(await first).status, 'PROCESSING');
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('twenty different keys at once are one charge (adyen-prestashop #106)', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const replies = await Promise.all(Array.from({ length: 20 }, () => stack.send(token, card)));
  assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  for (const { status, text } of replies.filter(({ status }) => status !== 200)) {
    assert.equal(status, 409, text);
  }
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('a paid checkout takes no further submission', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  problemOf(await stack.send(token, { method: 'PIX' }), 409, 'already_paid');
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('a used attempt takes no second submission before a renewal', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'DECLINED' });
  await stack.send(token, card);
  await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  problemOf(await stack.send(token, card), 409, 'renew_required');
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('after five cards the checkout takes no sixth for an hour, and still takes Pix', async t => {
  const stack = await startStack(t, { env: { CARD_TRIES_PER_CHECKOUT: '2' } });
  const token = await stack.orderToken({ person_firstname: 'DECLINED' });
  for (let tries = 0; tries < 2; tries += 1) {
    checkoutOf(await stack.send(token, card));
    await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
    checkoutOf(await stack.renew(token));
  }
  const refused = await stack.send(token, card);
  problemOf(refused, 429, 'too_many_tries');
  const seconds = Number(refused.headers.get('retry-after'));
  assert.ok(seconds > 3_500 && seconds <= 3_600, String(seconds));
  stack.clock.advance(seconds * 1_000);
  checkoutOf(await stack.send(token, { ...card, card_installments: 2 }));
  await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  checkoutOf(await stack.renew(token));
  checkoutOf(await stack.send(token, { method: 'PIX' }));
});

test('cards that never left the proxy do not count as tries', async t => {
  const stack = await startStack(t, { env: { CARD_TRIES_PER_CHECKOUT: '2' } });
  const token = await stack.orderToken();
  await stack.fault({ path: '/payment/*/sendPayment', kind: 'status', status: 429, times: 3 });
  for (let tries = 0; tries < 3; tries += 1) {
    problemOf(await stack.send(token, card), 503, 'psp_unavailable');
  }
  checkoutOf(await stack.send(token, card));
});

test('data that the PSP refuses comes back with the field, and the attempt stays usable', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  const key = newKey();
  const tooMany = { ...card, card_installments: 24 };
  const refused = problemOf(await stack.send(token, tooMany, key), 422, 'psp_refused');
  assert.deepEqual(fieldsIn(refused), [['/card_installments', 'invalid']]);
  assert.deepEqual(
    problemOf(await stack.send(token, tooMany, key), 422, 'psp_refused').errors,
    refused.errors,
  );
  assert.equal((await stack.payment(token)).send_received, 1);

  const open = checkoutOf(await stack.read(token));
  assert.deepEqual([open.status, open.can], ['CREATED', { submit: true, renew: false }]);
  checkoutOf(await stack.send(token, card));
  await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
  assert.equal((await stack.payments()).length, 1);
});

test('a refusal of the classic dialect is told by the code in its message', async t => {
  const stack = await startStack(t);
  await stack.dialect('classic');
  const token = await stack.orderToken();
  const refused = await stack.send(token, { ...card, card_installments: 24 });
  assert.deepEqual(fieldsIn(problemOf(refused, 422, 'psp_refused')), [['/card_installments', 'invalid']]);
  assert.equal(checkoutOf(await stack.read(token)).can.submit, true);
});

test('a card without a word from the PSP stays out of reach of a second submission', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'IN_ANALYSIS' });
  await stack.send(token, card);
  const review = await stack.checkoutWhen(token, ({ status }) => status === 'IN_ANALYSIS');
  assert.deepEqual(review.can, { submit: false, renew: false });
  problemOf(await stack.renew(token), 409, 'not_renewable');
});
