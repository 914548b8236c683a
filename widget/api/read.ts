/**
 * unknown → Checkout, as far as the first screen needs it. Agrees with server/contract/checkout.ts (a test holds them
 * together) but for words that this tag does not know yet, because a newer proxy must not break it: an unknown status is
 * UNKNOWN, unknown methods are dropped. What a submission adds is read by `read-checkout.ts`, which loads later.
 */
import type { Checkout, Method, Status } from '../../server/contract/checkout.ts';
import type { RefusedField } from './errors.ts';
import {
  count,
  flag,
  integer,
  list,
  money,
  month,
  nullable,
  optionalFlag,
  record,
  text,
  time,
  word,
} from './json-reader.ts';

/** What a Checkout has only once something was submitted; null before. */
export type Outcome = Pick<Checkout, 'instrument' | 'decline' | 'payment'>;

const statuses =
  'CREATED PROCESSING PRE_AUTHORIZED PAID PARTIALLY_REFUNDED REFUNDED DECLINED CANCELED ERROR IN_ANALYSIS DISPUTE DISPUTE_REFUNDED DISPUTE_RECOVERED DISPUTE_FINAL POST_REFUND_DISPUTE UNKNOWN';
const methods = 'CREDITCARD DEBITCARD BOLETO PIX PAYCASH REDIRECT';

export const method = word<Method, null>(methods, null);

/** All of a Checkout but what a submission makes of it. */
export const readOffer = record<Omit<Checkout, keyof Outcome>>({
  payment_token: text,
  gateway: text,
  status: word<Status, Status>(statuses, 'UNKNOWN'),
  verifying: flag,
  attempt: count,
  method: nullable(method),
  reference_id: text,
  country: text,
  currency: text,
  methods: (value, path) => list(method)(value, path).filter(known => known !== null),
  installments: list(record({ installments: count, amount: money, total: money })),
  totals: nullable(
    record({
      amount: money,
      asset: text,
      original_amount: money,
      original_asset: text,
      customer_fees: money,
      customer_amount: money,
    }),
  ),
  customer_fees: list(record({ name: text, amount: money, asset: text })),
  saved_cards: list(
    record({ public_card_id: text, brand: text, last4: text, exp_month: month, exp_year: integer }),
  ),
  can: record({ submit: flag, renew: flag, save_card: optionalFlag }),
  // A proxy that is older than the tag tells neither.
  merchant_name: (value, path) => nullable(text)(value ?? null, path),
  card_brands: (value, path) => list(text)(value ?? [], path),
  return_url: nullable(text),
  expires_at: nullable(time),
  test_mode: flag,
  now: time,
});

/**
 * The Checkout while nothing was submitted; null when something was. Throws an UnreadableError that names the first wrong
 * path.
 */
export function readUnsubmitted(value: unknown): Checkout | null {
  const offer = readOffer(value, '');
  const { instrument, decline, payment } = value as Readonly<Record<keyof Outcome, unknown>>;
  return offer.can.submit && instrument === null && decline === null && payment === null
    ? { ...offer, instrument, decline, payment }
    : null;
}

/** What can be used of an error reply. Never throws: anything between us and the proxy may have answered. */
export function readProblem(
  value: unknown,
  status: number,
): { code: string; requestId: string | null; fields: RefusedField[] } {
  const { code, request_id, errors } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return {
    code: typeof code === 'string' ? code : `http_${status}`,
    requestId: typeof request_id === 'string' ? request_id : null,
    fields: (Array.isArray(errors) ? errors : []).flatMap((error: unknown) => {
      const { pointer, code } = (error ?? {}) as Readonly<Record<string, unknown>>;
      return typeof pointer === 'string' && typeof code === 'string' ? { pointer, code } : [];
    }),
  };
}
