import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Checkout, statuses } from '../../../server/contract/checkout.ts';
import { failureWith } from '../../../widget/checkout/failure.ts';
import { followers } from '../../../widget/checkout/followers.ts';
import { type CheckoutState, checkoutOf, type StateName } from '../../../widget/checkout/state.ts';
import { type Happening, stateOf, transition } from '../../../widget/checkout/transition.ts';
import { checkouts, codeLost, createCheckout, instruments } from '../../widget/checkouts.ts';

const failure = failureWith('network');

const states: Readonly<Record<StateName, CheckoutState>> = {
  idle: { name: 'idle' },
  loading: { name: 'loading' },
  choosing: stateOf(checkouts.choosing),
  submitting: { name: 'submitting', checkout: checkouts.choosing, method: 'CREDITCARD', direct: false },
  verifying: stateOf(checkouts.verifying),
  waiting: stateOf(checkouts.waiting),
  pending: stateOf(checkouts.pending),
  paid: stateOf(checkouts.paid),
  declined: stateOf(checkouts.declined),
  ended: stateOf(checkouts.ended),
  renewing: transition(stateOf(checkouts.declined), {
    type: 'renew',
    next: { kind: 'choose', method: null },
  }),
  error: { name: 'error', failure },
};

const fresh = createCheckout({ attempt: 2 });

const happenings = {
  open: { type: 'open' },
  close: { type: 'close' },
  submit: { type: 'submit', method: 'CREDITCARD' },
  refused: { type: 'refused', failure },
  unknown: { type: 'outcome-unknown', requestId: null },
  renew: { type: 'renew', next: { kind: 'choose', method: null } },
  renewed: { type: 'renewed', checkout: fresh },
  'renew-failed': { type: 'renew-failed', failure },
  'read-failed': { type: 'read-failed', failure, final: false },
  'never-read': { type: 'read-failed', failure, final: true },
  'read choosing': { type: 'read', checkout: checkouts.choosing },
  'read verifying': { type: 'read', checkout: checkouts.verifying },
  'read waiting': { type: 'read', checkout: checkouts.waiting },
  'read pending': { type: 'read', checkout: checkouts.pending },
  'read paid': { type: 'read', checkout: checkouts.paid },
  'read declined': { type: 'read', checkout: checkouts.declined },
  'read ended': { type: 'read', checkout: checkouts.ended },
  'read code lost': { type: 'read', checkout: codeLost },
  'answered choosing': { type: 'answered', checkout: checkouts.choosing },
  'answered verifying': { type: 'answered', checkout: checkouts.verifying },
  'answered paid': { type: 'answered', checkout: checkouts.paid },
} as const satisfies Record<string, Happening>;

type HappeningName = keyof typeof happenings;

/** What each state becomes. A happening that is not listed changes nothing; `open` and `close` work everywhere. */
const table: Readonly<Record<StateName, Partial<Record<HappeningName, StateName>>>> = {
  idle: {},
  loading: {
    'read-failed': 'error',
    'never-read': 'error',
    'read choosing': 'choosing',
    'read verifying': 'verifying',
    'read waiting': 'waiting',
    'read pending': 'pending',
    'read paid': 'paid',
    'read declined': 'declined',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered choosing': 'choosing',
    'answered verifying': 'verifying',
    'answered paid': 'paid',
  },
  choosing: {
    submit: 'submitting',
    'never-read': 'error',
    'read verifying': 'verifying',
    'read waiting': 'waiting',
    'read pending': 'pending',
    'read paid': 'paid',
    'read declined': 'declined',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered verifying': 'verifying',
    'answered paid': 'paid',
  },
  submitting: {
    refused: 'choosing',
    unknown: 'verifying',
    'read waiting': 'waiting',
    'read pending': 'pending',
    'read paid': 'paid',
    'read declined': 'declined',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered choosing': 'choosing',
    'answered verifying': 'verifying',
    'answered paid': 'paid',
  },
  verifying: {
    'read choosing': 'choosing',
    'read waiting': 'waiting',
    'read pending': 'pending',
    'read paid': 'paid',
    'read declined': 'declined',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered choosing': 'choosing',
    'answered paid': 'paid',
  },
  waiting: {
    renew: 'renewing',
    'read pending': 'pending',
    'read paid': 'paid',
    'read declined': 'declined',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered paid': 'paid',
  },
  pending: {
    'read waiting': 'waiting',
    'read paid': 'paid',
    'read declined': 'declined',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered paid': 'paid',
  },
  paid: { 'read ended': 'ended', 'read code lost': 'ended' },
  declined: {
    renew: 'renewing',
    'read paid': 'paid',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered paid': 'paid',
  },
  ended: {
    renew: 'renewing',
    'read paid': 'paid',
    'read declined': 'declined',
    'answered paid': 'paid',
  },
  renewing: {
    renewed: 'choosing',
    'renew-failed': 'declined',
    'read paid': 'paid',
    'answered paid': 'paid',
  },
  error: {
    'read choosing': 'choosing',
    'read verifying': 'verifying',
    'read waiting': 'waiting',
    'read pending': 'pending',
    'read paid': 'paid',
    'read declined': 'declined',
    'read ended': 'ended',
    'read code lost': 'ended',
    'answered choosing': 'choosing',
    'answered verifying': 'verifying',
    'answered paid': 'paid',
  },
};

