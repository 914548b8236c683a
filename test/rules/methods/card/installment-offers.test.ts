import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from 'lit';
import type { Checkout } from '../../../../server/contract/checkout.ts';
import { texts as en } from '../../../../widget/i18n/en.ts';
import { texts as es, mexican } from '../../../../widget/i18n/es.ts';
import { texts as ptBr } from '../../../../widget/i18n/pt-br.ts';
import { offersOf, offerWords } from '../../../../widget/methods/card/installment-offers.ts';
import { inTwo } from '../../../../widget/methods/card/installment-select.ts';
import type { ViewContext } from '../../../../widget/views/view.ts';
import { checkoutWith } from '../../api/checkout-fixture.ts';

const actions = { choose() {}, submit() {}, renew() {}, retry() {} };
const contextOf = (texts: ViewContext['texts'], locale: string): ViewContext => ({
  pause: html``,
  adornments: null,
  texts,
  locale,
  now: 0,
  actions,
});

function wordsOf(checkout: Checkout, texts = ptBr, locale = 'pt-BR'): readonly string[] {
  return offersOf(checkout).map(offer =>
    offerWords(offer, checkout, contextOf(texts, locale)).replaceAll('\u00a0', ' '),
  );
}

/** LetPay’s sample of 123.45 (facts, section 2.1), its third row made free of interest. */
const sample = checkoutWith({
  installments: [
    { installments: 1, amount: 123.45, total: 123.45 },
    { installments: 2, amount: 64.51, total: 129.02 },
    { installments: 3, amount: 41.15, total: 123.45 },
    { installments: 12, amount: 12.39, total: 148.68 },
  ],
});

for (const [language, texts, locale, expected] of [
  [
    'pt-BR',
    ptBr,
    'pt-BR',
    [
      'À vista · R$ 123,45',
      '2x de R$ 64,51 · total R$ 129,02 · com juros 2,99% a.m.',
      '3x de R$ 41,15 sem juros',
      '12x de R$ 12,39 · total R$ 148,68 · com juros 2,99% a.m.',
    ],
  ],
  [
    'es',
    es,
    'es-419',
    [
      '1 cuota · R$123.45',
      '2 cuotas de R$64.51 · total R$129.02 · con interés 2.99% mensual',
      '3 cuotas de R$41.15 sin interés',
      '12 cuotas de R$12.39 · total R$148.68 · con interés 2.99% mensual',
    ],
  ],
  [
    'es-MX',
    mexican,
    'es-MX',
    [
      'Un solo pago · R$123.45',
      '2 meses de R$64.51 · total R$129.02 · con intereses 2.99% mensual',
      '3 meses sin intereses de R$41.15',
      '12 meses de R$12.39 · total R$148.68 · con intereses 2.99% mensual',
    ],
  ],
  [
    'en',
    en,
    'en',
    [
      'Pay in full · R$123.45',
      '2 × R$64.51 · total R$129.02 · with interest 2.99% per month',
      '3 × R$41.15 interest-free',
      '12 × R$12.39 · total R$148.68 · with interest 2.99% per month',
    ],
  ],
] as const) {
  test(`an offer in ${language} says count, value, total and interest`, () => {
    assert.deepEqual(
      wordsOf(sample, texts, locale).map(words => words.replaceAll('\u00a0', ' ')),
      expected,
    );
  });
}

test('cents that are left over are in the total, and the total is said', () => {
  const words = wordsOf(
    checkoutWith({
      installments: [
        { installments: 1, amount: 100, total: 100 },
        { installments: 3, amount: 33.33, total: 100 },
        { installments: 6, amount: 16.67, total: 100.02 },
        { installments: 7, amount: 14.29, total: 100 },
      ],
    }),
  );
  assert.deepEqual(words.slice(1), [
    '3x de R$ 33,33 sem juros · total R$ 100,00',
    '6x de R$ 16,67 sem juros',
    '7x de R$ 14,29 sem juros · total R$ 100,00',
  ]);
});

test('one payment is offered where the table of the PSP begins at two', () => {
  assert.deepEqual(
    wordsOf(checkoutWith({ installments: [{ installments: 2, amount: 64.51, total: 129.02 }] })),
    ['À vista · R$ 123,45', '2x de R$ 64,51 · total R$ 129,02 · com juros 2,99% a.m.'],
  );
});

test('the closed select says what is paid each time; beneath it stands what all costs, or all where that is long', () => {
  for (const [words, beneath] of [
    ['3x de R$ 41,15 sem juros', null],
    ['2x de R$ 64,51 · total R$ 129,02 · com juros 2,99% a.m.', 'total R$ 129,02 · com juros 2,99% a.m.'],
    ['3x de R$ 33,33 sem juros · total R$ 100,00', 'total R$ 100,00'],
    ['12 meses sin intereses de $208.25', '12 meses sin intereses de $208.25'],
  ] as const) {
    assert.deepEqual(inTwo(words), [words.split(' · ')[0], beneath]);
  }
});

test('pesos that the PSP rounds to whole ones are no interest, and cents that it does print are kept', () => {
  const chilean = (amount: number) =>
    checkoutWith({
      country: 'CL',
      currency: 'CLP',
      totals: null,
      installments: [
        { installments: 1, amount: 10000, total: 10000 },
        { installments: 3, amount, total: Math.round(amount * 300) / 100 },
      ],
    });
  const rounded = offersOf(chilean(3334))[1];
  assert.deepEqual([rounded?.amount, rounded?.interestFree], [333_400, true]);
  const exact = offersOf(chilean(3334.5))[1];
  assert.deepEqual([exact?.amount, exact?.interestFree], [333_450, false]);
});
