import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { card, order, type RunningEmulator, runEmulator } from './running-emulator.ts';

const { method: _, card_installments: __, ...cardData } = card;
const person = { ...order, ...cardData, amount: undefined, address_number: '817' };

async function store(emulator: RunningEmulator, changes: Record<string, unknown> = {}) {
  const { status, body } = await emulator.letpay('POST', '/token/person', { ...person, ...changes });
  assert.equal(status, 200, JSON.stringify(body));
  const { public_person_id, public_card_id } = body;
  return { public_person_id, public_card_id };
}

const charge = { amount: 100, asset: 'USD', reference_id: 'R', contract_id: order.contract_id };

test('stores a person with a card under prefixed ids', async t => {
  const emulator = await runEmulator(t);
  const ids = await store(emulator);
  assert.match(ids.public_person_id, /^PER-[0-9a-f-]{36}$/);
  assert.match(ids.public_card_id, /^CAR-[0-9a-f-]{36}$/);
  assert.equal((await emulator.letpay('GET', `/token/card/${ids.public_card_id}`)).body.status, 'ACTIVE');
  const { body } = await emulator.letpay('GET', `/token/person/${ids.public_person_id}`);
  assert.deepEqual(body.cards, [ids.public_card_id.replace('CAR-', '')]);
});

test('needs the date of birth, the address and good card data of a person', async t => {
  const emulator = await runEmulator(t);
  const message = async (changes: Record<string, unknown>) =>
    (await emulator.letpay('POST', '/token/person', { ...person, ...changes })).body.message;
  assert.equal(await message({ person_birth: undefined }), 'person_birth: must not be null');
  assert.equal(await message({ address_main: undefined }), 'address_main: must not be null');
  assert.equal(await message({ card_number: '4111111111111112' }), 'Invalid credit card number');
  assert.equal(await message({ card_year: 2020 }), 'The credit card year and month must be in the future');
});

test('quotes a stored card in the classic dialect, and knows no such call in the current one', async t => {
  const emulator = await runEmulator(t);
  const ids = await store(emulator);
  const unknown = await emulator.letpay('POST', '/token/quote', { ...charge, ...ids });
  assert.deepEqual([unknown.status, unknown.body.errors], [404, undefined]);
  await emulator.dialect('classic');
  const quote = await emulator.letpay('POST', '/token/quote', { ...charge, ...ids });
  assert.equal(quote.body.totals.customer_amount, 413.71);
  assert.deepEqual(quote.body.customer_fees, { TAXES_FEE: '37.61 BRL' });
});

test('charges a stored card in reais with the documented fee', async t => {
  const emulator = await runEmulator(t);
  const ids = await store(emulator, { person_firstname: 'PAID' });
  const totals = {
    amount: 376.1,
    original_amount: 100,
    original_asset: 'USD',
    customer_fees: 37.61,
    customer_amount: 413.71,
    asset: 'BRL',
  };
  const { body } = await emulator.letpay('POST', '/token/', { ...charge, ...ids });
  assert.equal(body.transaction_status, 'PROCESSING');
  assert.deepEqual([body.totals, body.customer_fees], [totals, { TAXES_FEE: 37.61 }]);
  assert.equal(body.public_card_id, ids.public_card_id);
  await emulator.advance(400);
  assert.equal((await emulator.read(body.payment_token)).transactionStatus, 'PAID');
});

test('charges in the classic words', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const { body } = await emulator.letpay('POST', '/token', { ...charge, ...(await store(emulator)) });
  assert.deepEqual([body.payment_status, body.error], ['PROCESSING', '']);
  assert.deepEqual(body.customer_fees, { TAXES_FEE: '37.61 BRL' });
});

test('holds and captures a stored card', async t => {
  const emulator = await runEmulator(t);
  const ids = await store(emulator, { person_firstname: 'PAID' });
  const { body } = await emulator.letpay('POST', '/token', { ...charge, ...ids, delay_capture: true });
  await emulator.advance(400);
  const captured = await emulator.letpay('POST', `/token/${body.payment_token}/capture`, { amount: 400 });
  assert.equal(captured.status, 200);
  assert.equal((await emulator.read(body.payment_token)).amount_received, 400);
});

test('charges a card that was saved with a payment', async t => {
  const emulator = await runEmulator(t);
  const { body } = await emulator.send(await emulator.createOrder(), { ...card, save_card: true });
  const { public_person_id, public_card_id } = body;
  const charged = await emulator.letpay('POST', '/token', { ...charge, public_person_id, public_card_id });
  assert.equal(charged.status, 200);
});

test('knows no deleted card or person, nor the card of somebody else', async t => {
  const emulator = await runEmulator(t);
  const [first, second] = [await store(emulator), await store(emulator)];
  const code = async (ids: object) =>
    (await emulator.letpay('POST', '/token', { ...charge, ...ids })).body.errors?.[0].code;
  assert.equal(await code({ ...first, public_card_id: second.public_card_id }), '00.01.0034');

  assert.equal((await emulator.letpay('DELETE', `/token/card/${first.public_card_id}`)).status, 200);
  assert.equal(await code(first), '00.01.0034');
  assert.equal((await emulator.letpay('DELETE', `/token/card/${first.public_card_id}`)).status, 404);
  assert.equal((await emulator.letpay('DELETE', `/token/person/${second.public_person_id}`)).status, 200);
  assert.equal(await code(second), '00.01.0017');
  assert.equal((await emulator.letpay('GET', `/token/card/${second.public_card_id}`)).status, 404);
});

test('deletes in the classic words, and answers 500 for what is not there', async t => {
  const emulator = await runEmulator(t);
  await emulator.dialect('classic');
  const { public_card_id } = await store(emulator);
  const { refresh_token: _, ...gone } = (await emulator.letpay('DELETE', `/token/card/${public_card_id}`))
    .body;
  assert.deepEqual(gone, { public_card_id, status: 200, error: '' });
  const again = await emulator.letpay('DELETE', `/token/card/${public_card_id}`);
  assert.equal(again.status, 500);
  assert.equal(again.body.message, `Card cannot be found. ${public_card_id}`);
});