const stateNames = Object.keys(states) as StateName[];

describe('transition', () => {
  for (const name of stateNames) {
    it(`follows the table from ${name}, whatever happens`, () => {
      const row: Partial<Record<HappeningName, StateName>> = {
        ...table[name],
        open: 'loading',
        close: 'idle',
      };
      for (const [happening, value] of Object.entries(happenings)) {
        const expected = row[happening as HappeningName] ?? name;
        assert.equal(transition(states[name], value).name, expected, happening);
      }
    });
  }

  it('ignores a second submission, so that a hundred clicks are one', () => {
    const once = transition(states.choosing, happenings.submit);
    assert.equal(transition(once, happenings.submit), once);
  });

  it('keeps what the shopper was told when the same state is read again', () => {
    const refused = transition(states.submitting, happenings.refused);
    const read = transition(refused, happenings['read choosing']);
    assert.ok(read.name === 'choosing' && read.failure === failure);
  });

  it('says that nothing arrived when the proxy knows of no submission after a lost answer', () => {
    const unknown = transition(states.submitting, happenings.unknown);
    const read = transition(unknown, happenings['read choosing']);
    assert.ok(read.name === 'choosing' && read.failure?.code === 'not_received');
  });

  it('does not believe a slow reply about an older attempt', () => {
    const second = transition(states.renewing, happenings.renewed);
    assert.equal(transition(second, happenings['read declined']), second);
  });

  it('takes the payment of an older attempt for a payment', () => {
    const second = transition(states.renewing, happenings.renewed);
    assert.equal(transition(second, happenings['read paid']).name, 'paid');
  });

  it('sends a renewed attempt on when the shopper asked for an instrument', () => {
    const renewing = transition(states.ended, { type: 'renew', next: { kind: 'submit', method: 'PIX' } });
    const next = transition(renewing, happenings.renewed);
    assert.ok(next.name === 'submitting' && next.direct && next.method === 'PIX');
  });

  it('opens the form instead when the renewed attempt does not offer that method', () => {
    const renewing = transition(states.ended, { type: 'renew', next: { kind: 'submit', method: 'PAYCASH' } });
    assert.equal(transition(renewing, happenings.renewed).name, 'choosing');
  });

  it('refuses to renew what the proxy will not renew', () => {
    const stuck = stateOf({ ...checkouts.declined, can: { submit: false, renew: false } });
    assert.equal(transition(stuck, happenings.renew), stuck);
  });
});

describe('stateOf', () => {
  it('knows a screen for every status', () => {
    const shown = Object.fromEntries(
      statuses.map(status => [
        status,
        stateOf(createCheckout({ status, can: { submit: false, renew: false } })).name,
      ]),
    );
    assert.deepEqual(shown, {
      CREATED: 'ended',
      PROCESSING: 'verifying',
      PRE_AUTHORIZED: 'paid',
      PAID: 'paid',
      PARTIALLY_REFUNDED: 'ended',
      REFUNDED: 'ended',
      DECLINED: 'declined',
      CANCELED: 'ended',
      ERROR: 'ended',
      IN_ANALYSIS: 'pending',
      DISPUTE: 'ended',
      DISPUTE_REFUNDED: 'ended',
      DISPUTE_RECOVERED: 'paid',
      DISPUTE_FINAL: 'ended',
      POST_REFUND_DISPUTE: 'ended',
      UNKNOWN: 'verifying',
    });
  });

  it('ends an attempt whose code nobody has seen, once the proxy takes another', () => {
    assert.equal(stateOf(codeLost).name, 'ended');
    assert.equal(stateOf({ ...codeLost, verifying: true }).name, 'verifying');
    assert.equal(stateOf({ ...codeLost, can: { submit: false, renew: false } }).name, 'verifying');
  });

  it('calls nothing declined or failed while a submission is being verified', () => {
    for (const status of statuses) {
      assert.equal(stateOf(createCheckout({ status, verifying: true })).name, 'verifying');
    }
  });
});

