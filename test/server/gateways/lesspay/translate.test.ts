/** Lesspay’s words, as far as the documents show them, and what they contradict each other in (facts section 10, row 40). */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { orderRequest } from '../../../../server/contract/order.ts';
import { madeAt, newOrderToken } from '../../../../server/gateways/lesspay/order-token.ts';
import {
  amountText,
  createBody,
  queryBody,
  readCheckoutLink,
  readCode,
  readQuery,
  readRequestId,
} from '../../../../server/gateways/lesspay/translate.ts';
import { order } from '../../stack.ts';

const token = '01900000-0000-7000-8000-000000000001';
const row = { request_id: token, target_currency: 'BRL', target_amount: '123.45' };
const answerWith = (...records: object[]) => ({ code: 0, msg: 'SUCCESS', data: { total: 1, records } });
const read = (fields: object) => readQuery(answerWith({ ...row, ...fields }), token, 'BRL', true);

function reportOf(fields: object) {
  const reading = read(fields);
  assert.equal(reading.kind, 'found');
  return reading.kind === 'found' ? reading.report : assert.fail();
}

const statuses: readonly (readonly [fields: object, status: string])[] = [
  [{ order_status_int: 0 }, 'PROCESSING'],
  [{ order_status_int: 1 }, 'PROCESSING'],
  [{ order_status_int: 2 }, 'PAID'],
  [{ order_status_int: 3 }, 'DECLINED'],
  [{ order_status_int: 4 }, 'CANCELED'],
  [{ order_status_int: 5 }, 'REFUNDED'],
  [{ order_status_int: 6 }, 'CANCELED'],
  [{ order_status_int: 11 }, 'UNKNOWN'],
  [{ order_status_int: 12 }, 'IN_ANALYSIS'],
  [{ order_status_int: 99 }, 'UNKNOWN'],
  [{ order_status_int: '2' }, 'PAID'],
  [{ order_status_int: 2.5 }, 'UNKNOWN'],
  [{ order_status_int: 'two' }, 'UNKNOWN'],
  [{ orderStatusInt: 2 }, 'PAID'],
  [{ order_status: 2 }, 'PAID'],
  [{ order_status: 'PENDING' }, 'PROCESSING'],
  [{ order_status: 'PENDING_CONFIRM' }, 'PROCESSING'],
  [{ order_status: 'PENDING_PAY' }, 'PROCESSING'],
  [{ order_status: 'SUCCEED' }, 'PAID'],
  [{ order_status: 'SUCCESS' }, 'PAID'],
  [{ order_status: 'succeed' }, 'PAID'],
  [{ orderStatus: 'Success' }, 'PAID'],
  [{ order_status: 'PAID' }, 'IN_ANALYSIS'],
  [{ order_status: 'FAILED' }, 'DECLINED'],
  [{ order_status: 'CANCELED' }, 'CANCELED'],
  [{ order_status: 'Cancelled' }, 'CANCELED'],
  [{ order_status: 'REFUND' }, 'REFUNDED'],
  [{ order_status: 'CLOSED' }, 'CANCELED'],
  [{ order_status: 'PARTIAL_SUCCESS' }, 'UNKNOWN'],
  [{ order_status: 'FROZEN' }, 'UNKNOWN'],
  [{ order_status: 'SUCCEED', order_status_int: 2 }, 'PAID'],
  [{ order_status: 'PAID', order_status_int: 12 }, 'IN_ANALYSIS'],
  [{ order_status: 'SUCCESS', order_status_int: null }, 'PAID'],
  [{ order_status: 'PAID', order_status_int: 2 }, 'UNKNOWN'],
  [{ order_status: 'FAILED', order_status_int: 2 }, 'UNKNOWN'],
  [{ order_status: 'SUCCEED', order_status_int: 3 }, 'UNKNOWN'],
];
for (const [fields, status] of statuses) {
  test(`${JSON.stringify(fields)} is ${status}`, () => {
    const report = reportOf(fields);
    assert.equal(report.status, status);
    assert.equal(report.decline === null, status !== 'DECLINED');
  });
}

