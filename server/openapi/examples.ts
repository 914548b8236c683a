/** Bodies as they travel, for people to read and for tests to hold against the schemas. */
import type { z } from 'zod';
import type { Checkout, Payment } from '../contract/checkout.ts';
import type { contractList } from '../contract/merchant-contract.ts';
import type {
  createdOrder,
  MerchantOrder,
  orderList,
  refundList,
  storedCard,
} from '../contract/merchant-order.ts';
import type { orderRequest } from '../contract/order.ts';
import type {
  PersonView,
  personRequest,
  quote,
  quoteRequest,
  tokenPaymentRequest,
} from '../contract/person.ts';
import type { RefundView, refundRequest } from '../contract/refund.ts';
import type { WebhookEvent } from '../contract/webhook.ts';

const token = '021b6048-81e2-49ad-b0e4-d9729a0efe17';
const at = '2026-11-20T12:00:00.000Z';

const newOrder: z.input<typeof orderRequest> = {
  amount: 123.45,
  asset: 'BRL',
  reference_id: 'ORDER-1',
  person_firstname: 'Marina',
  person_surname: 'Azevedo',
  person_taxid: '39784045087',
  person_email: 'marina@example.com',
  disable_address: true,
  payment_country: 'BR',
  payment_currency: 'BRL',
  methods: ['PIX', 'CREDITCARD', 'BOLETO'],
};

const checkout: Checkout = {
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
  return_url: null,
  expires_at: null,
  merchant_name: 'Loja Tal',
  card_brands: ['visa', 'mastercard', 'elo', 'hipercard', 'amex'],
  test_mode: true,
  now: at,
};

const checkoutWithPix: Checkout = {
  ...checkout,
  status: 'PROCESSING',
  method: 'PIX',
  instrument: {
    method: 'PIX',
    code: '00020101021226840014br.gov.bcb.pix2562qrcode.example.com/021b604881e249adb0e4d9729a0efe175204000053039865406123.455802BR5909LOJA TAL6009SAO PAULO62070503***63044C2B',
    amount: 123.45,
    qr_code_png: null,
    expires_at: '2026-11-20T13:00:00.000Z',
  },
  can: { submit: false, renew: true },
  expires_at: '2026-11-20T13:00:00.000Z',
};

const cardPayment: Payment = {
  method: 'CREDITCARD',
  installments: 2,
  amount: 64.51,
  total: 129.02,
  brand: 'visa',
  last4: '1112',
  at,
};

const declinedCheckout: Checkout = {
  ...checkout,
  status: 'DECLINED',
  method: 'CREDITCARD',
  decline: { reason: 'insufficient_funds', action: 'fewer_installments', code: '01.05.0014' },
  payment: cardPayment,
  can: { submit: false, renew: true },
};

const verifyingCheckout: Checkout = {
  ...checkout,
  verifying: true,
  method: 'CREDITCARD',
  payment: cardPayment,
  can: { submit: false, renew: false },
};

const paidOrder: MerchantOrder = {
  ...checkout,
  status: 'PAID',
  method: 'CREDITCARD',
  payment: { ...cardPayment, installments: 1, amount: 123.45, total: 123.45 },
  can: { submit: false, renew: false },
  sequence: 2,
  amount_owed: 123.45,
  amount_received: 123.45,
  refunded_amount: null,
  paid_twice: false,
  stored_card: null,
  attempts: [
    {
      payment_token: token,
      status: 'PAID',
      verifying: false,
      method: 'CREDITCARD',
      installments: 1,
      decline: null,
      amount_received: 123.45,
      refunded_amount: null,
      hold_decision: null,
      created_at: at,
    },
  ],
};

function decidedOrder(kind: 'capture' | 'cancel', amount: number | null): MerchantOrder {
  const status = kind === 'capture' ? 'PAID' : 'CANCELED';
  const decision = { kind, amount, decided_at: '2026-11-21T09:30:00.000Z', request_id: 'shop-req-0002' };
  return {
    ...paidOrder,
    status,
    sequence: 3,
    amount_owed: amount ?? paidOrder.amount_owed,
    amount_received: amount,
    attempts: paidOrder.attempts.map(attempt => ({
      ...attempt,
      status,
      amount_received: amount,
      hold_decision: decision,
    })),
  };
}

const refund: RefundView = {
  refund_id: `rf_${token}_7`,
  payment_token: token,
  attempt_token: token,
  amount: 23.45,
  currency: 'BRL',
  status: 'REQUESTED',
  verifying: false,
  failure: null,
  psp_refund_id: '1042',
  created_at: at,
};

const person: z.input<typeof personRequest> = {
  person_firstname: 'Marina',
  person_surname: 'Azevedo',
  person_taxid: '39784045087',
  person_email: 'marina@example.com',
  person_birth: '1990-04-17',
  disable_address: true,
  // LetPay’s own test card.
  card_number: '4012001037141112',
  card_holder: 'MARINA AZEVEDO',
  card_cvv: '123',
  card_month: 12,
  card_year: 2030,
};

const stored: z.infer<typeof storedCard> = {
  public_person_id: 'PER-3d0b2c9e',
  public_card_id: 'CAR-8f6d2c1a',
};

const { totals, customer_fees } = checkout;

