import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Checkout, DeclineAction, DeclineReason, Method } from '../../../server/contract/checkout.ts';
import { declineActions, declineReasons } from '../../../server/contract/checkout.ts';
import { readDecline } from '../../../server/gateways/letpay/failure.ts';
import { texts as en } from '../../../widget/i18n/en.ts';
import { texts as es, mexican } from '../../../widget/i18n/es.ts';
import { texts as ptBr } from '../../../widget/i18n/pt-br.ts';
import { stepsAfter } from '../../../widget/views/declined.ts';
import { checkoutWith } from '../api/checkout-fixture.ts';

const declined = (
  action: DeclineAction,
  reason: DeclineReason = 'unknown',
  methods: readonly Method[] = ['PIX', 'CREDITCARD', 'BOLETO'],
  method: Method = 'CREDITCARD',
): Checkout =>
  checkoutWith({
    status: 'DECLINED',
    method,
    methods: [...methods],
    decline: { reason, action, code: '01.05.0014' },
  });

for (const [action, installments, expected] of [
  ['fix_data', 1, ['fix', 'card', 'pix', 'other']],
  ['call_bank', 1, ['bank', 'pix', 'card', 'other']],
  ['other_card', 1, ['card', 'pix', 'other']],
  ['fewer_installments', 3, ['fewer', 'pix', 'card', 'other']],
  ['fewer_installments', 1, ['pix', 'card', 'other']],
  ['pay_by_pix', 3, ['pix', 'card', 'other']],
] as const) {
  test(`${action} after ${installments} payments leads to ${expected[0]} first`, () => {
    assert.deepEqual(stepsAfter(declined(action), installments), expected);
  });
}

test('of a stored card nothing can be corrected: another card comes first', () => {
  assert.deepEqual(stepsAfter(declined('fix_data'), 1, true), ['card', 'pix', 'other']);
  assert.deepEqual(stepsAfter(declined('call_bank'), 1, true), ['bank', 'pix', 'card', 'other']);
});

test('no step leads to a method that is not offered, and there is always one', () => {
  for (const action of declineActions) {
    for (const methods of [['CREDITCARD'], ['PIX'], ['BOLETO'], ['CREDITCARD', 'BOLETO']] as const) {
      const steps = stepsAfter(declined(action, 'unknown', methods), 3);
      assert.ok(steps.length > 0);
      assert.equal(
        steps.includes('pix'),
        methods.some(method => method === 'PIX'),
        `${action} ${methods}`,
      );
      const cardSteps = steps.filter(step => step !== 'pix' && step !== 'other');
      if (!methods.some(method => method === 'CREDITCARD')) assert.deepEqual(cardSteps, []);
    }
  }
});

test('a declined Pix is not answered with Pix, nor with what belongs to cards', () => {
  for (const action of declineActions)
    assert.deepEqual(stepsAfter(declined(action, 'unknown', ['PIX', 'CREDITCARD'], 'PIX'), 1), ['other']);
});

/** What a shopper can do about it: one code of LetPay for each reason, and the step that stands first. */
const firstSteps: Readonly<Record<DeclineReason, readonly [code: string, first: string]>> = {
  insufficient_funds: ['01.05.0014', 'fewer'],
  invalid_card_data: ['01.04.0001', 'fix'],
  invalid_security_code: ['01.05.0027', 'fix'],
  expired_card: ['01.05.0021', 'card'],
  blocked_card: ['01.05.0012', 'card'],
  call_issuer: ['01.03.0002', 'bank'],
  not_permitted: ['01.03.0003', 'card'],
  limit_exceeded: ['01.06.0004', 'pix'],
  suspected_fraud: ['01.03.0005', 'pix'],
  invalid_payer: ['01.11.0005', 'pix'],
  processing_error: ['01.01.0001', 'pix'],
  unknown: ['01.99.0001', 'pix'],
};

for (const reason of declineReasons) {
  const [code, first] = firstSteps[reason];
  test(`${code} of the PSP is ${reason} and leads to ${first} first`, () => {
    const read = readDecline({ errors: [{ code, description: 'ISO 51 NOT SUFFICIENT FUNDS' }] });
    assert.equal(read.reason, reason);
    assert.equal(stepsAfter(declined(read.action, read.reason), 3)[0], first);
  });

  test(`${reason} has words of its own in every language, and none of the acquirer’s`, () => {
    for (const { declined: words } of [ptBr, es, mexican, en]) {
      assert.ok(words[reason].endsWith('.'));
      assert.doesNotMatch(words[reason], /\d\d\.\d\d|_|ISO|SUFFICIENT/);
      assert.equal(Object.values(words).filter(text => text === words[reason]).length, 1);
    }
  });
}