const amounts: readonly (readonly [
  fields: object,
  received: number | undefined,
  refunded: number | undefined,
])[] = [
  [{ order_status_int: 1 }, undefined, undefined],
  [{ order_status_int: 2 }, 12_345, undefined],
  [{ order_status_int: 2, actual_amount: '123.45' }, 12_345, undefined],
  [{ order_status_int: 12, actual_amount: '60.00' }, 6_000, undefined],
  [{ order_status_int: 12, received_amount: 60.5 }, 6_050, undefined],
  // What was asked for is not what came in.
  [{ order_status_int: 12 }, undefined, undefined],
  [{ order_status_int: 12, actual_amount: 'much' }, undefined, undefined],
  [{ order_status_int: 5 }, undefined, 12_345],
  [{ order_status_int: 5, refund_amount: '23.45' }, undefined, 2_345],
  [{ order_status_int: 5, actual_amount: '60.00' }, 6_000, 6_000],
  [{ order_status_int: 2, target_currency: 'USD' }, undefined, undefined],
  [{ order_status_int: 3, actual_amount: '60.00' }, undefined, undefined],
];
for (const [fields, received, refunded] of amounts) {
  test(`of ${JSON.stringify(fields)} came in ${received} and was given back ${refunded}`, () => {
    const { amountReceived, refundedAmount } = reportOf(fields);
    assert.deepEqual([amountReceived, refundedAmount], [received, refunded]);
  });
}

const other = { ...row, request_id: 'another', order_status_int: 2 };
const readings: readonly (readonly [why: string, body: unknown, kind: string])[] = [
  ['data is null', { code: 0, data: null }, 'none'],
  ['data is left out', { code: 0 }, 'none'],
  ['data is an empty list', { code: 0, data: [] }, 'none'],
  ['a page is empty', { code: 0, data: { total: 0, records: [] } }, 'none'],
  ['the order is alone', { code: 0, data: { ...row, order_status_int: 1 } }, 'found'],
  ['the order is in a list', { code: 0, data: [other, { ...row, order_status_int: 1 }] }, 'found'],
  [
    'the order is deeper',
    { code: 0, data: { page: { list: [{ order_data: { requestId: token, orderStatus: 'SUCCEED' } }] } } },
    'found',
  ],
  ['only another order is there', { code: 0, data: [other] }, 'unreadable'],
  ['an order has no name', { code: 0, data: { order_status_int: 2 } }, 'unreadable'],
  ['the order has no status', { code: 0, data: [row] }, 'unreadable'],
  ['an object says nothing', { code: 0, data: {} }, 'unreadable'],
  ['data is a text', { code: 0, data: 'none' }, 'unreadable'],
  ['there is no object', 'SUCCESS', 'unreadable'],
  ['there is nothing', undefined, 'unreadable'],
];
for (const [why, body, kind] of readings) {
  test(`query-order is “${kind}” when ${why}`, () => {
    assert.equal(readQuery(body, token, 'BRL', true).kind, kind);
  });
}

const url = 'https://pay.example/cashier/P1';
const links: readonly (readonly [body: unknown, link: string | null])[] = [
  [{ data: { checkout_url: url } }, url],
  [{ data: { checkoutUrl: url } }, url],
  [{ data: { order_data: { checkoutURL: url } } }, url],
  [{ data: { order_data: { pay: [{ checkout_url: url }] } } }, url],
  [{ checkout_url: url }, url],
  [{ data: { checkout_url: null, order_data: { checkout_url: url } } }, url],
  [{ data: { checkout_url: 'http://127.0.0.1:4010/cashier' } }, 'http://127.0.0.1:4010/cashier'],
  [{ data: { checkout_url: 'http://pay.example/cashier' } }, null],
  [{ data: { checkout_url: 'javascript:alert(1)' } }, null],
  [{ data: { checkout_url: 'https://user:word@pay.example/' } }, null],
  [{ data: { checkout_url: 'cashier/P1' } }, null],
  [{ data: { success_url: url } }, null],
  [{ data: {} }, null],
  ['text', null],
];
for (const [body, link] of links) {
  test(`the link in ${JSON.stringify(body)} is ${link}`, () =>
    assert.equal(readCheckoutLink(body, true), link));
}

test('outside of test mode no link to this machine is shown', () => {
  assert.equal(readCheckoutLink({ checkout_url: 'http://127.0.0.1:4010/cashier' }, false), null);
  assert.equal(readCheckoutLink({ checkout_url: url }, false), url);
});

test('what nests without end is looked through to a depth and no further', () => {
  let deep: unknown = { checkout_url: url };
  for (let level = 0; level < 2_000; level += 1) deep = [deep];
  assert.equal(readCheckoutLink(deep, true), null);
});

