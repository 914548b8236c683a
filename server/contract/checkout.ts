/**
 * The Checkout: the one resource that answers every browser call and every event of the feed.
 * Source of the shape: product.md sections 2.3 and 2.4.
 *
 * Amounts here are JSON numbers in major units (`123.45`) because this is the border; inside, both sides count integer
 * minor units. Times are ISO 8601 in UTC, dates are `YYYY-MM-DD`.
 */
import { z } from 'zod';

/** Every word that an attempt’s status can be. Old LetPay words are translated before they get here. */
export const statuses = [
  'CREATED',
  'PROCESSING',
  'PRE_AUTHORIZED',
  'PAID',
  'PARTIALLY_REFUNDED',
  'REFUNDED',
  'DECLINED',
  'CANCELED',
  'ERROR',
  'IN_ANALYSIS',
  'DISPUTE',
  'DISPUTE_REFUNDED',
  'DISPUTE_RECOVERED',
  'DISPUTE_FINAL',
  'POST_REFUND_DISPUTE',
  'UNKNOWN',
] as const;

/** The methods that the tag can show. A PSP may offer more; those are left out of a Checkout. */
export const methods = ['CREDITCARD', 'DEBITCARD', 'BOLETO', 'PIX', 'PAYCASH', 'REDIRECT'] as const;

/** The card brands that a shop can say it takes. */
export const acceptedBrands = [
  'visa',
  'mastercard',
  'elo',
  'hipercard',
  'amex',
  'hiper',
  'aura',
  'cabal',
  'carnet',
  'diners',
  'discover',
  'maestro',
  'naranja',
] as const;

/** Why the PSP said no, in words that a shopper’s next step can be read from. */
export const declineReasons = [
  'insufficient_funds',
  'invalid_card_data',
  'invalid_security_code',
  'expired_card',
  'blocked_card',
  'call_issuer',
  'not_permitted',
  'limit_exceeded',
  'suspected_fraud',
  'invalid_payer',
  'processing_error',
  'unknown',
] as const;

/** The step most likely to work after a decline. */
export const declineActions = [
  'fix_data',
  'call_bank',
  'other_card',
  'fewer_installments',
  'pay_by_pix',
] as const;

export const money = z.number().finite().nonnegative();

/** There, and true, only when the PSP named an amount that cannot be read: null beside PAID is not “nothing came in”. */
export const amountsUnreadable = z.literal(true).optional();

const isoTime = z.iso.datetime({ precision: 3 });
const httpsUrl = z.url({ protocol: /^https$/ });

export const pixInstrument = z.object({
  method: z.literal('PIX'),
  /** BR Code, also called “Pix Copia e Cola”. */
  code: z.string().min(1),
  amount: money,
  /** Plain base64 PNG. The tag draws the code itself and falls back to this only when it cannot. */
  qr_code_png: z.string().nullable(),
  /** Null when the PSP gives none: then there is no countdown. */
  expires_at: isoTime.nullable(),
});

export const boletoInstrument = z.object({
  method: z.literal('BOLETO'),
  /** As the PSP sent it: with or without dots and spaces. */
  code: z.string().min(1),
  amount: money,
  due_date: z.iso.date().nullable(),
  /** The bank’s own page as plain text. Never put it into a page that is not a script-less sandbox. */
  html: z.string().nullable(),
});

export const paycashInstrument = z.object({
  method: z.literal('PAYCASH'),
  /** Opaque: 13 or 16 characters by the documents, no known check digit. */
  barcode: z.string().min(1),
  amount: money,
  due_date: z.iso.date().nullable(),
  barcode_png: z.string().nullable(),
  instructions_link: httpsUrl.nullable(),
});

export const redirectInstrument = z.object({
  method: z.literal('REDIRECT'),
  /** https, or http on a loopback address in test mode. */
  url: z.url({ protocol: /^https?$/ }),
  label: z.string(),
});

export const instrument = z.discriminatedUnion('method', [
  pixInstrument,
  boletoInstrument,
  paycashInstrument,
  redirectInstrument,
]);

