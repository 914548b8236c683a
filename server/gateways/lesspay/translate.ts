/**
 * Lesspay’s shapes and ours, both directions, nothing else. Source: facts section 7.2; section 10, row 40 for what the
 * documents contradict each other in. They show the beginning of one answer only, so whatever an answer holds is looked
 * for at any depth, in both spellings (`pay_order_id`, `payOrderId`).
 */
import type { AttemptReport } from '../../checkout/checkout-record.ts';
import type { Status } from '../../contract/checkout.ts';
import { currencyDigits } from '../../contract/currency.ts';
import type { OrderRequest } from '../../contract/order.ts';
import { toMinor } from '../../money.ts';
import { readRedirectLink } from '../redirect-link.ts';
import { madeAt } from './order-token.ts';

/** Keys as in the documents’ snake case, without the underscores and in lower case. */
type Fields = ReadonlyMap<string, unknown>;

/** No answer of the documents is deeper than three. */
const deepest = 8;

/** Every object in an answer, the outer ones first. */
function objectsIn(value: unknown): Fields[] {
  const found: Fields[] = [];
  let level = [value];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (!Array.isArray(item)) found.push(fieldsOf(item));
      next.push(...Object.values(item));
    }
    level = next;
  }
  return found;
}

function fieldsOf(value: object): Fields {
  return new Map(Object.entries(value).map(([key, field]) => [key.replaceAll('_', '').toLowerCase(), field]));
}

/** A whole number, which the documents write as one or as text. */
function wholeNumber(value: unknown): number | null {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d{1,9}$/.test(value));
  return isNumber && Number.isInteger(Number(value)) ? Number(value) : null;
}

/** The `code` of an answer: four digits by the documents. Null when there is none; it is logged, so nothing longer passes. */
export function readCode(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const code = wholeNumber(fieldsOf(body).get('code'));
  return code !== null && code < 1_000_000 ? code : null;
}

