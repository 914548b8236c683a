import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { declineActions, declineReasons } from '../../../../server/contract/checkout.ts';
import {
  fieldProblems,
  isValidationCode,
  readDecline,
  readErrors,
} from '../../../../server/gateways/letpay/failure.ts';

const codesOf = (body: unknown) => readErrors(body).map(({ code }) => code);

for (const [what, body, codes] of [
  [
    'a list of errors',
    { errors: [{ code: '00.01.0044', description: 'a' }, { code: '00.01.0032' }] },
    ['00.01.0044', '00.01.0032'],
  ],
  [
    'the list before the single code',
    { errors: [{ code: '00.01.0044' }], errorCode: '01.05.0014' },
    ['00.01.0044'],
  ],
  ['errorCode', { errorCode: '01.05.0014' }, ['01.05.0014']],
  ['error_code', { error_code: '01.05.0014' }, ['01.05.0014']],
  ['a code in error', { payment_status: 'REJECTED', error: '01.05.0014' }, ['01.05.0014']],
  ['a code in the message', { status: 500, message: 'Already used (00.04.0022)' }, ['00.04.0022']],
  ['an empty code', { errorCode: '', error: '' }, []],
  ['“no error”', { errorCode: '00.00.0000', transactionStatus: 'PAID' }, []],
  ['null values', { errors: null, errorCode: null, message: null }, []],
  ['a list of nothing', { errors: [null, 7, {}] }, []],
  ['the HTTP phrase', { status: 400, error: 'Bad Request' }, []],
  ['no object', 'text', []],
  ['nothing', undefined, []],
] as const) {
  test(`${what}: ${codes.length === 0 ? 'no code' : codes.join(', ')}`, () => {
    assert.deepEqual(
      codesOf(body).filter(code => code !== null),
      codes,
    );
  });
}

for (const [code, about] of [
  ['00.01.0044', true],
  ['00.01.0032', true],
  ['00.04.0007', true],
  // Used: the opposite of “nothing was taken”.
  ['00.04.0022', false],
  // “Request processing failed” says nothing of the request.
  ['00.01.0043', false],
  ['00.03.0001', false],
  ['01.05.0014', false],
  [null, false],
] as const) {
  test(`${code} is ${about ? '' : 'not '}about the request itself`, () => {
    assert.equal(isValidationCode(code), about);
  });
}

for (const [description, pointer, code] of [
  ['card_cvv: must have 3 or 4 digits', '/card_cvv', 'invalid'],
  ['amount: must not be null', '/amount', 'required'],
  ['person.tax_id: invalid tax ID number', '/person/tax_id', 'invalid'],
  ['addressZipcode: must not be blank', '/address_zipcode', 'required'],
] as const) {
  test(`“${description}” points to ${pointer}`, () => {
    const [found] = fieldProblems({ errors: [{ code: '00.01.0044', description }] });
    assert.deepEqual([found?.pointer, found?.code], [pointer, code]);
  });
}

test('what the PSP quotes is not passed on', () => {
  const body = { errors: [{ code: '00.01.0044', description: 'card_number: 4539620659922097 is wrong' }] };
  assert.doesNotMatch(JSON.stringify(fieldProblems(body)), /4539/);
});

test('an exception’s name is no field', () => {
  assert.deepEqual(fieldProblems({ status: 500, message: 'java.lang.NullPointerException: null' }), []);
  assert.deepEqual(fieldProblems({ status: 500, message: 'Request processing failed; nested: x' }), []);
});

for (const [body, reason, action] of [
  [{ errorCode: '01.05.0014' }, 'insufficient_funds', 'fewer_installments'],
  [{ errorCode: '01.05.0027' }, 'invalid_security_code', 'fix_data'],
  [{ errorCode: '01.05.0021' }, 'expired_card', 'other_card'],
  [{ errorCode: '01.05.0012' }, 'blocked_card', 'other_card'],
  [{ errorCode: '01.03.0002' }, 'call_issuer', 'call_bank'],
  [{ errorCode: '01.04.0007' }, 'invalid_card_data', 'fix_data'],
  [{ errorCode: '01.06.0001' }, 'suspected_fraud', 'pay_by_pix'],
  [{ errorCode: '01.06.0004' }, 'limit_exceeded', 'pay_by_pix'],
  [{ errorCode: '01.10.0002' }, 'limit_exceeded', 'pay_by_pix'],
  [{ errorCode: '01.11.0005' }, 'invalid_payer', 'fix_data'],
  [{ errorCode: '01.99.0001' }, 'unknown', 'pay_by_pix'],
  [{ errorCode: '', cancellation_details: { code: '16' } }, 'invalid_security_code', 'fix_data'],
  [{ errorCode: '', cancellation_details: { code: 4 } }, 'expired_card', 'other_card'],
  [{}, 'unknown', 'pay_by_pix'],
] as const) {
  test(`${JSON.stringify(body)} means ${reason}: ${action}`, () => {
    const decline = readDecline(body);
    assert.deepEqual([decline.reason, decline.action], [reason, action]);
  });
}

test('every answer gives a decline of the contract', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.jsonValue(),
        fc.record({ errorCode: fc.constantFrom('constructor', '__proto__', 'toString') }),
      ),
      body => {
        const decline = readDecline(body);
        assert.ok(declineReasons.includes(decline.reason));
        assert.ok(declineActions.includes(decline.action));
      },
    ),
  );
});
