import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UnreadableError } from '../../../widget/api/errors.ts';
import { readProblem, readUnsubmitted } from '../../../widget/api/read.ts';
import { readCheckout } from '../../../widget/api/read-checkout.ts';
import { checkoutWith } from './checkout-fixture.ts';

const wrongAt = (path: string) => (error: unknown) => error instanceof UnreadableError && error.path === path;

test('names the path of the first wrong value', () => {
  const { totals } = checkoutWith();
  const broken: readonly (readonly [unknown, string])[] = [
    [null, ''],
    [{ ...checkoutWith(), payment_token: 1 }, '/payment_token'],
    [{ ...checkoutWith(), totals: { ...totals, amount: -1 } }, '/totals/amount'],
    [
      { ...checkoutWith(), installments: [{ installments: 0, amount: 1, total: 1 }] },
      '/installments/0/installments',
    ],
    [{ ...checkoutWith(), can: { submit: true } }, '/can/renew'],
    [{ ...checkoutWith(), instrument: { method: 'PIX', code: '' } }, '/instrument/code'],
    [{ ...checkoutWith(), now: 'today' }, '/now'],
  ];
  for (const [value, path] of broken) assert.throws(() => readCheckout(value), wrongAt(path), path);
});

test('before a submission the first screen reads the whole Checkout alone', () => {
  const fresh = { ...checkoutWith(), instrument: null, decline: null, payment: null };
  assert.deepEqual(readUnsubmitted(fresh), readCheckout(fresh));
});

test('what a submission has made of a Checkout is left to the reader that loads later', () => {
  const decline = { reason: 'expired_card', action: 'other_card', code: null };
  const instrument = { method: 'REDIRECT', url: 'https://psp.example/', label: '' };
  const payment = { method: 'PIX', installments: 1, amount: 1, total: 1, brand: null, last4: null, at: null };
  const none = { decline: null, instrument: null, payment: null };
  for (const outcome of [{ ...none, decline }, { ...none, instrument }, { ...none, payment }, {}]) {
    const { instrument: _, decline: __, payment: ___, ...offer } = checkoutWith();
    assert.equal(readUnsubmitted({ ...offer, ...outcome }), null);
  }
  const over = { ...checkoutWith(), ...none, status: 'PAID', can: { submit: false, renew: false } };
  assert.equal(readUnsubmitted(over), null);
});

test('an error never repeats the value that was wrong', () => {
  assert.throws(
    () => readCheckout({ ...checkoutWith(), attempt: '4012001037141112' }),
    (error: unknown) =>
      error instanceof Error && !error.message.includes('4012') && !String(error.stack).includes('4012001'),
  );
});

test('words of a newer proxy do not break an older tag', () => {
  const { status, methods, method, decline, instrument } = readCheckout({
    ...checkoutWith(),
    status: 'PARTIALLY_PAID',
    method: 'SPEI',
    methods: ['SPEI', 'PIX'],
    decline: { reason: 'card_on_strike', action: 'wait', code: null },
    instrument: { method: 'SPEI', clabe: '646180157000000004' },
  });
  assert.deepEqual(
    { status, methods, method, decline, instrument },
    {
      status: 'UNKNOWN',
      method: null,
      methods: ['PIX'],
      decline: { reason: 'unknown', action: 'other_card', code: null },
      instrument: null,
    },
  );
});

test('names of Object’s own members are unknown words too', () => {
  assert.equal(readCheckout({ ...checkoutWith(), instrument: { method: 'constructor' } }).instrument, null);
});

test('a link that is not https is refused, whatever it is', () => {
  const paycash = { method: 'PAYCASH', barcode: '1', amount: 1, due_date: null, barcode_png: null };
  for (const instructions_link of [
    'http://a.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '//a.example',
  ]) {
    assert.throws(
      () => readCheckout({ ...checkoutWith(), instrument: { ...paycash, instructions_link } }),
      wrongAt('/instrument/instructions_link'),
    );
  }
});

test('a problem gives its code, fields and request id', () => {
  const body = {
    code: 'validation_failed',
    request_id: 'r-1',
    errors: [{ pointer: '/card_number', code: 'invalid', detail: 'x' }, { pointer: 1 }, null],
  };
  assert.deepEqual(readProblem(body, 422), {
    code: 'validation_failed',
    requestId: 'r-1',
    fields: [{ pointer: '/card_number', code: 'invalid' }],
  });
});

test('any other body of an error gives the status as the code', () => {
  for (const body of [null, undefined, 'Bad Gateway', [], { code: 1, errors: {} }]) {
    assert.deepEqual(readProblem(body, 502), { code: 'http_502', requestId: null, fields: [] });
  }
});