export const decline = z.object({
  reason: z.enum(declineReasons),
  action: z.enum(declineActions),
  /** The PSP’s own code, for the merchant’s support; null when it gave none. */
  code: z.string().nullable(),
});

/** One row of the installment table: `installments` payments of `amount`, `total` in all. */
export const installmentPlan = z.object({ installments: z.int().positive(), amount: money, total: money });

/**
 * What was submitted, of the attempt that the status speaks of. Null where it is not known: an attempt that was submitted
 * elsewhere, or before the proxy kept this.
 */
export const payment = z.object({
  method: z.enum(methods),
  installments: z.int().positive().nullable(),
  /** Of one installment. */
  amount: money.nullable(),
  total: money.nullable(),
  /** As in `saved_cards`. */
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  /** When it was submitted. */
  at: isoTime.nullable(),
});

export const totals = z.object({
  amount: money,
  asset: z.string(),
  original_amount: money,
  original_asset: z.string(),
  customer_fees: money,
  /** What the shopper pays: `amount` and the fees that are the shopper’s. */
  customer_amount: money,
});

export const savedCard = z.object({
  public_card_id: z.string(),
  brand: z.string(),
  last4: z.string(),
  exp_month: z.int().min(1).max(12),
  exp_year: z.int(),
});

export const checkout = z.object({
  /** The page’s token. It never changes, whatever number of attempts stand behind it. */
  payment_token: z.string(),
  gateway: z.string(),
  /** Of the newest attempt, except that a payment on any attempt makes it PAID. */
  status: z.enum(statuses),
  /** A submission left and its outcome is unknown. Only the PSP’s word ends it. */
  verifying: z.boolean(),
  attempt: z.int().positive(),
  method: z.enum(methods).nullable(),
  reference_id: z.string(),
  country: z.string(),
  currency: z.string(),
  methods: z.array(z.enum(methods)),
  installments: z.array(installmentPlan),
  /** Null only for a payment that was made elsewhere and is known by its token alone. */
  totals: totals.nullable(),
  customer_fees: z.array(z.object({ name: z.string(), amount: money, asset: z.string() })),
  instrument: instrument.nullable(),
  decline: decline.nullable(),
  /** Null until something is submitted. */
  payment: payment.nullable(),
  saved_cards: z.array(savedCard),
  /** `save_card`: the merchant lets the shopper store a card; left out means no. */
  can: z.object({ submit: z.boolean(), renew: z.boolean(), save_card: z.boolean().optional() }),
  /** Of the shop, for a page that shows more than the tag; null where the operator gave none. */
  merchant_name: z.string().nullable(),
  /** What the card row shows before a number is typed, in the words above; empty where no card is taken. */
  card_brands: z.array(z.string()),
  return_url: z.string().nullable(),
  expires_at: isoTime.nullable(),
  test_mode: z.boolean(),
  /** The proxy’s clock when it answered, so that a page can count down without trusting its own. */
  now: isoTime,
});

export type Status = (typeof statuses)[number];
export type Method = (typeof methods)[number];
/** Paid by what the shopper types in; all others are paid elsewhere. */
export type CardMethod = Extract<Method, 'CREDITCARD' | 'DEBITCARD'>;

export function isCardMethod(method: Method): method is CardMethod {
  return method === 'CREDITCARD' || method === 'DEBITCARD';
}

export type AcceptedBrand = (typeof acceptedBrands)[number];
export type DeclineReason = (typeof declineReasons)[number];
export type DeclineAction = (typeof declineActions)[number];
export type PixInstrument = z.infer<typeof pixInstrument>;
export type BoletoInstrument = z.infer<typeof boletoInstrument>;
export type PaycashInstrument = z.infer<typeof paycashInstrument>;
export type RedirectInstrument = z.infer<typeof redirectInstrument>;
export type Instrument = z.infer<typeof instrument>;
export type Decline = z.infer<typeof decline>;
export type InstallmentPlan = z.infer<typeof installmentPlan>;
export type Totals = z.infer<typeof totals>;
export type Payment = z.infer<typeof payment>;
export type SavedCard = z.infer<typeof savedCard>;
export type Checkout = z.infer<typeof checkout>;
