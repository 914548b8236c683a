import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBuyer, type SandboxOutcome, sampleBuyer } from '../../demo/shop/buyer.ts';
import { linesOf, readCart } from '../../demo/shop/cart.ts';
import { brazil, type Country, countries, findCountry } from '../../demo/shop/countries.ts';
import { createOrderBook, type Draft, orderRequest, refusedFields } from '../../demo/shop/orders.ts';
import { createProxyClient } from '../../demo/shop/proxy-client.ts';
import { orderRequest as proxySchema } from '../../server/contract/order.ts';
import { countingIds, proxyUrl, recordingFetch, takesOrders } from './stand-in.ts';

const id = '4f1c2d3e-0000-4000-8000-00000000000a';

function draftFor(country: Country, outcome: SandboxOutcome = 'ordinary'): Draft {
  const { person, address } = sampleBuyer(country);
  const read = readBuyer({ ...person, ...address, outcome }, country);
  assert.ok('buyer' in read);
  const lines = linesOf(readCart('coffee.2_mug.1'), country);
  return { id, country, lines, buyer: read.buyer, personId: null, origin: 'http://127.0.0.1:8080' };
}

test('an order from Brazil carries CPF digits, the address and the methods in order (adyen-magento2 #431)', () => {
  assert.deepEqual(orderRequest(draftFor(brazil)), {
    amount: 177.8,
    asset: 'BRL',
    payment_currency: 'BRL',
    payment_country: 'BR',
    reference_id: 'VARANDA-4F1C2D3E00',
    methods: ['PIX', 'CREDITCARD', 'DEBITCARD', 'BOLETO'],
    offer_save_card: true,
    return_url: `http://127.0.0.1:8080/orders/${id}`,
    person_firstname: 'Marina',
    person_surname: 'Azevedo',
    person_email: 'marina.azevedo@example.com',
    person_taxid: '39784045087',
    address_main: 'Rua Araguari',
    address_number: 817,
    address_additional: 'Apto 54',
    address_locality: 'Moema',
    address_city: 'São Paulo',
    address_state: 'SP',
    address_country: 'BR',
    address_zipcode: '04514041',
    extra_data: { items: '2 coffee, 1 mug' },
  });
});

test('an order of a customer who stored a card names the person that the provider made of it', () => {
  const request = orderRequest({ ...draftFor(brazil), personId: 'PER-1' });
  assert.equal(request.public_person_id, 'PER-1');
});

test('money is held where the buyer’s form says so and a card can be paid with, and nowhere else', () => {
  const isHeld = (country: Country, fields: Readonly<Record<string, string>>) => {
    const { person, address } = sampleBuyer(country);
    const read = readBuyer({ ...person, ...address, ...fields }, country);
    assert.ok('buyer' in read);
    return orderRequest({ ...draftFor(country), buyer: read.buyer }).delay_capture;
  };
  const mexico = findCountry('MX')!;
  assert.deepEqual(
    [
      isHeld(brazil, { hold: 'yes' }),
      isHeld(brazil, {}),
      isHeld(mexico, { hold: 'yes' }),
      isHeld(brazil, { hold: 'yes', gateway: 'letsia' }),
    ],
    [true, undefined, undefined, undefined],
  );
});

test('an order from Mexico is for Paycash, in pesos and without an address', () => {
  const request = orderRequest(draftFor(findCountry('MX')!));
  assert.equal(request.amount, 647);
  assert.equal(request.asset, 'MXN');
  assert.equal(request.payment_country, 'MX');
  assert.deepEqual(request.methods, ['PAYCASH']);
  assert.equal(request.disable_address, true);
  assert.deepEqual(
    Object.keys(request).filter(name => name.startsWith('address_')),
    [],
  );
});

test('the proxy takes the order of every country', () => {
  for (const country of countries) {
    const read = proxySchema.safeParse(orderRequest(draftFor(country)));
    assert.ok(read.success, `${country.code}: ${read.error?.message}`);
  }
});

test('a sandbox outcome is the first name that LetPay sees', () => {
  assert.equal(orderRequest(draftFor(brazil, 'DECLINED')).person_firstname, 'DECLINED');
});

test('the order goes to the proxy with the merchant key and its id as idempotency key', async () => {
  const { calls, fetch } = recordingFetch(takesOrders());
  const book = createOrderBook(createProxyClient(proxyUrl, 'secret-key', fetch), countingIds());
  const placing = await book.place(draftFor(brazil));
  assert.ok('order' in placing);
  assert.equal(placing.order.paymentToken, 'token-1');
  assert.equal(calls[0]?.headers.get('Authorization'), 'Bearer secret-key');
  assert.equal(calls[0]?.headers.get('Idempotency-Key'), id);
  assert.deepEqual(book.find(id), placing.order);
});

test('pressing twice makes one order', async () => {
  const { calls, fetch } = recordingFetch(takesOrders());
  const book = createOrderBook(createProxyClient(proxyUrl, 'k', fetch), countingIds());
  const first = await book.place(draftFor(brazil));
  const second = await book.place(draftFor(brazil));
  assert.deepEqual(second, first);
  assert.equal(calls.length, 1);
});

test('the same form with other data makes another order and leaves the first alone', async () => {
  const { fetch } = recordingFetch(takesOrders());
  const book = createOrderBook(createProxyClient(proxyUrl, 'k', fetch), countingIds());
  await book.place(draftFor(brazil));
  const other = await book.place(draftFor(brazil, 'PAID'));
  assert.ok('order' in other);
  assert.notEqual(other.order.id, id);
  assert.equal(book.find(id)?.paymentToken, 'token-1');
  assert.equal(other.order.paymentToken, 'token-2');
});

test('a refusal names the fields of the form and stores nothing', async () => {
  const { fetch } = recordingFetch(() =>
    Response.json(
      {
        code: 'psp_refused',
        request_id: 'r-1',
        errors: [{ pointer: '/person_taxid' }, { pointer: '/address_zipcode' }, { pointer: '/contract_id' }],
      },
      { status: 422 },
    ),
  );
  const book = createOrderBook(createProxyClient(proxyUrl, 'k', fetch), countingIds());
  const placing = await book.place(draftFor(brazil));
  assert.ok('refusal' in placing);
  assert.equal(placing.refusal.requestId, 'r-1');
  assert.deepEqual(refusedFields(placing.refusal), ['tax_id', 'zipcode']);
  assert.equal(book.find(id), undefined);
});

test('a proxy that does not answer is told apart from one that refuses', async () => {
  const client = createProxyClient(proxyUrl, 'k', async () => {
    throw new TypeError('fetch failed');
  });
  const placing = await createOrderBook(client, countingIds()).place(draftFor(brazil));
  assert.ok('refusal' in placing);
  assert.equal(placing.refusal.code, 'unreachable');
});