const anyCheckout: fc.Arbitrary<Checkout> = fc
  .record({
    status: fc.constantFrom(...statuses),
    verifying: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 3 }),
    instrument: fc.constantFrom(null, instruments.PIX),
    can: fc.record({ submit: fc.boolean(), renew: fc.boolean() }),
  })
  .map(createCheckout);

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>(...Object.values(happenings)),
  fc.record({ type: fc.constantFrom('read', 'answered', 'renewed'), checkout: anyCheckout }),
  fc.record({
    type: fc.constant('renew' as const),
    next: fc.constantFrom(
      { kind: 'submit', method: 'PIX' } as const,
      { kind: 'choose', method: null } as const,
    ),
  }),
);

/** Every state that a run passes, with what led to it. */
function walk(
  run: readonly Happening[],
): { before: CheckoutState; happening: Happening; after: CheckoutState }[] {
  let before: CheckoutState = { name: 'idle' };
  return [{ type: 'open' } as const, ...run].map(happening => {
    const step = { before, happening, after: transition(before, happening) };
    before = step.after;
    return step;
  });
}

const anyRun = fc.array(anyHappening, { maxLength: 30 });

describe('any run of happenings', () => {
  it('goes only where the states say that it may', () => {
    fc.assert(
      fc.property(anyRun, run => {
        for (const { before, happening, after } of walk(run)) {
          if (happening.type === 'open' || happening.type === 'close' || before.name === after.name) continue;
          const allowed = before.name === 'error' ? followers.loading : followers[before.name];
          assert.ok(allowed.includes(after.name), `${before.name} -> ${after.name} by ${happening.type}`);
        }
      }),
    );
  });

  it('never leads from a paid checkout back to a form', () => {
    fc.assert(
      fc.property(anyRun, run => {
        for (const { before, happening, after } of walk(run)) {
          if (before.name !== 'paid' || happening.type === 'open' || happening.type === 'close') continue;
          assert.ok(after.name === 'paid' || after.name === 'ended', `paid -> ${after.name}`);
        }
      }),
    );
  });

  it('ends in paid as soon as the proxy says so, wherever it stands', () => {
    fc.assert(
      fc.property(anyRun, run => {
        const last = walk(run).at(-1)?.after;
        if (!last || last.name === 'idle') return;
        const paid = createCheckout({ status: 'PAID', attempt: 3 });
        assert.equal(transition(last, { type: 'read', checkout: paid }).name, 'paid');
      }),
    );
  });

  it('calls a submission declined, failed or unsent only on the word of the proxy', () => {
    fc.assert(
      fc.property(anyRun, run => {
        for (const { before, happening, after } of walk(run)) {
          if (before.name !== 'submitting' || after.name === 'submitting') continue;
          if (happening.type === 'outcome-unknown') assert.equal(after.name, 'verifying');
          if (after.name === 'declined' || after.name === 'ended')
            assert.ok(checkoutOf(after) !== null && 'checkout' in happening);
        }
      }),
    );
  });

  it('leaves the shopper no state without a way on (hyperswitch-web #945)', () => {
    /** What the shopper, or the answer that is on its way, can always make happen. */
    const waysOn: Partial<Record<StateName, readonly HappeningName[]>> = {
      loading: ['read-failed'],
      choosing: ['submit'],
      submitting: ['unknown'],
      verifying: ['read paid'],
      waiting: ['read paid'],
      pending: ['read paid'],
      declined: ['renew', 'read paid'],
      ended: ['renew', 'read paid'],
      renewing: ['renew-failed'],
      error: ['open'],
    };
    fc.assert(
      fc.property(anyRun, run => {
        const last = walk(run).at(-1)?.after;
        if (!last || last.name === 'idle' || last.name === 'paid') return;
        const ways = waysOn[last.name] ?? [];
        assert.ok(
          ways.some(way => transition(last, happenings[way]).name !== last.name),
          last.name,
        );
      }),
    );
  });
});
