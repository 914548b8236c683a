import type { Checkout } from '../../../server/contract/checkout.ts';

/** A Checkout as a page first meets it, changed where a test needs it. */
export function checkoutWith(changes: Partial<Checkout> = {}): Checkout {
  return {
    payment_token: '021b6048-81e2-49ad-b0e4-d9729a0efe17',
    gateway: 'letpay',
    status: 'CREATED',
    verifying: false,
    attempt: 1,
    method: null,
    reference_id: 'ORDER-1',
    country: 'BR',
    currency: 'BRL',
    methods: ['PIX', 'CREDITCARD', 'BOLETO'],
    installments: [{ installments: 2, amount: 64.51, total: 129.02 }],
    totals: {
      amount: 123.45,
      asset: 'BRL',
      original_amount: 123.45,
      original_asset: 'BRL',
      customer_fees: 0,
      customer_amount: 123.45,
    },
    customer_fees: [],
    instrument: null,
    decline: null,
    payment: null,
    saved_cards: [],
    can: { submit: true, renew: false },
    merchant_name: null,
    card_brands: ['visa', 'mastercard', 'elo', 'hipercard', 'amex'],
    return_url: null,
    expires_at: null,
    test_mode: true,
    now: '2026-11-20T12:00:00.000Z',
    ...changes,
  };
}
