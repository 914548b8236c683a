import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { declineActions } from '../../../server/contract/checkout.ts';
import { renewalOf } from '../../../widget/checkout/renewal.ts';
import { isOver, isPastDue, timeLeft } from '../../../widget/checkout/time-left.ts';
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

describe('isPastDue', () => {
  for (const [method, dueDate, what, lastMoment] of [
    ['BOLETO', '2026-11-18', 'a Wednesday', '2026-11-19T02:59:59.999Z'],
    ['BOLETO', '2026-11-20', 'a Friday', '2026-11-21T02:59:59.999Z'],
    ['BOLETO', '2026-11-21', 'a Saturday: until Monday', '2026-11-24T02:59:59.999Z'],
    ['BOLETO', '2026-11-22', 'a Sunday: until Monday', '2026-11-24T02:59:59.999Z'],
    ['PAYCASH', '2026-11-21', 'a Saturday in cash', '2026-11-22T07:59:59.999Z'],
  ] as const) {
    it(`leaves ${what} to its last moment`, () => {
      const last = Date.parse(lastMoment);
      assert.equal(isPastDue(method, dueDate, last), false);
      assert.equal(isPastDue(method, dueDate, last + 1), true);
    });
  }

  it('knows nothing of a text that is no date', () => {
    assert.equal(isPastDue('BOLETO', '18/11/2026', Number.MAX_SAFE_INTEGER), false);
  });
});

describe('isOver', () => {
  const late = Date.parse('2030-01-01T00:00:00.000Z');
  it('needs an end: without one nothing is over', () => {
    for (const instrument of Object.values(instruments)) assert.equal(isOver(instrument, null, late), false);
  });

  it('takes the day for what has a day, and the clock for Pix', () => {
    assert.equal(isOver(instruments.BOLETO, '2029-12-28', late), true);
    assert.equal(isOver(instruments.PAYCASH, '2030-01-01', late), false);
    assert.equal(isOver({ ...instruments.PIX, expires_at: '2030-01-01T00:00:00.000Z' }, null, late), true);
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

  it('shows nothing where the merchant’s choice leaves nothing: it keeps methods away, and a typo brings none back', () => {
    assert.deepEqual(methodsToShow(['PIX'], 'OXXO'), []);
    assert.deepEqual(methodsToShow(['PIX'], 'CREDITCARD'), []);
  });

  it('takes an empty choice for none', () => {
    for (const empty of ['', ' ', ' , '])
      assert.deepEqual(methodsToShow(['PIX', 'BOLETO'], empty), ['PIX', 'BOLETO']);
  });
});
