/** Card numbers that arrive where none belongs: as a name, an id, the name of a field, a code of the PSP. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import {
  card,
  checkoutOf,
  fieldsIn,
  merchantKey,
  order,
  problemOf,
  type Stack,
  startStack,
} from './stack.ts';
import { personData } from './stored-cards.ts';

const number = '4539620659922097';
const asMerchant = { Authorization: `Bearer ${merchantKey}` };

/** What left for the PSP, by path. */
async function calls(stack: Stack): Promise<number> {
  const { calls: counted } = await stack.stats();
  return Object.entries(counted).reduce(
    (sum, [path, count]) => (path.includes('sendPayment') ? sum + count : sum),
    0,
  );
}

test('a card number as the holder is refused with words, and nothing is sent', async t => {
  const stack = await startStack(t, { debitCards: true });
  const token = await stack.orderToken({ person_firstname: 'PAID' });
  const before = await calls(stack);
  for (const card_holder of [
    number,
    '4539 6206 5992 2097',
    '4539620659922097 123',
    'ANA 4539-6206-5992-2097',
    '４５３９６２０６５９９２２０９７',
    '٤٥٣٩٦٢٠٦٥٩٩٢٢٠٩٧',
    '5555 5555 5555 4444',
  ]) {
    const refused = problemOf(await stack.send(token, { ...card, card_holder }), 422, 'validation_failed');
    assert.deepEqual(refused.errors, [
      { pointer: '/card_holder', code: 'invalid', detail: 'must be a name, not a card number' },
    ]);
    const person = await stack.merchant('POST', '/v1/persons', { ...personData, card_holder });
    assert.deepEqual(fieldsIn(problemOf(person, 422, 'validation_failed')), [['/card_holder', 'invalid']]);
  }
  for (const card_holder of ['12345', '\u200b\u200b']) {
    const refused = problemOf(await stack.send(token, { ...card, card_holder }), 422, 'validation_failed');
    assert.equal(refused.errors?.[0]?.detail, 'must be a name: it has no letter');
  }
  assert.equal(await calls(stack), before);
  checkoutOf(await stack.send(token, { ...card, card_holder: 'MARIA D’ÁVILA 2ª' }));
});

test('a card number as the payer’s name is refused', async t => {
  const stack = await startStack(t);
  for (const name of ['person_firstname', 'person_surname']) {
    const refused = problemOf(
      await stack.createOrder({ [name]: '4539 6206 5992 2097' }),
      422,
      'validation_failed',
    );
    assert.deepEqual(fieldsIn(refused), [[`/${name}`, 'invalid']]);
  }
});

test('sixteen zeros are no card number', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  const refused = problemOf(
    await stack.send(token, { ...card, card_number: '0000000000000000' }),
    422,
    'validation_failed',
  );
  assert.deepEqual(fieldsIn(refused), [['/card_number', 'invalid']]);
});

test('an Idempotency-Key with a card number is refused with words, in every call that takes one', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  for (const [path, body] of [
    ['/v1/orders', order],
    [
      '/v1/token-payments',
      { amount: 7, asset: 'BRL', reference_id: 'A', public_person_id: 'p', public_card_id: 'c' },
    ],
    [`/v1/orders/${token}/refunds`, { amount: 1 }],
    [`/v1/orders/${token}/capture`, {}],
    [`/v1/orders/${token}/cancel`, {}],
    [`/v1/checkout/${token}/sendPayment`, { method: 'PIX' }],
    [`/v1/checkout/${token}/renew`, undefined],
  ] as const) {
    for (const key of [number, `order-${number}`, '4539-6206-5992-2097']) {
      const reply = await stack.call('POST', path, {
        body,
        headers: { ...asMerchant, 'Idempotency-Key': key },
      });
      const { detail } = problemOf(reply, 400, 'malformed_request');
      assert.equal(detail, 'Idempotency-Key must not hold a card number: keys are kept.', path);
    }
  }
});

test('a request id that is a number, or holds a card’s, is replaced', async t => {
  const stack = await startStack(t);
  for (const sent of [number, `req-${number}`, '12345678', '4539-6206-5992-2097', '1999-11-27']) {
    const reply = await stack.call('GET', '/v1/checkout/unknown-token', {
      headers: { 'X-Request-Id': sent },
    });
    assert.notEqual(reply.headers.get('x-request-id'), sent);
    assert.ok(!stack.log.join('\n').includes(sent), sent);
  }
  const kept = await stack.call('GET', '/v1/checkout/unknown-token', {
    headers: { 'X-Request-Id': 'req-2026-1' },
  });
  assert.equal(kept.headers.get('x-request-id'), 'req-2026-1');
});

test('a name of a field that nobody knows comes back only where it reads as a name', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  for (const [name, pointer] of [
    [number, ''],
    ['4539 6206 5992 2097', ''],
    ['MARIA DA SILVA', ''],
    [`card${number}`, ''],
    ['ammount', '/ammount'],
  ] as const) {
    for (const call of ['refunds', 'capture']) {
      const reply = await stack.merchant('POST', `/v1/orders/${token}/${call}`, { [name]: 1 });
      const refused = problemOf(reply, 422, 'validation_failed');
      assert.deepEqual(refused.errors, [{ pointer, code: 'invalid', detail: 'is not a field of this call' }]);
    }
  }
});

test('a card number in the address reaches no log line', async t => {
  const stack = await startStack(t);
  for (const path of [
    `/v1/checkout/${number}`,
    `/v1/checkout/${number}/events`,
    `/v1/orders/${number}?reference_id=${number}`,
    `/pay/${number}`,
    `/nowhere/${number}?card=${number}`,
    `/${number}`,
    `/v1/cards/${number}`,
    `/v1/callbacks/${number}`,
  ]) {
    await stack.call('GET', path, { headers: asMerchant });
    await stack.call('POST', path, { body: { [number]: number }, headers: asMerchant });
    await stack.call('DELETE', path, { headers: asMerchant });
  }
  assert.ok(!stack.log.join('\n').includes(number));
  const metrics = await stack.call('GET', '/metrics', { headers: asMerchant });
  assert.ok(!metrics.text.includes(number));
});

test('a code of the PSP that is no code is dropped', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken();
  checkoutOf(await stack.send(token, card));
  await stack.settle(token, 'DECLINED', { error_code: number });
  const seen = await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  assert.deepEqual(seen.decline, { reason: 'unknown', action: 'pay_by_pix', code: null });
});
