/**
 * Letsia’s shapes and ours, nothing else. Source: Client API Integration Guide; facts section 8, and section 10, rows 41
 * and 42.
 */
import type { AttemptReport } from '../../checkout/checkout-record.ts';
import type { RedirectInstrument, Status } from '../../contract/checkout.ts';
import type { OrderRequest } from '../../contract/order.ts';
import type { FieldCode, FieldProblem } from '../../contract/problem.ts';
import { askedMinor, toMinor } from '../../money.ts';
import { type Fields, fieldsOf, firstText } from '../fields.ts';
import type { Refused } from '../gateway.ts';
import type { Answer } from '../psp-http.ts';
import { readRedirectLink } from '../redirect-link.ts';

/** An invoice as Letsia tells of it. */
export interface Invoice {
  /** `INV-…`: unguessable, so it can name a checkout. */
  readonly code: string | null;
  /** `UID-1-001` */
  readonly number: string | null;
  /** Letsia’s word in lower case. */
  readonly word: string;
  /** Minor units; null when it is no amount of the currency. */
  readonly amount: number | null;
  readonly methods: readonly PaymentMethod[];
}

export interface PaymentMethod {
  readonly id: number | null;
  readonly link: string | null;
  readonly word: string;
}

/** The invoice in an answer; null when it holds none. The guide’s shape is `{status, message, data}`. */
export function readInvoice(body: unknown, currency: string): Invoice | null {
  const answer = fieldsOf(body);
  const data = fieldsOf(answer['data']);
  const word = firstText(data, 'status');
  const code = firstText(data, 'code');
  const number = firstText(data, 'invoice_number');
  if (answer['status'] === false || word === null || (code === null && number === null)) return null;
  const methods = data['payment_methods'];
  return {
    code,
    number,
    word: word.trim().toLowerCase(),
    amount: amountOf(data['amount'], currency),
    methods: (Array.isArray(methods) ? methods : []).map(readMethod),
  };
}

/** Sent as a number, answered as a text. */
function amountOf(value: unknown, currency: string): number | null {
  return typeof value === 'number' || typeof value === 'string' ? toMinor(value, currency) : null;
}

function readMethod(value: unknown): PaymentMethod {
  const fields = fieldsOf(value);
  return {
    id: typeof fields['id'] === 'number' ? fields['id'] : null,
    link: firstText(fields, 'payment_link'),
    word: (firstText(fields, 'payment_status') ?? '').toLowerCase(),
  };
}

/**
 * Row 41: the words come in any case. `request_refund`: the money is there, and was asked back. `refunded` is not
 * documented; it is what one would expect to follow.
 */
const statusWords: Readonly<Record<string, Status>> = {
  pending: 'PROCESSING',
  paid: 'PAID',
  request_refund: 'PAID',
  refunded: 'REFUNDED',
  failed: 'DECLINED',
  cancelled: 'CANCELED',
  canceled: 'CANCELED',
};

/** A word that nobody knows is UNKNOWN, and so is a failed invoice with a method that was paid. */
export function statusOf(invoice: Pick<Invoice, 'word' | 'methods'>): Status {
  const { word } = invoice;
  const status = Object.hasOwn(statusWords, word) ? statusWords[word] : undefined;
  if (status === 'DECLINED' && hasPaidMethod(invoice)) return 'UNKNOWN';
  return status ?? 'UNKNOWN';
}

function hasPaidMethod({ methods }: Pick<Invoice, 'methods'>): boolean {
  return methods.some(({ word }) => word === 'paid');
}

/** Row 41: `SBOX-` stands on the number in the sample, on the code in the text. */
export function isSandboxInvoice({ code, number }: Pick<Invoice, 'code' | 'number'>): boolean {
  return [code, number].some(id => id?.toUpperCase().startsWith('SBOX-'));
}

/**
 * Where the shopper pays: the link of the first of `wanted` that has one, named by the tag in the shopper’s language. `public_payment_url` is not taken: the documents
 * only name it, and nothing says that it can be paid on while the methods have no link, so it might lead to a dead end.
 */
export function readLink(
  { methods }: Pick<Invoice, 'methods'>,
  wanted: readonly number[],
  testMode: boolean,
): RedirectInstrument | null {
  const rank = ({ id }: PaymentMethod) =>
    id !== null && wanted.includes(id) ? wanted.indexOf(id) : wanted.length;
  const links = methods
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ link }) => readRedirectLink(link, testMode));
  const url = links.find(link => link !== null);
  return url === undefined ? null : { method: 'REDIRECT', url, label: '' };
}

