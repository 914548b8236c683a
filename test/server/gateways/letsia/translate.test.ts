import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import type { OrderRequest } from '../../../../server/contract/order.ts';
import {
  invoiceBody,
  isSandboxInvoice,
  readInvoice,
  readLink,
  refusalOf,
  reportOf,
  statusOf,
  unfitFor,
} from '../../../../server/gateways/letsia/translate.ts';

/** The guide’s answer to a status read. */
const data = {
  id: 1001,
  invoice_number: 'UID-1-001',
  code: 'INV-70062780-f4ba-44d2-b77b-aba5693686a5',
  status: 'pending',
  title: 'New Payment',
  amount: '150.75',
  customer_email: 'client@example.com',
  public_payment_url: 'https://merchant.letsia-pay.com/invoice/INV-70062780-f4ba-44d2-b77b-aba5693686a5',
  payment_methods: [
    {
      id: 1,
      name: 'PayPal',
      payment_link: 'https://www.paypal.com/invoice/p/#XXXX',
      payment_status: 'pending',
    },
  ],
  created_at: '2026-02-13T10:00:00+00:00',
  updated_at: '2026-02-13T10:05:00+00:00',
};
const answer = (changes: object = {}) => ({ status: true, message: 'x', data: { ...data, ...changes } });

function invoiceOf(changes: object = {}) {
  const invoice = readInvoice(answer(changes), 'USD');
  assert.ok(invoice);
  return invoice;
}

test('the guide’s invoice is read, its amount in minor units', () => {
  assert.deepEqual(readInvoice(answer(), 'USD'), {
    code: data.code,
    number: 'UID-1-001',
    word: 'pending',
    amount: 15_075,
    methods: [{ id: 1, link: 'https://www.paypal.com/invoice/p/#XXXX', word: 'pending' }],
  });
});

test('what holds no invoice is none', () => {
  for (const body of [
    undefined,
    null,
    'text',
    [],
    {},
    { status: true, data: null },
    { status: true, data: [data] },
    answer({ status: undefined }),
    answer({ status: 7 }),
    answer({ code: undefined, invoice_number: '' }),
    { ...answer(), status: false },
  ])
    assert.equal(readInvoice(body, 'USD'), null, JSON.stringify(body));
});

test('amounts come as text or number, and an odd one is no amount', () => {
  const cases: [unknown, string, number | null][] = [
    ['150.75', 'USD', 15_075],
    [150.75, 'USD', 15_075],
    ['150', 'USD', 15_000],
    ['1500.00', 'CLP', 150_000],
    ['1500.00', 'PYG', 1_500],
    ['150.755', 'USD', null],
    ['1e3', 'USD', null],
    [null, 'USD', null],
    [{}, 'USD', null],
  ];
  for (const [amount, currency, minor] of cases)
    assert.equal(readInvoice(answer({ amount }), currency)?.amount, minor, String(amount));
});

test('status words are understood in any case, and an unknown one is never a failure', () => {
  const cases: [string, string][] = [
    ['pending', 'PROCESSING'],
    ['PENDING', 'PROCESSING'],
    ['paid', 'PAID'],
    ['Paid', 'PAID'],
    ['failed', 'DECLINED'],
    ['FAILED', 'DECLINED'],
    ['request_refund', 'PAID'],
    ['REQUEST_REFUND', 'PAID'],
    ['refunded', 'REFUNDED'],
    ['CANCELLED', 'CANCELED'],
    ['cancelled', 'CANCELED'],
    ['canceled', 'CANCELED'],
    [' paid ', 'PAID'],
    ['expired', 'UNKNOWN'],
    ['constructor', 'UNKNOWN'],
  ];
  for (const [word, status] of cases) assert.equal(statusOf(invoiceOf({ status: word })), status, word);
});

test('a failed invoice with a method that was paid is not called declined', () => {
  const payment_methods = [{ id: 1, name: 'PayPal', payment_link: null, payment_status: 'PAID' }];
  assert.equal(statusOf(invoiceOf({ status: 'failed', payment_methods })), 'UNKNOWN');
});

test('SBOX- is found on the code and on the number', () => {
  assert.equal(isSandboxInvoice(invoiceOf()), false);
  assert.equal(isSandboxInvoice(invoiceOf({ invoice_number: 'SBOX-UID-1-001' })), true);
  assert.equal(isSandboxInvoice(invoiceOf({ code: 'sbox-70062780' })), true);
});

