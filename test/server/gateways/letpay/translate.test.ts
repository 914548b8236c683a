/** Each contradiction of facts section 10 that concerns payments, by its row. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { statuses } from '../../../../server/contract/checkout.ts';
import { orderRequest } from '../../../../server/contract/order.ts';
import {
  orderBody,
  readInstant,
  readInstrument,
  readOffer,
  readPaymentToken,
  readReport,
  readStatusWord,
  submissionBody,
} from '../../../../server/gateways/letpay/translate.ts';
import { card, order } from '../../stack.ts';

const anOrder = orderRequest.parse(order);

test('row 1: of two status keys the newer name is believed', () => {
  const both = {
    payment_status: 'D',
    paymentStatus: 'C',
    transaction_status: 'PROCESSING',
    transactionStatus: 'PAID',
  };
  assert.equal(readStatusWord(both), 'PAID');
  for (const key of ['transactionStatus', 'transaction_status', 'paymentStatus', 'payment_status']) {
    assert.equal(readStatusWord({ [key]: 'PAID' }), 'PAID');
  }
  assert.equal(readStatusWord({ status: 'PAID' }), null);
  assert.equal(readStatusWord({ transactionStatus: '', payment_status: 'PAID' }), 'PAID');
});

for (const [old, word] of [
  ['APPROVED', 'PAID'],
  ['REJECTED', 'DECLINED'],
  ['CANCELLED', 'CANCELED'],
  ['CHARGED_BACK', 'DISPUTE_FINAL'],
  ['IN_MEDIATION', 'DISPUTE'],
  ['paid', 'PAID'],
  ['WAITING_FOR_MOON', 'UNKNOWN'],
] as const) {
  test(`row 2: ${old} means ${word}`, () => {
    assert.equal(readStatusWord({ payment_status: old }), word);
  });
}

test('row 2: every word of the current list means itself, and none that is unknown is a failure', () => {
  for (const status of statuses) assert.equal(readStatusWord({ transactionStatus: status }), status);
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), word => {
      const read = readStatusWord({ transactionStatus: word });
      assert.ok(read === 'UNKNOWN' || /^[a-z_]+$/i.test(word));
    }),
  );
});

const totals = {
  amount: '123.45',
  asset: 'BRL',
  original_amount: 123.45,
  original_asset: 'BRL',
  customer_fees: 0,
  customer_amount: 123.45,
};

test('row 3: installments are read under both names', () => {
  const rows = (installments: object[]) => readOffer({ totals, installments }, anOrder).offer.installments;
  const expected = [{ installments: 4, amount: 3320 }];
  assert.deepEqual(rows([{ installments: 4, amount: 33.2 }]), expected);
  assert.deepEqual(rows([{ installment: 4, amount: '33.20' }]), expected);
  assert.deepEqual(
    rows([{ installments: 0, amount: 1 }, { amount: 1 }, { installments: 2, amount: 'x' }]),
    [],
  );
});

test('row 4: the token is read wherever it stands', () => {
  for (const body of [{ payment: { payment_token: 'T' } }, { payment_token: 'T' }, { paymentToken: 'T' }]) {
    assert.equal(readPaymentToken(body), 'T');
  }
  assert.equal(readPaymentToken({ payment: { payment_token: '' }, other: 1 }), null);
});

test('row 8: amounts are read from numbers and text alike', () => {
  for (const pix_amount of ['123.45', 123.45]) {
    const pix = readInstrument({ pix_code: 'C', pix_amount }, 'PIX', 'BRL');
    assert.equal(pix?.method === 'PIX' && pix.amount, 12345);
  }
  const chilean = readInstrument({ barcode: '1', amount: '1900' }, 'PAYCASH', 'CLP');
  assert.equal(chilean?.method === 'PAYCASH' && chilean.amount, 190_000);
});

test('row 11 and 13: a boleto keeps its line as sent, and its page is unpacked', () => {
  const html = gzipSync('<html>').toString('base64');
  const sample = {
    boleto_amount: '190',
    boleto_code: '00190.00009 01014.051005 00000.787176 7 72370000001000',
    boleto_duedate: '2018-06-16',
    boleto_html: html,
  };
  assert.deepEqual(readInstrument(sample, 'BOLETO', 'BRL'), {
    method: 'BOLETO',
    code: sample.boleto_code,
    amount: 19000,
    due_date: '2018-06-16',
    html: '<html>',
  });
});

test('rows 9 and 10: a Paycash reference is opaque, and both sets of names are read', () => {
  const simple = {
    barcode: '2521709744061841',
    amount: '123.45',
    instructions_link: 'https://pay.example/i',
  };
  const twoStep = {
    paycash_barcode: '2521709744061841',
    paycash_amount: '123.45',
    paycash_instructions_link: 'https://pay.example/i',
  };
  assert.deepEqual(readInstrument(simple, 'PAYCASH', 'MXN'), readInstrument(twoStep, 'PAYCASH', 'MXN'));
});

test('an instructions link that is not https is left out', () => {
  for (const link of ['http://pay.example', 'javascript:alert(1)', 'pay.example', '', 7, null]) {
    const paycash = readInstrument({ barcode: '1', amount: 1, instructions_link: link }, 'PAYCASH', 'MXN');
    assert.equal(paycash?.method === 'PAYCASH' ? paycash.instructions_link : undefined, null);
  }
});

test('an instrument without its code or amount is none', () => {
  assert.equal(readInstrument({ pix_amount: 1 }, 'PIX', 'BRL'), null);
  assert.equal(readInstrument({ boleto_code: '1' }, 'BOLETO', 'BRL'), null);
  assert.equal(readInstrument({ payment_token: 'T' }, 'CREDITCARD', 'BRL'), null);
});

for (const [given, instant] of [
  ['2024-01-16T19:57:10.751+0000', '2024-01-16T19:57:10.751Z'],
  ['2024-05-14T18:21:23.021+00:00', '2024-05-14T18:21:23.021Z'],
  ['2023-09-28T17:34:12.59299-03:00', '2023-09-28T20:34:12.592Z'],
  ['2023-09-28T17:34:12-0300', '2023-09-28T20:34:12.000Z'],
  ['2024-01-16T19:57:10Z', '2024-01-16T19:57:10.000Z'],
  [1_488_824_673_716, '2017-03-06T18:24:33.716Z'],
  // No zone: a countdown to a guessed one would be a lie.
  ['2024-01-16T20:03:46.618', null],
  ['2019-03-10 12:24:33.657', null],
  ['2019-06-25', null],
  ['2024-13-45T00:00:00Z', null],
  ['soon', null],
  [0, null],
  [null, null],
] as const) {
  test(`row 18: ${JSON.stringify(given)} is ${instant ?? 'no instant'}`, () => {
    assert.equal(readInstant(given), instant);
  });
}

test('row 19: the end is read under both names', () => {
  for (const key of ['expirationDate', 'expiration_date']) {
    const report = readReport(
      { transactionStatus: 'PROCESSING', [key]: '2024-01-16T19:57:10.751+0000' },
      'BRL',
    );
    assert.deepEqual([report?.expiresAt, report?.dueDate], ['2024-01-16T19:57:10.751Z', '2024-01-16']);
  }
});

test('row 29: fees are read from text with a currency, from numbers, and left out otherwise', () => {
  const fees = (customer_fees: unknown) => readOffer({ totals, customer_fees }, anOrder).offer.customerFees;
  assert.deepEqual(fees({ TAXES_FEE: '37.61 BRL' }), [{ name: 'TAXES_FEE', amount: 3761, asset: 'BRL' }]);
  assert.deepEqual(fees({ TAXES_FEE: 37.61 }), [{ name: 'TAXES_FEE', amount: 3761, asset: 'BRL' }]);
  assert.deepEqual(fees({ FEE: '37,61' }), []);
  assert.deepEqual(fees(null), []);
});

test('the classic sample’s sums do not add up, and are told as they are', () => {
  const body = {
    totals: { ...totals, amount: 780.44, customer_fees: 117.66, customer_amount: 897.51 },
    methods: ['CREDITCARD', 'BOLETO'],
  };
  const offer = readOffer(body, anOrder).offer;
  assert.deepEqual(
    [offer.totals?.amount, offer.totals?.customerFees, offer.totals?.customerAmount, offer.methods],
    [78044, 11766, 89751, ['CREDITCARD', 'BOLETO']],
  );
});

test('methods that the tag cannot show are left out, in the PSP’s order', () => {
  const methods = ['OXXO', 'PIX', 'DEBITCARD', 'BOLETO', 7];
  assert.deepEqual(readOffer({ totals, methods }, anOrder).offer.methods, ['PIX', 'DEBITCARD', 'BOLETO']);
});

test('an order without totals and methods has no price, and says nothing of its methods', () => {
  const { currency, offer } = readOffer({ payment: { payment_token: 'T' } }, anOrder);
  assert.deepEqual([currency, offer.totals, offer.methods], ['BRL', null, null]);
});

test('a reason is told only once the PSP has declined', () => {
  const reason = (transactionStatus: string) =>
    readReport({ transactionStatus, errorCode: '01.05.0014' }, 'BRL')?.decline;
  for (const status of ['PROCESSING', 'PAID', 'CANCELED', 'UNKNOWN', 'IN_ANALYSIS'])
    assert.equal(reason(status), null);
  for (const status of ['DECLINED', 'REJECTED', 'ERROR']) assert.notEqual(reason(status), null);
});

/** The whole table of facts section 4.5: who canceled, the code, the words, and the reason that we show for it. */
const cancellations = [
  ['ACQUIRER', '1', 'Invalid data', 'invalid_card_data'],
  ['ACQUIRER', '2', 'Problems when contacting Acquirer', null],
  ['ACQUIRER', '3', 'Issuer policy violation', 'not_permitted'],
  ['ACQUIRER', '4', 'Card expired', 'expired_card'],
  ['ACQUIRER', '5', 'Unauthorized transaction', 'not_permitted'],
  ['ACQUIRER', '6', 'Duplicated transaction', null],
  ['letpay', '7', 'letpay policy', null],
  ['letpay', '8', 'Requested by the buyer', null],
  ['letpay', '9', 'Requested by the merchant', null],
  ['letpay', '10', 'Transaction not processed', null],
  ['ACQUIRER', '11', 'Unknown error', null],
  ['ACQUIRER', '12', 'Issuer policy violation', 'not_permitted'],
  ['letpay', '13', 'Invalid amount', null],
  ['letpay', '14', 'letpay security pollicy', 'suspected_fraud'],
  ['ACQUIRER', '16', 'Invalid Security Code', 'invalid_security_code'],
] as const;