/** What an invoice says about an attempt. */
export function reportOf(invoice: Invoice, instrument: RedirectInstrument | null): AttemptReport {
  const status = statusOf(invoice);
  const canceledPaid = status === 'CANCELED' && hasPaidMethod(invoice);
  const isPaid = status === 'PAID' || status === 'REFUNDED' || canceledPaid;
  return {
    status,
    method: 'REDIRECT',
    instrument: instrument ?? undefined,
    // Letsia gives no reason.
    decline: status === 'DECLINED' ? { reason: 'unknown', action: 'pay_by_pix', code: null } : null,
    // The sandbox moves `failed` back to `paid`, and no document calls it final.
    mayBePaidYet: status === 'DECLINED',
    // “Rule: invoice must be paid”, of the call that cancels.
    ...(status === 'CANCELED' && { mayUndoPaid: true }),
    // An invoice is paid wholly or not at all.
    amountReceived: isPaid ? (invoice.amount ?? undefined) : undefined,
    refundedAmount: status === 'REFUNDED' ? (invoice.amount ?? undefined) : undefined,
    ...(isPaid && invoice.amount === null && { amountsUnreadable: true }),
  };
}

/** The body of `POST /invoices`. The title is what the shopper sees, and the only place for the merchant’s reference. */
export function invoiceBody(order: OrderRequest, paymentMethods: readonly number[]): Fields {
  return {
    customer_email: order.person_email,
    amount: order.amount,
    title: order.reference_id,
    payment_methods: paymentMethods,
  };
}

/** What of an order Letsia cannot do. Nothing was sent then. */
export function unfitFor(order: OrderRequest): Refused | null {
  const unfit = (pointer: string, code: FieldCode, detail: string): Refused => ({
    kind: 'refused',
    detail: 'Letsia cannot take this order; nothing was sent.',
    errors: [{ pointer, code, detail }],
  });
  if (order.methods && !order.methods.includes('REDIRECT'))
    return unfit('/methods', 'not_offered', 'Letsia offers REDIRECT only');
  if (order.delay_capture) return unfit('/delay_capture', 'not_offered', 'Letsia cannot hold money');
  // Letsia’s calls name no currency: it is the account’s, and the order’s `asset` is taken for it.
  if (order.payment_currency !== undefined && order.payment_currency !== order.asset)
    return unfit('/payment_currency', 'not_offered', 'Letsia converts nothing');
  if (askedMinor(order.amount, order.asset) === null)
    return unfit('/amount', 'invalid', 'has more decimals than the currency');
  return null;
}

const pointers: Readonly<Record<string, string>> = {
  customer_email: '/person_email',
  amount: '/amount',
  title: '/reference_id',
  payment_methods: '/methods',
};

/** Only an answer of these looked at the data and did nothing. */
const definite: ReadonlySet<number> = new Set([400, 404, 409, 422]);

/**
 * A definite refusal. The guide shows a message only; Laravel’s own `errors: {field: [text]}` is read where it comes. Their
 * text is not passed on, because it may quote a value.
 */
export function refusalOf({ status, body }: Answer): Refused | null {
  if (!definite.has(status)) return null;
  return {
    kind: 'refused',
    detail: `The payment provider refused the data (${status}).`,
    errors: fieldProblems(body),
  };
}

/**
 * The refusal of a refund or a cancellation, which move a paid invoice. Letsia has no codes, so the guide’s words have to
 * do (“invoice not found”, “invoice not paid”): the same status without them may come of a gateway in between, after
 * Letsia has acted. Null: the outcome is unknown.
 */
export function namedRefusal(answer: Answer): 'not_paid' | Refused | null {
  const message = fieldsOf(answer.body)['message'];
  const says = (words: RegExp) => typeof message === 'string' && words.test(message);
  if (answer.status === 422 && says(/\bpaid\b/i)) return 'not_paid';
  return answer.status === 404 && says(/\binvoice not found\b/i) ? refusalOf(answer) : null;
}

function fieldProblems(body: unknown): FieldProblem[] {
  const names = Object.keys(fieldsOf(fieldsOf(body)['errors'])).map(path => path.split('.')[0] ?? '');
  return [...new Set(names)].flatMap(name => {
    const pointer = pointers[name];
    return pointer === undefined ? [] : [{ pointer, code: 'invalid', detail: 'refused by the PSP' }];
  });
}
