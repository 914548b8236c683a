/** Checkouts as the proxy answers them, and the published codes that stand in their instruments. */
import type { Checkout, Instrument, Payment } from '../../server/contract/checkout.ts';

export const token = '021b6048-81e2-49ad-b0e4-d9729a0efe17';

/** A Pix code with amount 123.45 and a good checksum; built by the field rules of the BR Code manual. */
export const pixCode = brCode('123.45');

/** The bank and the free field of the FEBRABAN layout’s sample; R$ 1,00, due on 2027-03-12 (factor 1748). */
export const boletoLine = '00190500954014481606906809350314817480000000100';

/** `amount` null leaves it to the PSP; `currency` is ISO 4217 in digits. */
export function brCode(amount: string | null, currency = '986'): string {
  const field = (id: string, value: string) => id + String(value.length).padStart(2, '0') + value;
  const account = field('00', 'br.gov.bcb.pix') + field('25', 'pix.example.com/qr/9d36b84fc70b478fb95c1272');
  const body = `000201${field('26', account)}52040000${field('53', currency)}${amount === null ? '' : field('54', amount)}5802BR${field('59', 'LOJA TAL')}${field('60', 'SAO PAULO')}6304`;
  return body + crc16(body);
}

function crc16(text: string): string {
  let crc = 0xffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0) << 8;
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

export const instruments = {
  PIX: { method: 'PIX', code: pixCode, amount: 123.45, qr_code_png: null, expires_at: null },
  BOLETO: { method: 'BOLETO', code: boletoLine, amount: 1, due_date: '2027-03-12', html: null },
  PAYCASH: {
    method: 'PAYCASH',
    barcode: '1234567890123456',
    amount: 123.45,
    due_date: '2026-11-25',
    barcode_png: null,
    instructions_link: 'https://paycash.example/instructions',
  },
  REDIRECT: { method: 'REDIRECT', url: 'https://psp.example/pay/1', label: '' },
} as const satisfies Record<string, Instrument>;

export function createCheckout(overrides: Partial<Checkout> = {}): Checkout {
  return {
    payment_token: token,
    gateway: 'letpay',
    status: 'CREATED',
    verifying: false,
    attempt: 1,
    method: null,
    reference_id: 'ORDER-1',
    country: 'BR',
    currency: 'BRL',
    methods: ['PIX', 'CREDITCARD', 'BOLETO'],
    installments: [
      { installments: 1, amount: 123.45, total: 123.45 },
      { installments: 2, amount: 64.51, total: 129.02 },
      { installments: 3, amount: 41.15, total: 123.45 },
    ],
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
    test_mode: false,
    now: '2026-11-20T12:00:00.000Z',
    ...overrides,
  };
}

/** What the proxy tells of a card that was charged once. */
export const cardPayment: Payment = {
  method: 'CREDITCARD',
  installments: 1,
  amount: 123.45,
  total: 123.45,
  brand: 'visa',
  last4: '1112',
  at: '2026-11-20T12:00:00.000Z',
};

/** The answer with the Pix code was lost; the PSP’s status says only that the payment was begun. */
export const codeLost = createCheckout({
  status: 'PROCESSING',
  method: 'PIX',
  can: { submit: false, renew: true },
});

/** One Checkout for each state that a Checkout can stand for. */
export const checkouts = {
  choosing: createCheckout(),
  verifying: createCheckout({
    status: 'PROCESSING',
    verifying: true,
    method: 'CREDITCARD',
    can: { submit: false, renew: false },
  }),
  waiting: createCheckout({
    status: 'PROCESSING',
    method: 'PIX',
    instrument: instruments.PIX,
    can: { submit: false, renew: true },
  }),
  pending: createCheckout({
    status: 'IN_ANALYSIS',
    method: 'CREDITCARD',
    can: { submit: false, renew: false },
  }),
  paid: createCheckout({
    status: 'PAID',
    method: 'CREDITCARD',
    payment: cardPayment,
    can: { submit: false, renew: false },
  }),
  declined: createCheckout({
    status: 'DECLINED',
    method: 'CREDITCARD',
    decline: { reason: 'insufficient_funds', action: 'fewer_installments', code: '01.05.0014' },
    payment: cardPayment,
    can: { submit: false, renew: true },
  }),
  ended: createCheckout({ status: 'CANCELED', method: 'PIX', can: { submit: false, renew: true } }),
} as const;