test('the link is that of the first configured method that has one', () => {
  const method = (id: unknown, payment_link: unknown) => ({
    id,
    name: 'x',
    payment_link,
    payment_status: 'pending',
  });
  const link = (methods: unknown, wanted = [1, 2], testMode = false) =>
    readLink(invoiceOf({ payment_methods: methods }), wanted, testMode)?.url ?? null;
  assert.equal(
    link([method(1, 'https://one.example/'), method(2, 'https://two.example/')]),
    'https://one.example/',
  );
  assert.equal(
    link([method(1, 'https://one.example/'), method(2, 'https://two.example/')], [2, 1]),
    'https://two.example/',
  );
  assert.equal(link([method(1, null), method(2, 'https://two.example/')]), 'https://two.example/');
  assert.equal(link([method('1', 'https://other.example/')]), 'https://other.example/');
  assert.equal(link([method(1, null)]), null);
  assert.equal(link(null), null);
});

test('only https may be shown, and http of this machine in test mode', () => {
  const url = (payment_link: string, testMode: boolean) =>
    readLink(invoiceOf({ payment_methods: [{ id: 1, payment_link }] }), [1], testMode)?.url ?? null;
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://evil.example/',
    '/relative',
    'https://u:p@evil.example/',
  ])
    assert.deepEqual([url(bad, true), url(bad, false)], [null, null], bad);
  const local = 'http://127.0.0.1:4010/letsia/pay/x/1';
  assert.deepEqual([url(local, true), url(local, false)], [local, null]);
});

test('the page of the invoice is no payment link: without one there is no instrument', () => {
  const invoice = invoiceOf({ payment_methods: [{ id: 1, payment_link: null }] });
  assert.equal(readLink(invoice, [1], true), null);
});

test('a paid invoice reports its whole amount as received', () => {
  assert.deepEqual(reportOf(invoiceOf({ status: 'paid' }), null), {
    status: 'PAID',
    method: 'REDIRECT',
    instrument: undefined,
    decline: null,
    mayBePaidYet: false,
    amountReceived: 15_075,
    refundedAmount: undefined,
  });
  assert.equal(reportOf(invoiceOf({ status: 'request_refund' }), null).amountReceived, 15_075);
  assert.equal(reportOf(invoiceOf(), null).amountReceived, undefined);
});

test('a cancelled invoice may undo what was paid, and tells of money where one of its methods was paid', () => {
  const reported = (payment_status: string) => {
    const payment_methods = [{ id: 1, name: 'PayPal', payment_link: null, payment_status }];
    const { status, mayUndoPaid, amountReceived, refundedAmount } = reportOf(
      invoiceOf({ status: 'CANCELLED', payment_methods }),
      null,
    );
    return [status, mayUndoPaid, amountReceived, refundedAmount];
  };
  assert.deepEqual(reported('paid'), ['CANCELED', true, 15_075, undefined]);
  assert.deepEqual(reported('pending'), ['CANCELED', true, undefined, undefined]);
});

const order: OrderRequest = {
  amount: 150.75,
  asset: 'USD',
  reference_id: 'ORDER-1',
  person_firstname: 'Alice',
  person_surname: 'Sonnentag',
  person_taxid: '39784045087',
  person_email: 'alice@example.com',
};

test('the body of an invoice holds the documents’ four fields and nothing else of the payer', () => {
  assert.deepEqual(invoiceBody(order, [1, 2]), {
    customer_email: 'alice@example.com',
    amount: 150.75,
    title: 'ORDER-1',
    payment_methods: [1, 2],
  });
});

test('an order that Letsia cannot do is refused before anything is sent', () => {
  const pointer = (changes: Partial<OrderRequest>) =>
    unfitFor({ ...order, ...changes })?.errors[0]?.pointer ?? null;
  assert.equal(pointer({}), null);
  assert.equal(pointer({ methods: ['PIX', 'REDIRECT'], payment_currency: 'USD' }), null);
  assert.equal(pointer({ methods: ['PIX'] }), '/methods');
  assert.equal(pointer({ delay_capture: true }), '/delay_capture');
  assert.equal(pointer({ payment_currency: 'BRL' }), '/payment_currency');
  assert.equal(pointer({ asset: 'CLP' }), '/amount');
});

test('422 is a refusal with Laravel’s fields where there are any, and never their text', () => {
  assert.deepEqual(refusalOf({ status: 422, body: { status: false, message: 'no' } }), {
    kind: 'refused',
    detail: 'The payment provider refused the data (422).',
    errors: [],
  });
  const errors = {
    customer_email: ['bad alice@example.com'],
    'payment_methods.0': ['x'],
    'payment_methods.1': ['x'],
    unheard_of: ['x'],
  };
  const refused = refusalOf({ status: 422, body: { status: false, message: 'no', errors } });
  assert.deepEqual(
    refused?.errors.map(({ pointer, code }) => [pointer, code]),
    [
      ['/person_email', 'invalid'],
      ['/methods', 'invalid'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(refused), /alice/);
  for (const status of [200, 401, 403, 429, 500, 503]) assert.equal(refusalOf({ status, body: {} }), null);
});