for (const [cancelled_by, code, description, reason] of cancellations) {
  test(`a payment canceled with code ${code}, “${description}”, ${reason ? `shows ${reason}` : 'shows no reason'}`, () => {
    const declineFor = (details: object, status = 'CANCELED') =>
      readReport({ transactionStatus: status, errorCode: '', cancellation_details: details }, 'BRL')?.decline;
    const details: readonly object[] = [
      { cancelled_by, code, description },
      { cancelled_by, code: Number(code), description },
      { description },
      { description: description.toUpperCase() },
    ];
    for (const given of details) {
      assert.equal(declineFor(given)?.reason ?? null, reason);
      assert.equal(declineFor(given, 'PAID'), null);
      assert.equal(declineFor(given, 'PROCESSING'), null);
    }
  });
}

test('a code decides over words, and a code that nobody knows over words that somebody does', () => {
  const declineFor = (details: unknown) =>
    readReport({ paymentStatus: 'CANCELLED', cancellation_details: details }, 'BRL')?.decline;
  assert.equal(declineFor({ code: '9', description: 'Card expired' }), null);
  for (const odd of [null, 'text', [], {}, { code: null }, { code: {} }, { description: 7 }])
    assert.equal(declineFor(odd), null);
});

test('row 30: what the merchant left out is filled in, and our extras stay here', () => {
  const full = orderRequest.parse({
    ...order,
    methods: ['PIX'],
    return_url: 'https://shop.example',
    gateway: 'letpay',
    public_person_id: 'PER-1',
    delay_capture: true,
    offer_save_card: true,
    payment_currency: undefined,
    payment_country: undefined,
    address_country: 'MX',
  });
  const notificationUrl = 'https://proxy.example/v1/callbacks/letpay';
  const body = orderBody(full, 'CONTRACT', { mark: 'MARK', notificationUrl });
  assert.deepEqual(
    [body.contract_id, body.notification_url, body.payment_currency, body.payment_country],
    ['CONTRACT', 'https://proxy.example/v1/callbacks/letpay', 'BRL', 'MX'],
  );
  const extras = ['methods', 'return_url', 'gateway', 'public_person_id', 'delay_capture', 'offer_save_card'];
  for (const extra of extras) assert.ok(!(extra in body));
  assert.equal(typeof body.amount, 'number');
});

