/** No dead ends: wherever a run of happenings leads, there is a way on, and the shopper can see it. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { html } from 'lit';
import { type Checkout, statuses } from '../../../server/contract/checkout.ts';
import { failureWith } from '../../../widget/checkout/failure.ts';
import { type CheckoutState, checkoutOf } from '../../../widget/checkout/state.ts';
import { type Happening, transition } from '../../../widget/checkout/transition.ts';
import { texts } from '../../../widget/i18n/en.ts';
import { declined } from '../../../widget/views/declined.ts';
import { failure as failureView } from '../../../widget/views/failure.ts';
import { ended, paid } from '../../../widget/views/result.ts';
import { pending, verifying } from '../../../widget/views/verifying.ts';
import type { OutcomeContext } from '../../../widget/views/view.ts';
import { waiting } from '../../../widget/views/waiting.ts';
import { createCheckout, instruments } from '../../widget/checkouts.ts';

const returnUrl = 'https://shop.example/thanks';
const failure = failureWith('network');

const anyCheckout: fc.Arbitrary<Checkout> = fc
  .record({
    status: fc.constantFrom(...statuses),
    verifying: fc.boolean(),
    attempt: fc.integer({ min: 1, max: 3 }),
    method: fc.constantFrom(null, 'CREDITCARD', 'PIX', 'BOLETO', 'PAYCASH'),
    instrument: fc.constantFrom(
      null,
      instruments.PIX,
      { ...instruments.PIX, expires_at: '2026-11-20T11:00:00.000Z' },
      instruments.BOLETO,
      instruments.PAYCASH,
    ),
    can: fc.record({ submit: fc.boolean(), renew: fc.boolean() }),
    return_url: fc.constantFrom(null, returnUrl),
  })
  .map(createCheckout);

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({ type: fc.constantFrom('read', 'answered', 'renewed'), checkout: anyCheckout }),
  fc.constantFrom<Happening>(
    { type: 'submit', method: 'CREDITCARD' },
    { type: 'submit', method: 'PIX' },
    { type: 'refused', failure },
    { type: 'outcome-unknown', requestId: null },
    { type: 'renew', next: { kind: 'choose', method: null } },
    { type: 'renew', next: { kind: 'submit', method: 'PIX' } },
    { type: 'renew-failed', failure },
    { type: 'read-failed', failure, final: false },
    { type: 'read-failed', failure, final: true },
  ),
);

/** Where a run ends that began with a token. */
const anyState: fc.Arbitrary<CheckoutState> = fc
  .array(anyHappening, { maxLength: 20 })
  .map(run => run.reduce<CheckoutState>(transition, { name: 'loading' }));

const context: OutcomeContext = {
  texts,
  locale: 'en',
  now: Date.parse('2026-11-20T12:00:00.000Z'),
  actions: { choose() {}, submit() {}, renew() {}, retry() {} },
  pause: html``,
  adornments: null,
  screen: 'wide',
  checkNote: null,
  isWatching: true,
  isDoubted: false,
  hasOtherWay: true,
  isLeaving: false,
  retryWait: '',
  askToLeave() {},
  checkNow() {},
  retry() {},
};

/** What a template would put on screen, without what its event listeners are. */
function markup(value: unknown): string {
  if (Array.isArray(value)) return value.map(markup).join('');
  if (typeof value === 'object' && value !== null && 'strings' in value && 'values' in value) {
    const { strings, values } = value as { strings: readonly string[]; values: readonly unknown[] };
    return strings.map((text, at) => text + markup(values[at])).join('');
  }
  return typeof value === 'string' ? value : '';
}

/** The screen of a state on which the shopper waits for nothing of ours. */
function screenOf(state: CheckoutState): string | null {
  switch (state.name) {
    case 'verifying':
      return markup(verifying(state.checkout, state.requestId, context));
    case 'pending':
      return markup(pending(state.checkout, context));
    case 'waiting':
      return state.checkout.instrument
        ? markup(
            waiting(
              state,
              state.checkout.instrument,
              { doubt: () => null, render: () => '' as never },
              context,
              {} as never,
            ),
          )
        : null;
    case 'paid':
      return markup(paid(state.checkout, context));
    case 'declined':
      return markup(declined(state.checkout, state.failure, false, context));
    case 'ended':
      return markup(ended(state.checkout, state.failure, context));
    case 'error':
      return markup(failureView(state.failure, context));
    default:
      return null;
  }
}

describe('wherever a run of happenings leads', () => {
  it('what is under way ends, however it ends', () => {
    fc.assert(
      fc.property(anyState, state => {
        const ends: Partial<Record<CheckoutState['name'], readonly Happening[]>> = {
          loading: [{ type: 'read-failed', failure, final: false }],
          submitting: [
            { type: 'refused', failure },
            { type: 'outcome-unknown', requestId: null },
          ],
          renewing: [{ type: 'renew-failed', failure }],
        };
        for (const happening of ends[state.name] ?? []) {
          assert.notEqual(transition(state, happening).name, state.name, happening.type);
        }
      }),
    );
  });

  it('a screen has something to press, or names the order of a payment that is over', () => {
    fc.assert(
      fc.property(anyState, state => {
        const screen = screenOf(state);
        if (screen === null) return;
        const canPress = /<(button|a) /.test(screen);
        const isOver = ['paid', 'declined', 'ended'].includes(state.name);
        const namesOrder = screen.includes(texts.order('ORDER-1'));
        assert.ok(canPress || (isOver && namesOrder), `${state.name}: ${screen}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('whoever waits can ask again', () => {
    fc.assert(
      fc.property(anyState, state => {
        if (!['verifying', 'pending', 'waiting'].includes(state.name)) return;
        const screen = screenOf(state);
        assert.ok(screen === null || screen.includes('part="check-button"'), `${state.name}: ${screen}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a new attempt that the proxy offers is offered on screen, and leads on', () => {
    fc.assert(
      fc.property(anyState, state => {
        if (state.name !== 'waiting' && state.name !== 'declined' && state.name !== 'ended') return;
        if (!state.checkout.can.renew) return;
        const screen = screenOf(state);
        assert.ok(
          screen === null || /part="?(renew-button|other-method-button|next-step-)/.test(screen),
          screen ?? '',
        );
        const next = { kind: 'choose', method: null } as const;
        assert.equal(transition(state, { type: 'renew', next }).name, 'renewing');
      }),
      { numRuns: 1_000 },
    );
  });

  it('the PSP’s last word is taken, but where the payment is over already', () => {
    fc.assert(
      fc.property(anyState, fc.constantFrom('PAID', 'DECLINED', 'CANCELED'), (state, status) => {
        const before = checkoutOf(state);
        if (!before || ['paid', 'renewing'].includes(state.name)) return;
        const checkout = createCheckout({
          status,
          attempt: before.attempt,
          can: { submit: false, renew: true },
        });
        const { name } = transition(state, { type: 'read', checkout });
        assert.ok(['paid', 'declined', 'ended'].includes(name), `${state.name} -> ${name}`);
      }),
    );
  });
});