test('a link that comes with a query is the instrument while the order waits, and not after', () => {
  const waiting = reportOf({ order_status_int: 1, checkout_url: url });
  assert.deepEqual([waiting.instrument, waiting.linkLost], [{ method: 'REDIRECT', url, label: '' }, false]);
  const without = reportOf({ order_status_int: 1 });
  assert.deepEqual([without.instrument, without.linkLost], [undefined, true]);
  const paid = reportOf({ order_status_int: 2, checkout_url: url });
  assert.deepEqual([paid.instrument, paid.linkLost], [undefined, false]);
});

test('the link of another order is nobody’s', () => {
  const mine = { ...row, order_status_int: 1 };
  const others = { ...row, request_id: 'another', order_status_int: 1, checkout_url: url };
  const reading = readQuery(answerWith(others, mine), token, 'BRL', true);
  assert.ok(reading.kind === 'found');
  assert.deepEqual([reading.report.instrument, reading.report.linkLost], [undefined, true]);
});

test('a code is read as a number or as text', () => {
  const codes = [{ code: 0 }, { code: '1201' }, { code: null }, { code: 'OK' }, {}, [], null, 'x'].map(
    readCode,
  );
  assert.deepEqual(codes, [0, 1201, null, null, null, null, null, null]);
});

test('amounts leave as text with the digits of their currency', () => {
  assert.deepEqual(
    [amountText(10_000, 'BRL'), amountText(5, 'USD'), amountText(1_000, 'JPY'), amountText(1_234, 'KWD')],
    ['100.00', '0.05', '1000', '1.234'],
  );
});

test('create-order holds every required field and nothing of the payer', () => {
  const body = createBody({
    token,
    order: orderRequest.parse(order),
    amount: 12_345,
    currency: 'BRL',
    notificationUrl: 'https://pay.shop.example/v1/callbacks/lesspay',
    returnUrl: 'https://shop.example/done',
  });
  assert.deepEqual(body, {
    target_amount: '123.45',
    target_currency: 'BRL',
    transaction_type: 'PAY_IN',
    notify_url: 'https://pay.shop.example/v1/callbacks/lesspay',
    request_id: token,
    fail_url: 'https://shop.example/done',
    success_url: 'https://shop.example/done',
    product_name: 'ORDER-1',
    description: 'ORDER-1',
    way_type: 'CARD_PAYMENT',
    api_version: 'V2',
    pay_access_type: 1,
  });
});

test('the merchant’s own callback address and soft descriptor go along', () => {
  const changes = { notification_url: 'https://shop.example/hook', soft_descriptor: 'HAMMOCKS' };
  const body = createBody({
    token,
    order: orderRequest.parse({ ...order, ...changes }),
    amount: 1,
    currency: 'BRL',
    notificationUrl: 'https://pay.shop.example/',
    returnUrl: 'https://shop.example/done',
  });
  assert.deepEqual([body.notify_url, body.product_name], ['https://shop.example/hook', 'HAMMOCKS']);
});

test('an order’s name is a UUID that tells when it was made, and a query asks from an hour before then', () => {
  const made = Date.parse('2026-11-20T12:00:00.123Z');
  const name = newOrderToken('f81d4fae-7dec-41d0-a765-00a0c91e6bf6', made);
  assert.match(name, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(madeAt(name), made);
  assert.deepEqual(queryBody(name, made + 5_000), {
    page: '1',
    page_size: '20',
    start_time: String(made - 3_600_000),
    end_time: String(made + 5_000 + 3_600_000),
    request_id: name,
  });
  assert.equal(madeAt('f81d4fae-7dec-41d0-a765-00a0c91e6bf6'), null);
});

test('two names that were made at once differ', () => {
  const [one, two] = ['f81d4fae-7dec-41d0-a765-00a0c91e6bf6', 'f81d4fae-7dec-41d0-a765-00a0c91e6bf7'];
  assert.notEqual(newOrderToken(one ?? '', 1), newOrderToken(two ?? '', 1));
});

test('a webhook names our order by request_id, in either spelling', () => {
  const bodies = [
    '{"request_id":"R1"}',
    '{"requestId":"R1"}',
    '{"request_id":7}',
    '{}',
    '[]',
    'null',
    'SUCCESS',
  ];
  assert.deepEqual(bodies.map(readRequestId), ['R1', 'R1', null, null, null, null, null]);
  assert.equal(readRequestId(JSON.stringify({ request_id: 'x'.repeat(65) })), null);
});