test('a card is sent with the documents’ fields and no other', () => {
  const body = submissionBody({ ...card, extra: 'x' } as typeof card, { delayCapture: false });
  assert.deepEqual(Object.keys(body).sort(), Object.keys(card).sort());
});

test('money is held only where the merchant said so, and a card stored only where the shopper did', () => {
  const body = submissionBody({ ...card, save_card: true }, { delayCapture: true });
  assert.deepEqual([body.delay_capture, body.save_card], [true, true]);
  const plain = submissionBody({ ...card, save_card: false }, { delayCapture: false });
  assert.ok(!('delay_capture' in plain) && !('save_card' in plain));
});

test('no answer of the PSP makes the reading throw', () => {
  fc.assert(
    fc.property(fc.jsonValue(), body => {
      assert.equal(readStatusWord(body), null);
      assert.equal(readReport(body, 'BRL'), null);
      assert.equal(readPaymentToken(body), null);
      for (const method of ['PIX', 'BOLETO', 'PAYCASH'] as const)
        assert.equal(readInstrument(body, method, 'BRL'), null);
    }),
  );
});

test('of an endless list of installments sixty are read', () => {
  const installments = Array.from({ length: 60_000 }, (_, n) => ({ installments: n + 1, amount: 1 }));
  assert.equal(readOffer({ totals, installments }, anOrder).offer.installments.length, 60);
});
