import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { declineActions } from '../../../server/contract/checkout.ts';
import { renewalOf } from '../../../widget/checkout/renewal.ts';
import { timeLeft } from '../../../widget/checkout/time-left.ts';
import { methodsToShow } from '../../../widget/methods/registry.ts';
import { stepsAfter } from '../../../widget/views/declined.ts';
import { checkouts, createCheckout, instruments } from '../../widget/checkouts.ts';

describe('renewalOf', () => {
  it('asks for the same instrument again', () => {
    assert.deepEqual(renewalOf(checkouts.waiting), { kind: 'submit', method: 'PIX' });
  });

  it('leaves the choice to the shopper after a card, and where the instrument is no longer offered', () => {
    const choice = { kind: 'choose', method: null };
    assert.deepEqual(renewalOf(checkouts.declined), choice);
    assert.deepEqual(renewalOf({ ...checkouts.waiting, methods: ['CREDITCARD'] }), choice);
  });
});

describe('timeLeft', () => {
  it('is unknown where the PSP gave no end', () => {
    assert.equal(timeLeft(instruments.PIX, 0), null);
    assert.equal(timeLeft(instruments.BOLETO, 0), null);
    assert.equal(timeLeft(null, 0), null);
  });

  it('falls below zero once it is over', () => {
    const instrument = { ...instruments.PIX, expires_at: '2026-11-20T12:00:00.000Z' };
    assert.equal(timeLeft(instrument, Date.parse('2026-11-20T11:59:58.500Z')), 1500);
    assert.equal(timeLeft(instrument, Date.parse('2026-11-20T12:00:01.000Z')), -1000);
  });
});

describe('stepsAfter', () => {
  const first = {
    fix_data: 'fix',
    call_bank: 'bank',
    other_card: 'card',
    fewer_installments: 'fewer',
    pay_by_pix: 'pix',
  };

  for (const action of declineActions) {
    it(`begins with what ${action} asks for`, () => {
      const decline = { reason: 'unknown', action, code: null } as const;
      assert.equal(stepsAfter({ ...checkouts.declined, decline }, 2)[0], first[action]);
    });
  }

  it('offers fewer installments only after more than one, and Pix first in their place', () => {
    assert.deepEqual(stepsAfter(checkouts.declined, 2), ['fewer', 'pix', 'card', 'other']);
    assert.deepEqual(stepsAfter(checkouts.declined, 1), ['pix', 'card', 'other']);
    const withoutPix = createCheckout({ ...checkouts.declined, methods: ['CREDITCARD', 'BOLETO'] });
    assert.deepEqual(stepsAfter(withoutPix, 1), ['card', 'other']);
  });

  it('never offers a card where the shop takes none, nor Pix where it does not', () => {
    const onlyBoleto = createCheckout({ ...checkouts.declined, method: 'BOLETO', methods: ['BOLETO'] });
    assert.deepEqual(stepsAfter(onlyBoleto, 1), ['other']);
    const onlyCard = createCheckout({ ...checkouts.declined, methods: ['CREDITCARD'] });
    assert.ok(!stepsAfter(onlyCard, 1).includes('pix'));
  });
});

describe('methodsToShow', () => {
  it('keeps the proxy’s order when the merchant says nothing', () => {
    assert.deepEqual(methodsToShow(['PIX', 'BOLETO'], null), ['PIX', 'BOLETO']);
  });

  it('takes the merchant’s order, each method once, and nothing that is not offered', () => {
    assert.deepEqual(methodsToShow(['PIX', 'CREDITCARD', 'BOLETO'], 'boleto, PIX,PIX PAYCASH'), [
      'BOLETO',
      'PIX',
    ]);
  });

  it('takes a choice that leaves nothing for a mistake', () => {
    assert.deepEqual(methodsToShow(['PIX'], 'OXXO'), ['PIX']);
  });
});