/** “Types: amounts as strings ("100.00")” */
export function amountText(minor: number, currency: string): string {
  const digits = currencyDigits(currency);
  if (digits === 0) return String(minor);
  const text = String(minor).padStart(digits + 1, '0');
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export interface CreateFields {
  readonly token: string;
  readonly order: OrderRequest;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  readonly notificationUrl: string;
  readonly returnUrl: string;
}

/** The body of create-order for a card on Lesspay’s own page: all fields are required (AF:8036405m0). */
export function createBody({ token, order, amount, currency, notificationUrl, returnUrl }: CreateFields) {
  return {
    target_amount: amountText(amount, currency),
    target_currency: currency,
    transaction_type: 'PAY_IN',
    notify_url: order.notification_url ?? notificationUrl,
    request_id: token,
    fail_url: returnUrl,
    success_url: returnUrl,
    product_name: order.soft_descriptor ?? order.reference_id,
    description: order.reference_id,
    way_type: 'CARD_PAYMENT',
    api_version: 'V2',
    pay_access_type: 1,
  };
}

/** Their clock and ours may differ, and an order is sent later than its name is made. */
const queryMarginMs = 60 * 60_000;

/** The body of query-order (AF:393710783e0): every field is text. */
export function queryBody(token: string, now: number) {
  return {
    page: '1',
    page_size: '20',
    start_time: String((madeAt(token) ?? now) - queryMarginMs),
    end_time: String(now + queryMarginMs),
    request_id: token,
  };
}

/** Where the shopper pays; null when the answer holds no link that may be shown. */
export function readCheckoutLink(body: unknown, testMode: boolean): string | null {
  for (const fields of objectsIn(body)) {
    const link = readRedirectLink(fields.get('checkouturl'), testMode);
    if (link !== null) return link;
  }
  return null;
}

/** AF:7883839m0. 11 is for pay-out only. 12 is “paid but the amount differs”: somebody has to look at it. */
const statusByNumber = new Map<number, Status>([
  [0, 'PROCESSING'],
  [1, 'PROCESSING'],
  [2, 'PAID'],
  [3, 'DECLINED'],
  [4, 'CANCELED'],
  [5, 'REFUNDED'],
  [6, 'CANCELED'],
  [12, 'IN_ANALYSIS'],
]);

/** The same in words; SUCCESS and PENDING are what other pages of the documents say. */
const statusByWord = new Map<string, Status>([
  ['PENDING', 'PROCESSING'],
  ['PENDING_CONFIRM', 'PROCESSING'],
  ['PENDING_PAY', 'PROCESSING'],
  ['SUCCEED', 'PAID'],
  ['SUCCESS', 'PAID'],
  ['FAILED', 'DECLINED'],
  ['CANCELED', 'CANCELED'],
  ['CANCELLED', 'CANCELED'],
  ['REFUND', 'REFUNDED'],
  ['CLOSED', 'CANCELED'],
  ['PAID', 'IN_ANALYSIS'],
]);

/** Null when there is none. A status that nobody knows, and a number and a word that do not agree, are UNKNOWN. */
function readStatus(fields: Fields): Status | null {
  const [number, word] = [fields.get('orderstatusint'), fields.get('orderstatus')];
  const said = [
    ...(number === undefined || number === null ? [] : [statusByNumber.get(wholeNumber(number) ?? -1)]),
    // The number stands under the name of the word in some places.
    ...(typeof word === 'number' ? [statusByNumber.get(word)] : []),
    ...(typeof word === 'string' && word !== '' ? [statusByWord.get(word.trim().toUpperCase())] : []),
  ];
  if (said.length === 0) return null;
  return said.every(status => status === said[0]) ? (said[0] ?? 'UNKNOWN') : 'UNKNOWN';
}

/** What query-order says about one order. */
export type QueryReading =
  | { readonly kind: 'found'; readonly report: AttemptReport; readonly currency: string | null }
  /** Lesspay has no order of this name. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' };

/**
 * The order of this name in the answer to query-order. Its shape is not documented. An order without a name is not taken
 * for ours, because the PSP may have passed over what was asked for; “no such order” is believed of an empty list only.
 */
export function readQuery(
  body: unknown,
  token: string,
  currency: string | null,
  testMode: boolean,
): QueryReading {
  const orders = objectsIn(body).filter(fields => readStatus(fields) !== null);
  const ours = orders.find(fields => fields.get('requestid') === token);
  if (ours) return readOrder(ours, currency, testMode);
  return orders.length === 0 && isEmpty(body) ? { kind: 'none' } : { kind: 'unreadable' };
}

function isEmpty(body: unknown): boolean {
  if (typeof body !== 'object' || body === null) return false;
  const data = fieldsOf(body).get('data');
  if (data === undefined || data === null) return true;
  if (typeof data !== 'object') return false;
  const parts = Array.isArray(data) ? [data] : Object.values(data).filter(Array.isArray);
  return parts.length > 0 && parts.every(part => part.length === 0);
}

/** Names that a received amount might have; the documents name none (facts section 11, row 10). */
const receivedNames = ['actualamount', 'receivedamount', 'amountreceived', 'paidamount', 'payamount'];

function readOrder(fields: Fields, currency: string | null, testMode: boolean): QueryReading {
  const status = readStatus(fields) ?? 'UNKNOWN';
  const named = fields.get('targetcurrency');
  const asset = typeof named === 'string' && named !== '' ? named.toUpperCase() : currency;
  // Amounts of another currency than the checkout’s would be told as if they were of this one.
  const isComparable = asset !== null && (currency === null || asset === currency);
  /** Null: something stands there, and it is no amount of this currency. */
  const amountAt = (...names: string[]): number | null | undefined => {
    const value = names.map(name => fields.get(name)).find(found => found !== undefined && found !== null);
    if (value === undefined) return undefined;
    const isText = typeof value === 'number' || typeof value === 'string';
    return isComparable && isText ? toMinor(value, asset) : null;
  };
  // In this order only: the link of another one would lead the shopper to pay for somebody else.
  const link = status === 'PROCESSING' ? readCheckoutLink(Object.fromEntries(fields), testMode) : null;
  const hasMoney = status === 'PAID' || status === 'REFUNDED' || status === 'IN_ANALYSIS';
  // SUCCEED means in full. A refund may be of another amount than was asked for.
  const inFull = status === 'PAID' ? ['targetamount'] : [];
  const amountReceived = hasMoney ? amountAt(...receivedNames, ...inFull) : undefined;
  const refundedAmount =
    status === 'REFUNDED' ? amountAt('refundamount', ...receivedNames, 'targetamount') : undefined;
  return {
    kind: 'found',
    currency: asset,
    report: {
      status,
      method: 'REDIRECT',
      // Why a card was not taken is told by an event of its own, in codes without a published meaning.
      // No document calls FAILED final; the diagram that may do so is a picture.
      mayBePaidYet: status === 'DECLINED',
      decline: status === 'DECLINED' ? { reason: 'unknown', action: 'other_card', code: null } : null,
      instrument: link === null ? undefined : { method: 'REDIRECT', url: link, label: '' },
      linkLost: status === 'PROCESSING' && link === null,
      amountReceived: amountReceived ?? undefined,
      refundedAmount: refundedAmount ?? undefined,
      ...((amountReceived === null || refundedAmount === null) && { amountsUnreadable: true }),
    },
  };
}

/** The names that a callback has for our order; null when it has none. */
export function readRequestId(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return null;
    const name = fieldsOf(value).get('requestid');
    return typeof name === 'string' && name.length <= 64 ? name : null;
  } catch {
    return null;
  }
}
