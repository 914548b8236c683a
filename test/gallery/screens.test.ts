import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type CardMethod,
  type Checkout,
  declineReasons,
  isCardMethod,
  type Method,
  methods,
  statuses,
} from '../../server/contract/checkout.ts';
import { followers } from '../../widget/checkout/followers.ts';
import type { StateName } from '../../widget/checkout/state.ts';
import { stateOf } from '../../widget/checkout/transition.ts';
import { texts } from '../../widget/i18n/en.ts';
import { createCheckout } from '../widget/checkouts.ts';
import { languages } from './orders.ts';
import { type Answer, type Screen, screens } from './screens.ts';

const isCheckout = (answer: Answer | null | undefined): answer is Checkout =>
  typeof answer === 'object' && answer !== null && 'payment_token' in answer;

/** Every Checkout that the tag is shown for a screen, in any language. */
function checkoutsOf({ read, sendPayment, renew }: Screen): readonly Checkout[] {
  return languages.flatMap(language =>
    [read(language), sendPayment?.(language), renew?.(language)].filter(isCheckout),
  );
}

function shownIn(state: StateName): readonly Checkout[] {
  return screens
    .filter(screen => screen.state === state)
    .flatMap(checkoutsOf)
    .filter(checkout => stateOf(checkout).name === state);
}

const missingFrom = <T>(all: readonly T[], shown: readonly unknown[]) =>
  all.filter(value => !shown.includes(value));

describe('the gallery', () => {
  it('shows every state', () => {
    const shown = screens.map(({ state }) => state);
    assert.deepEqual(missingFrom(Object.keys(followers), shown), []);
  });

  it('shows every reason of a decline', () => {
    const shown = shownIn('declined').map(({ decline }) => decline?.reason);
    assert.deepEqual(missingFrom(declineReasons, shown), []);
  });

  it('shows every status', () => {
    const shown = screens.flatMap(checkoutsOf).map(({ status }) => status);
    assert.deepEqual(missingFrom(statuses, shown), []);
  });

  it('shows every status that ends a payment, paid or not, in the state that it stands for', () => {
    const missing = statuses.filter(status => {
      const { name } = stateOf(createCheckout({ status }));
      return name !== 'choosing' && !shownIn(name).some(checkout => checkout.status === status);
    });
    assert.deepEqual(missing, []);
  });

  it('shows every method open among others, alone, and paid', () => {
    const among = (isAlone: boolean) =>
      shownIn('choosing')
        .filter(checkout => (checkout.methods.length === 1) === isAlone)
        .flatMap(checkout => checkout.methods);
    const opened = screens.flatMap(({ state, steps = [] }) =>
      state === 'choosing' ? steps.flatMap(step => ('press' in step ? [step.press] : [])) : [],
    );
    assert.deepEqual(missingFrom(methods, among(false)), []);
    assert.deepEqual(missingFrom(methods, among(true)), []);
    assert.deepEqual(
      missingFrom(
        methods.map(method => `method-${method}`),
        opened,
      ),
      [],
    );
    const paid = shownIn('paid').map(({ method }) => method);
    assert.deepEqual(missingFrom(methods, paid), []);
  });

  it('shows the instrument of every method that is paid elsewhere', () => {
    const elsewhere = methods.filter(
      (method): method is Exclude<Method, CardMethod> => !isCardMethod(method),
    );
    const shown = shownIn('waiting').map(({ instrument }) => instrument?.method);
    assert.deepEqual(missingFrom(elsewhere, shown), []);
  });

  it('shows the words of every failure', () => {
    const shown = screens.map(({ id }) => id.replace(/^(?:refused|error)-/, ''));
    assert.deepEqual(missingFrom(Object.keys(texts.failures), shown), []);
  });

  it('shows every doubt about an instrument', () => {
    const ids = screens.map(({ id }) => id);
    const missing = Object.keys(texts.doubt).filter(
      doubt => !ids.some(id => id.endsWith(doubt.replaceAll('_', '-'))),
    );
    assert.deepEqual(missing, []);
  });

  it('has one name for every screen, which a file can bear', () => {
    const ids = screens.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(
      ids.filter(id => !/^[a-z0-9_-]+$/.test(id)),
      [],
    );
  });
});