const webhook: WebhookEvent = {
  type: 'order.paid',
  timestamp: at,
  data: {
    payment_token: token,
    reference_id: 'ORDER-1',
    gateway: 'letpay',
    sequence: 2,
    status: 'PAID',
    previous_status: 'PROCESSING',
    verifying: false,
    attempt: 1,
    attempt_token: token,
    method: 'PIX',
    currency: 'BRL',
    amount_received: 123.45,
    refunded_amount: null,
    paid_twice: false,
    decline: null,
  },
};

const values = {
  newOrder,
  newOrderToHold: { ...newOrder, methods: ['CREDITCARD'], delay_capture: true } satisfies typeof newOrder,
  createdOrder: {
    ...checkout,
    checkout_url: `https://pay.shop.example/pay/${token}`,
  } satisfies z.infer<typeof createdOrder>,
  orderList: { orders: [paidOrder] } satisfies z.infer<typeof orderList>,
  paidOrder,
  captureOfPart: { amount: 100 },
  capturedOrder: decidedOrder('capture', 100),
  canceledOrder: decidedOrder('cancel', null),
  refundOfPart: { amount: 23.45 } satisfies z.input<typeof refundRequest>,
  refundOfBoleto: { pix_key: 'marina@example.com' } satisfies z.input<typeof refundRequest>,
  refund,
  refundInDoubt: { ...refund, status: 'UNKNOWN', verifying: true, psp_refund_id: null } satisfies RefundView,
  refundList: { refunds: [refund] } satisfies z.infer<typeof refundList>,
  newPerson: person,
  storedCard: stored,
  person: {
    public_person_id: stored.public_person_id,
    cards: [
      {
        public_card_id: stored.public_card_id,
        brand: 'visa',
        last4: '1112',
        exp_month: 12,
        exp_year: 2030,
        status: 'ACTIVE',
      },
    ],
  } satisfies PersonView,
  quoteRequest: {
    amount: 123.45,
    asset: 'BRL',
    public_person_id: stored.public_person_id,
  } satisfies z.input<typeof quoteRequest>,
  quote: { totals, customer_fees } satisfies z.infer<typeof quote>,
  tokenPayment: {
    ...stored,
    amount: 123.45,
    asset: 'BRL',
    reference_id: 'ORDER-2',
    card_installments: 1,
  } satisfies z.input<typeof tokenPaymentRequest>,
  contractList: {
    contracts: [
      {
        id: '4239d673-b23e-42a1-81bd-87d0984fb173',
        name: 'Online sales',
        type: 'GATEWAY',
        active: true,
        methods: ['CREDITCARD', 'BOLETO', 'PIX'],
      },
    ],
  } satisfies z.infer<typeof contractList>,
  checkout,
  checkoutWithPix,
  declinedCheckout,
  verifyingCheckout,
  newCard: {
    method: 'CREDITCARD',
    card_number: '4012001037141112',
    card_holder: 'MARINA AZEVEDO',
    card_cvv: '123',
    card_month: 12,
    card_year: 2030,
    card_installments: 2,
  },
  debitCard: {
    method: 'DEBITCARD',
    card_number: '4012001037141112',
    card_holder: 'MARINA AZEVEDO',
    card_cvv: '123',
    card_month: 12,
    card_year: 2030,
    authentication: {
      cavv: 'AAABBEg0VhI0VniQEjRWAAAAAAA=',
      xid: 'MDAwMDAwMDAwMDAwMDAwMDAwMDE=',
      eci: '05',
      version: '2.2.0',
      dstrans_id: 'c4e59ceb-a382-4d6a-bc87-385d591fa09d',
    },
  },
  savedCard: { method: 'CREDITCARD', public_card_id: stored.public_card_id, card_installments: 1 },
  pix: { method: 'PIX' },
  webhook,
  alive: { status: 'ok' },
  ready: { status: 'ready' },
  notReady: { status: 'store unavailable' },
} as const;

const summaries: Readonly<Record<ExampleName, string>> = {
  newOrder: 'A new order',
  newOrderToHold: 'A card’s money to be held',
  createdOrder: 'The order was made',
  orderList: 'One order',
  paidOrder: 'Paid by card',
  captureOfPart: 'A part',
  capturedOrder: 'A part was taken',
  canceledOrder: 'Given up',
  refundOfPart: 'A part of a card payment or a Pix',
  refundOfBoleto: 'A boleto, to a Pix key',
  refund: 'Asked for',
  refundInDoubt: 'Its answer was lost',
  refundList: 'One refund',
  newPerson: 'A person and a card',
  storedCard: 'Names to keep',
  person: 'One card',
  quoteRequest: 'A stored person',
  quote: 'Without fees',
  tokenPayment: 'A stored card, one payment',
  contractList: 'One contract',
  checkout: 'New',
  checkoutWithPix: 'A Pix code waits to be paid',
  declinedCheckout: 'The bank said no',
  verifyingCheckout: 'The outcome is unknown',
  newCard: 'A card that was typed in',
  debitCard: 'A debit card',
  savedCard: 'A saved card',
  pix: 'Pix',
  webhook: 'An order was paid',
  alive: 'Alive',
  ready: 'Ready',
  notReady: 'Not ready',
};

export type ExampleName = keyof typeof values;

export const examples: Readonly<Record<ExampleName, { readonly summary: string; readonly value: unknown }>> =
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { summary: summaries[name as ExampleName], value }]),
  ) as Record<ExampleName, { summary: string; value: unknown }>;
