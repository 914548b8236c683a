/**
 * unknown → Checkout, by hand: a schema library would weigh more than the rest of the widget. Agrees with
 * server/contract/checkout.ts (a test holds them together) but for words that this tag does not know yet, because a newer
 * proxy must not break it: an unknown status is UNKNOWN, an unknown reason `unknown`, an unknown action `other_card`;
 * unknown methods are dropped and an unknown instrument is none.
 */
import type {
  Checkout,
  DeclineAction,
  DeclineReason,
  Instrument,
  Method,
  Status,
} from '../../server/contract/checkout.ts';
import { type RefusedField, UnreadableError } from './errors.ts';

/** Throws an UnreadableError that names `path` (JSON Pointer) when the value is not a T. */
type Read<T> = (value: unknown, path: string) => T;

const statuses =
  'CREATED PROCESSING PRE_AUTHORIZED PAID PARTIALLY_REFUNDED REFUNDED DECLINED CANCELED ERROR IN_ANALYSIS DISPUTE DISPUTE_REFUNDED DISPUTE_RECOVERED DISPUTE_FINAL POST_REFUND_DISPUTE UNKNOWN';
const methods = 'CREDITCARD DEBITCARD BOLETO PIX PAYCASH REDIRECT';
const reasons =
  'insufficient_funds invalid_card_data invalid_security_code expired_card blocked_card call_issuer not_permitted limit_exceeded suspected_fraud invalid_payer processing_error unknown';
const actions = 'fix_data call_bank other_card fewer_installments pay_by_pix';

function check<T>(accepts: (value: unknown) => boolean): Read<T> {
  return (value, path) => {
    if (!accepts(value)) throw new UnreadableError(path);
    return value as T;
  };
}

const text = check<string>(value => typeof value === 'string');
const someText = check<string>(value => typeof value === 'string' && value !== '');
const flag = check<boolean>(value => typeof value === 'boolean');
const optionalFlag: Read<boolean | undefined> = (value, path) =>
  value === undefined ? value : flag(value, path);
const money = check<number>(value => Number.isFinite(value) && (value as number) >= 0);
const integer = check<number>(Number.isSafeInteger);
const count = check<number>(value => Number.isSafeInteger(value) && (value as number) > 0);
const month = check<number>(
  value => Number.isInteger(value) && (value as number) > 0 && (value as number) < 13,
);

function isTime(value: unknown): boolean {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value;
}

const time = check<string>(isTime);
const date = check<string>(value => isTime(`${value}T00:00:00.000Z`));

/** An absolute address whose beginning is `allowed`: what else would parse (`javascript:`) must never become a link. */
function url(allowed: RegExp): Read<string> {
  return (value, path) => {
    const address = text(value, path).trim();
    try {
      if (allowed.test(address) && new URL(address)) return address;
    } catch {
      // No address at all: refused below like one that is not allowed.
    }
    throw new UnreadableError(path);
  };
}

function nullable<T>(read: Read<T>): Read<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

function list<T>(read: Read<T>): Read<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new UnreadableError(path);
    return value.map((item, i) => read(item, `${path}/${i}`));
  };
}

function record<T extends object>(readers: { readonly [K in keyof T]-?: Read<T[K]> }): Read<T> {
  return (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableError(path);
    const fields = value as Readonly<Record<string, unknown>>;
    const result: Partial<T> = {};
    for (const key in readers) {
      const read = readers[key](fields[key], `${path}/${key}`);
      if (read !== undefined) result[key] = read;
    }
    return result as T;
  };
}

/** A word of a list written with spaces; a word that is not in it becomes `otherwise`. */
function word<T extends string, U>(words: string, otherwise: U): Read<T | U> {
  return (value, path) => (words.split(' ').includes(text(value, path)) ? (value as T) : otherwise);
}

const method = word<Method, null>(methods, null);

/** What each instrument has beside its method. */
const instruments: {
  readonly [M in Instrument['method']]: Read<Omit<Extract<Instrument, { method: M }>, 'method'>>;
} = {
  PIX: record({
    code: someText,
    amount: money,
    qr_code_png: nullable(text),
    expires_at: nullable(time),
  }),
  BOLETO: record({
    code: someText,
    amount: money,
    due_date: nullable(date),
    html: nullable(text),
  }),
  PAYCASH: record({
    barcode: someText,
    amount: money,
    due_date: nullable(date),
    barcode_png: nullable(text),
    instructions_link: nullable(url(/^https:/i)),
  }),
  REDIRECT: record({ url: url(/^https?:\/\//i), label: text }),
};

const named = record<{ method: string }>({ method: text });

function instrument(value: unknown, path: string): Instrument | null {
  if (value === null) return null;
  const { method } = named(value, path);
  if (!Object.hasOwn(instruments, method)) return null;
  return { method, ...instruments[method as Instrument['method']](value, path) } as Instrument;
}

const checkout = record<Checkout>({
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
  instrument,
  decline: nullable(
    record({
      reason: word<DeclineReason, DeclineReason>(reasons, 'unknown'),
      action: word<DeclineAction, DeclineAction>(actions, 'other_card'),
      code: nullable(text),
    }),
  ),
  saved_cards: list(
    record({ public_card_id: text, brand: text, last4: text, exp_month: month, exp_year: integer }),
  ),
  can: record({ submit: flag, renew: flag, save_card: optionalFlag }),
  return_url: nullable(text),
  expires_at: nullable(time),
  test_mode: flag,
  now: time,
});

/** Throws an UnreadableError that names the first wrong path. */
export function readCheckout(value: unknown): Checkout {
  return checkout(value, '');
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
