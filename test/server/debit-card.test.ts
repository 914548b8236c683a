/** Debit cards: LetPay takes them whole, at once and with what a 3-D Secure check brought (facts 2.2). */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, checkoutOf, fieldsIn, newKey, problemOf, startStack } from './stack.ts';

const authentication = {
  cavv: 'AAABBEg0VhI0VniQEjRWAAAAAAA=',
  xid: 'MDAwMDAwMDAwMDAwMDAwMDAwMDE=',
  eci: '05',
  version: '2.2.0',
  dstrans_id: 'c4e59ceb-a382-4d6a-bc87-385d591fa09d',
} as const;
const { card_installments: _, ...cardData } = card;
const debit = { ...cardData, method: 'DEBITCARD', authentication } as const;
const account = { debitCards: true } as const;

for (const era of ['current', 'classic'] as const) {
  test(`a debit card with its authentication is charged once (${era})`, async t => {
    const stack = await startStack(t, account);
    await stack.dialect(era);
    const token = await stack.orderToken({ person_firstname: 'PAID' });
    const sent = checkoutOf(await stack.send(token, debit));
    assert.deepEqual([sent.status, sent.method, sent.verifying], ['PROCESSING', 'DEBITCARD', false]);
    const paid = await stack.checkoutWhen(token, ({ status }) => status === 'PAID');
    assert.deepEqual(paid.can, { submit: false, renew: false });
    const { method, send_received } = await stack.payment(token);
    assert.deepEqual([method, send_received], ['DEBITCARD', 1]);
  });
}

test('an account without debit cards offers none', async t => {
  const stack = await startStack(t);
  assert.deepEqual(checkoutOf(await stack.createOrder(), 201).methods, ['PIX', 'CREDITCARD', 'BOLETO']);
});

test('an account with debit cards offers them, as far as the order asks for them', async t => {
  const stack = await startStack(t, account);
  const all = checkoutOf(await stack.createOrder(), 201).methods;
  assert.deepEqual(all, ['PIX', 'CREDITCARD', 'DEBITCARD', 'BOLETO']);
  const some = checkoutOf(await stack.createOrder({ methods: ['DEBITCARD', 'PIX'] }), 201).methods;
  assert.deepEqual(some, ['DEBITCARD', 'PIX']);
});

test('an order whose money is to be held offers no debit card (00.01.0065)', async t => {
  const stack = await startStack(t, account);
  const order = { delay_capture: true, methods: ['DEBITCARD', 'CREDITCARD'] } as const;
  assert.deepEqual(checkoutOf(await stack.createOrder(order), 201).methods, ['CREDITCARD']);
});

test('a debit card without its authentication is refused before anything is sent', async t => {
  const stack = await startStack(t, account);
  const token = await stack.orderToken();
  const { authentication: _, ...bare } = debit;
  const { xid: __, ...incomplete } = authentication;
  for (const [body, pointer] of [
    [bare, '/authentication'],
    [{ ...debit, authentication: incomplete }, '/authentication/xid'],
  ] as const) {
    const refused = problemOf(await stack.send(token, body), 422, 'validation_failed');
    assert.deepEqual(fieldsIn(refused), [[pointer, 'required']]);
  }
  assert.equal((await stack.payment(token)).send_received, 0);
});

test('what a page may not choose does not reach LetPay: installments, a hold, a stored card', async t => {
  const stack = await startStack(t, account);
  const token = await stack.orderToken({ offer_save_card: true });
  const greedy = { ...debit, card_installments: 12, delay_capture: true, save_card: true };
  const sent = checkoutOf(await stack.send(token, greedy));
  assert.deepEqual([sent.status, sent.method], ['PROCESSING', 'DEBITCARD']);
});

test('a check that LetPay does not believe is a refusal of that field: nothing was charged (00.04.0020)', async t => {
  const stack = await startStack(t, account);
  const token = await stack.orderToken();
  const reply = await stack.send(token, { ...debit, authentication: { ...authentication, eci: '07' } });
  assert.deepEqual(fieldsIn(problemOf(reply, 422, 'psp_refused')), [['/authentication', 'invalid']]);
  const read = checkoutOf(await stack.read(token));
  assert.deepEqual([read.status, read.can.submit], ['CREATED', true]);
});

test('the same key brings the same answer although a repeated check brings another cryptogram', async t => {
  const stack = await startStack(t, account);
  const token = await stack.orderToken();
  const key = newKey();
  const first = checkoutOf(await stack.send(token, debit, key));
  const again = { ...debit, authentication: { ...authentication, cavv: 'BBBBBEg0VhI0VniQEjRWAAAAAAA=' } };
  const second = checkoutOf(await stack.send(token, again, key));
  assert.deepEqual([second.status, second.attempt], [first.status, first.attempt]);
  assert.equal((await stack.payment(token)).send_received, 1);
});

test('a credit card may bring its authentication along, and still be held and paid in parts', async t => {
  const stack = await startStack(t);
  const token = await stack.orderToken({ person_firstname: 'PAID', delay_capture: true });
  await stack.send(token, { ...card, card_installments: 2, authentication });
  const held = await stack.checkoutWhen(token, ({ status }) => status === 'PRE_AUTHORIZED');
  assert.equal(held.method, 'CREDITCARD');
});

test('tries of debit cards count as tries of cards', async t => {
  const stack = await startStack(t, { ...account, env: { CARD_TRIES_PER_CHECKOUT: '1' } });
  const token = await stack.orderToken({ person_firstname: 'DECLINED' });
  checkoutOf(await stack.send(token, debit));
  await stack.checkoutWhen(token, ({ status }) => status === 'DECLINED');
  checkoutOf(await stack.renew(token));
  problemOf(await stack.send(token, debit), 429, 'too_many_tries');
  problemOf(await stack.send(token, card), 429, 'too_many_tries');
});
