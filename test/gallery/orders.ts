/** The orders that the gallery shows: one of each country whose money, words or methods look different. */
import type { Checkout, Instrument, PaycashInstrument } from '../../server/contract/checkout.ts';
import { checkouts, createCheckout, instruments } from '../widget/checkouts.ts';

export const languages = ['pt-BR', 'es', 'en'] as const;
export type Language = (typeof languages)[number];

/** Pix, card in up to three payments, boleto. */
export const brazil = createCheckout();

/** Shown where the page has a 3-D Secure provider: the gallery’s stage has one. */
export const withDebit = createCheckout({ methods: ['PIX', 'CREDITCARD', 'DEBITCARD', 'BOLETO'] });

function abroad(
  country: string,
  currency: string,
  amount: number,
  more: Partial<Checkout> & Pick<Checkout, 'methods' | 'installments'>,
): Checkout {
  const totals = {
    amount,
    asset: currency,
    original_amount: amount,
    original_asset: currency,
    customer_fees: 0,
    customer_amount: amount,
  };
  return createCheckout({ country, currency, totals, ...more });
}

/** Months without interest, and one row with it. */
export const mexico = abroad('MX', 'MXN', 2499, {
  methods: ['CREDITCARD', 'PAYCASH'],
  installments: [
    { installments: 1, amount: 2499, total: 2499 },
    { installments: 3, amount: 833, total: 2499 },
    { installments: 12, amount: 249.9, total: 2998.8 },
  ],
});

/** Pesos without cents, and numbers of seven digits. */
export const chile = abroad('CL', 'CLP', 1_249_990, {
  methods: ['CREDITCARD', 'PAYCASH', 'REDIRECT'],
  installments: [
    { installments: 1, amount: 1_249_990, total: 1_249_990 },
    { installments: 3, amount: 416_664, total: 1_249_992 },
    { installments: 24, amount: 69_999, total: 1_679_976 },
  ],
});

/** Amounts with a blank behind the sign, and cents. */
export const argentina = abroad('AR', 'ARS', 184_999.5, {
  methods: ['CREDITCARD', 'PAYCASH'],
  installments: [
    { installments: 1, amount: 184_999.5, total: 184_999.5 },
    { installments: 6, amount: 30_833.25, total: 184_999.5 },
  ],
});

/** A price in dollars, paid in reais, with the fees that are the shopper’s. */
export const withFees = createCheckout({
  totals: {
    amount: 1234.56,
    asset: 'BRL',
    original_amount: 219.99,
    original_asset: 'USD',
    customer_fees: 57.61,
    customer_amount: 1292.17,
  },
  customer_fees: [
    { name: 'TAXES_FEE', amount: 37.61, asset: 'BRL' },
    { name: 'SERVICE_FEE', amount: 20, asset: 'BRL' },
  ],
  installments: [
    { installments: 1, amount: 1292.17, total: 1292.17 },
    { installments: 12, amount: 129.02, total: 1548.24 },
  ],
});

/** A Spanish speaker is shown a Mexican order unless the screen needs another one. */
export function local(language: Language): Checkout {
  return language === 'es' ? mexico : brazil;
}

/** The order with one of the answers that a Checkout can stand for. */
export function as(name: keyof typeof checkouts, order: Checkout, more: Partial<Checkout> = {}): Checkout {
  const { status, verifying, method, decline, can } = checkouts[name];
  return { ...order, status, verifying, method, decline, can, ...more };
}

/** The order while its code, slip, reference or link waits to be paid. */
export function waitingFor(
  instrument: Instrument,
  order: Checkout = brazil,
  more: Partial<Checkout> = {},
): Checkout {
  return as('waiting', order, { method: instrument.method, instrument, ...more });
}

/** A cash reference over the amount of an order. */
export function cashReference(order: Checkout, barcode: string): PaycashInstrument {
  return { ...instruments.PAYCASH, barcode, amount: order.totals?.customer_amount ?? 0 };
}
