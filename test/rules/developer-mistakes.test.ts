/** What a developer is told of the tag’s attributes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakesIn } from '../../widget/developer-mistakes.ts';
import { createCheckout } from '../widget/checkouts.ts';

const checkout = createCheckout({ test_mode: true });
const none = {
  paymentToken: checkout.payment_token,
  proxyUrl: null,
  diagnostics: () => ({ trace: [] }),
  checkout,
  methods: null,
  theme: null,
  locale: null,
};

test('attributes that are right, in any case and spacing, are no mistake', () => {
  for (const right of [
    {},
    { methods: ' pix, CREDITCARD' },
    { methods: '' },
    { theme: 'auto' },
    { locale: 'es-AR' },
    { locale: 'PT-br' },
    { locale: 'en_US' },
  ])
    assert.deepEqual(mistakesIn({ ...none, ...right }), []);
});

test('each mistake names its attribute, what stands there and what can', () => {
  for (const [wrong, said] of [
    [{ methods: 'FOO' }, /^methods="FOO" names FOO.*PIX/],
    [{ methods: 'PIX,PAYCASH' }, /names PAYCASH, which this order does not offer/],
    [{ theme: 'blue' }, /^theme="blue".*light, dark, auto/],
    [{ locale: 'fr' }, /^locale="fr".*pt-BR, es, es-MX, en/],
    [{ paymentToken: ' ', checkout: null }, /payment-token/],
  ] as const) {
    const mistakes = mistakesIn({ ...none, ...wrong });
    assert.equal(mistakes.length, 1);
    assert.match(mistakes[0] ?? '', said);
  }
});

test('a shop that takes real money is told nothing but that its tag has no token', () => {
  const live = createCheckout({ test_mode: false });
  assert.deepEqual(mistakesIn({ ...none, checkout: live, methods: 'FOO', theme: 'blue', locale: 'fr' }), []);
});

test('a checkout that is not there yet, or cannot be had, is no mistake', () => {
  assert.deepEqual(mistakesIn({ ...none, checkout: null, methods: 'FOO' }), []);
});

test('a script that a shop serves from its own origin asks the wrong host, and is told to set proxy-url', () => {
  const failed = (code: string) => ({
    ...none,
    checkout: null,
    diagnostics: () => ({ trace: [{ to: 'error', code }] }),
  });
  for (const code of ['unreadable', 'http_404', 'http_200'])
    assert.match(mistakesIn(failed(code))[0] ?? '', /Set proxy-url/, code);
  assert.deepEqual(mistakesIn({ ...failed('unreadable'), proxyUrl: 'https://pay.shop.example' }), []);
  assert.deepEqual(mistakesIn(failed('network')), []);
  assert.match(mistakesIn(failed('origin_not_allowed'))[0] ?? '', /ALLOWED_ORIGINS/);
});
