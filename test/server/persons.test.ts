/** Stored persons and cards for the merchant’s backend, and quotes for them. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { person as personSchema } from '../../server/contract/person.ts';
import { forEachDialect } from './merchant-calls.ts';
import { fieldsIn, merchantKey, problemOf, startStack } from './stack.ts';
import { cardOf, personData, storedCards } from './stored-cards.ts';

forEachDialect(
  'a person is stored with a card, of which brand, last digits and expiry are kept',
  async (t, era) => {
    const stack = await startStack(t);
    await stack.dialect(era);
    const { personId, cardId } = await storedCards(stack).store();
    assert.match(personId, /^PER-/);
    const reply = await stack.merchant('GET', `/v1/persons/${personId}`);
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(personSchema.parse(reply.body), {
      public_person_id: personId,
      cards: [{ ...cardOf(cardId), status: 'ACTIVE' }],
    });
  },
);

const brands = [
  ['5240082975622454', 'mastercard', '2454'],
  ['376449047333005', 'american-express', '3005'],
  ['4514161122113757', 'elo', '3757'],
  ['6062828598919021', 'hipercard', '9021'],
] as const;

for (const [card_number, brand, last4] of brands) {
  test(`a card of ${brand} is called so`, async t => {
    const stack = await startStack(t);
    const { personId } = await storedCards(stack).store({ card_number });
    const { cards } = personSchema.parse((await stack.merchant('GET', `/v1/persons/${personId}`)).body);
    assert.deepEqual([cards[0]?.brand, cards[0]?.last4], [brand, last4]);
  });
}

test('what is wrong with a person is named, by us or by the PSP, and nothing is stored', async t => {
  const stack = await startStack(t);
  const refused = async (changes: object, code: string) =>
    fieldsIn(
      problemOf(await stack.merchant('POST', '/v1/persons', { ...personData, ...changes }), 422, code),
    );
  assert.deepEqual(await refused({ card_number: '4539620659922098' }, 'validation_failed'), [
    ['/card_number', 'invalid'],
  ]);
  assert.deepEqual(await refused({ card_year: 2020 }, 'validation_failed'), [['/card_year', 'expired']]);
  assert.deepEqual(await refused({ person_surname: undefined }, 'validation_failed'), [
    ['/person_surname', 'required'],
  ]);
  assert.equal((await stack.stats()).calls['POST /token/person'], undefined);
  assert.deepEqual(await refused({ person_birth: undefined }, 'psp_refused'), [
    ['/person_birth', 'required'],
  ]);
});

test('a lost answer to a new person says that the person may be stored', async t => {
  const stack = await startStack(t);
  for (const kind of ['drop_before', 'drop_after', 'garbage', 'status'] as const) {
    await stack.fault({ path: '/token/person', kind, status: 502 });
    problemOf(await stack.merchant('POST', '/v1/persons', personData), 502, 'outcome_unknown');
  }
  assert.match((await storedCards(stack).store()).cardId, /^CAR-/);
});

forEachDialect('a deleted card is gone from its person, a deleted person is gone', async (t, era) => {
  const stack = await startStack(t);
  await stack.dialect(era);
  const { personId, cardId } = await storedCards(stack).store();
  assert.equal((await stack.merchant('DELETE', `/v1/cards/${cardId}`)).status, 204);
  problemOf(await stack.merchant('DELETE', `/v1/cards/${cardId}`), 404, 'not_found');
  const { body } = await stack.merchant('GET', `/v1/persons/${personId}`);
  assert.deepEqual(body, { public_person_id: personId, cards: [] });

  assert.equal((await stack.merchant('DELETE', `/v1/persons/${personId}`)).status, 204);
  problemOf(await stack.merchant('DELETE', `/v1/persons/${personId}`), 404, 'not_found');
  problemOf(await stack.merchant('GET', `/v1/persons/${personId}`), 404, 'not_found');
});

test('a deletion whose answer was lost can be asked for again', async t => {
  const stack = await startStack(t);
  const { personId, cardId } = await storedCards(stack).store();
  await stack.fault({ path: '/token/person/*', method: 'DELETE', kind: 'drop_after' });
  problemOf(await stack.merchant('DELETE', `/v1/persons/${personId}`), 503, 'psp_unavailable');
  assert.equal((await stack.merchant('DELETE', `/v1/persons/${personId}`)).status, 204);
  problemOf(await stack.merchant('DELETE', `/v1/cards/${cardId}`), 404, 'not_found');
});

test('while the PSP cannot be asked a card’s status is unknown', async t => {
  const stack = await startStack(t);
  const { personId } = await storedCards(stack).store();
  await stack.fault({ path: '/token/card/*', kind: 'status', status: 502 });
  const { cards } = personSchema.parse((await stack.merchant('GET', `/v1/persons/${personId}`)).body);
  assert.equal(cards[0]?.status, 'UNKNOWN');
});

test('a quote exists in the classic dialect only', async t => {
  const stack = await startStack(t);
  const { personId } = await storedCards(stack).store();
  const quote = { amount: 100, asset: 'USD', public_person_id: personId };
  problemOf(await stack.merchant('POST', '/v1/quotes', quote), 409, 'not_supported');
  await stack.dialect('classic');
  const { status, body } = await stack.merchant('POST', '/v1/quotes', quote);
  assert.deepEqual(
    [status, body],
    [
      200,
      {
        totals: {
          amount: 376.1,
          asset: 'BRL',
          original_amount: 100,
          original_asset: 'USD',
          customer_fees: 37.61,
          customer_amount: 413.71,
        },
        customer_fees: [{ name: 'TAXES_FEE', amount: 37.61, asset: 'BRL' }],
      },
    ],
  );
  problemOf(
    await stack.merchant('POST', '/v1/quotes', { ...quote, public_person_id: 'PER-nobody' }),
    422,
    'psp_refused',
  );
});

test('every one of these calls needs the merchant’s key', async t => {
  const stack = await startStack(t);
  for (const [method, path] of [
    ['POST', '/v1/persons'],
    ['GET', '/v1/persons/PER-1'],
    ['DELETE', '/v1/persons/PER-1'],
    ['DELETE', '/v1/cards/CAR-1'],
    ['POST', '/v1/quotes'],
    ['POST', '/v1/token-payments'],
  ] as const) {
    const headers = { Authorization: `Bearer ${merchantKey}x` };
    problemOf(await stack.call(method, path, { headers }), 401, 'unauthorized');
  }
});
