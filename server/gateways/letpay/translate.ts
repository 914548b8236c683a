/**
 * LetPay’s shapes and ours, both directions, nothing else. Copes with every contradiction of facts section 10 that
 * concerns payments; the row numbers below are of that table.
 */
import type { AttemptReport, Offer } from '../../checkout/checkout-record.ts';
import {
  type Decline,
  type Instrument,
  type Method,
  methods,
  type Status,
  statuses,
} from '../../contract/checkout.ts';
import type { OrderRequest } from '../../contract/order.ts';
import type { Submission } from '../../contract/submission.ts';
import { toMinor } from '../../money.ts';
import { type Fields, fieldsOf, firstText } from '../fields.ts';
import type { CreatedOrder, OrderTerms, Terms } from '../gateway.ts';
import { readCancellation, readDecline } from './failure.ts';
import { inflateHtml, inflatePng } from './inflate.ts';
import { markedExtraData } from './order-mark.ts';

/** Row 8: amounts are numbers in one place and strings in another. */
function amountOf(value: unknown, currency: string): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null;
  const minor = toMinor(value, currency);
  return minor === null || minor < 0 ? null : minor;
}

/** Something stands there, and it is no amount of this currency. */
function isUnreadable(value: unknown, currency: string): boolean {
  return value !== undefined && value !== null && value !== '' && amountOf(value, currency) === null;
}

/** Row 2. APPROVED and the like are the classic words; their counterparts are inferred, not documented. */
const oldWords: Record<string, Status> = {
  APPROVED: 'PAID',
  REJECTED: 'DECLINED',
  CANCELLED: 'CANCELED',
  CHARGED_BACK: 'DISPUTE_FINAL',
  IN_MEDIATION: 'DISPUTE',
};

/** The status in an answer, or null when it holds none. A word that nobody knows is UNKNOWN, never a failure. */
export function readStatusWord(body: unknown): Status | null {
  // Row 1: the order in which two keys in one answer are believed.
  const word = firstText(
    fieldsOf(body),
    'transactionStatus',
    'transaction_status',
    'paymentStatus',
    'payment_status',
  );
  if (word === null) return null;
  const upper = word.toUpperCase();
  return statuses.find(status => status === upper) ?? oldWords[upper] ?? 'UNKNOWN';
}

/** Row 4. */
export function readPaymentToken(body: unknown): string | null {
  const fields = fieldsOf(body);
  return (
    firstText(fieldsOf(fields['payment']), 'payment_token') ??
    firstText(fields, 'payment_token', 'paymentToken')
  );
}

/** The body of `POST /payment`: our extras taken out, LetPay’s required fields filled in. */
export function orderBody(order: OrderRequest, contractId: string, terms: OrderTerms): Fields {
  const {
    methods: _methods,
    public_person_id: _person,
    return_url: _return,
    gateway: _gateway,
    delay_capture: _delay,
    offer_save_card: _offer,
    ...fields
  } = order;
  return {
    ...fields,
    contract_id: contractId,
    notification_url: order.notification_url ?? terms.notificationUrl,
    extra_data: markedExtraData(order, terms.mark),
    payment_currency: order.payment_currency ?? order.asset,
    payment_country: paymentCountry(order),
  };
}

export function paymentCountry(order: Pick<OrderRequest, 'payment_country' | 'address_country'>): string {
  return order.payment_country ?? order.address_country ?? 'BR';
}

/**
 * The offer in the answer to `POST /payment`. What of it cannot be read is null or empty: the order is there all the same.
 */
export function readOffer(body: unknown, order: OrderRequest): Pick<CreatedOrder, 'currency' | 'offer'> {
  const fields = fieldsOf(body);
  const totals = readTotals(fields['totals'], order.asset);
  const currency = totals?.asset ?? order.payment_currency ?? order.asset;
  const offered = Array.isArray(fields['methods']) ? readMethods(fields['methods']) : null;
  const wanted = (offered && order.methods?.filter(method => offered.includes(method))) ?? offered;
  return {
    currency,
    offer: {
      // 00.01.0065: nothing is held on a debit card.
      methods: wanted?.filter(method => method !== 'DEBITCARD' || !order.delay_capture) ?? null,
      // Of a price that cannot be read, neither can the parts be compared with it.
      installments: totals ? readInstallments(fields['installments'], totals.asset) : [],
      totals,
      customerFees: totals ? readFees(fields['customer_fees'], totals.asset) : [],
    },
  };
}

/** What a payment costs; `asset` is what the merchant priced it in. */
export function readPrice(body: unknown, asset: string): Pick<Offer, 'totals' | 'customerFees'> {
  const fields = fieldsOf(body);
  const totals = readTotals(fields['totals'], asset);
  return { totals, customerFees: totals ? readFees(fields['customer_fees'], totals.asset) : [] };
}

function readMethods(offered: readonly unknown[]): Method[] {
  return methods
    .filter(method => offered.includes(method))
    .sort((a, b) => offered.indexOf(a) - offered.indexOf(b));
}

function readTotals(value: unknown, pricedIn: string): Offer['totals'] {
  const totals = fieldsOf(value);
  const asset = firstText(totals, 'asset');
  if (asset === null) return null;
  const originalAsset = firstText(totals, 'original_asset') ?? pricedIn;
  const amount = amountOf(totals['amount'], asset);
  const customerAmount = amountOf(totals['customer_amount'], asset) ?? amount;
  if (amount === null || customerAmount === null) return null;
  return {
    amount,
    asset,
    originalAmount: amountOf(totals['original_amount'], originalAsset) ?? amount,
    originalAsset,
    customerFees: amountOf(totals['customer_fees'], asset) ?? 0,
    customerAmount,
  };
}

/** No card is paid in more. Whatever a PSP adds would be kept with the order and sent to every page. */
const installmentsAtMost = 60;

/** Row 3: `installment` in the classic dialect. */
function readInstallments(value: unknown, currency: string): Offer['installments'] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, installmentsAtMost).flatMap((row: unknown) => {
    const fields = fieldsOf(row);
    const count = fields['installments'] ?? fields['installment'];
    const amount = amountOf(fields['amount'], currency);
    const usable = typeof count === 'number' && Number.isInteger(count) && count > 0 && amount !== null;
    return usable ? [{ installments: count, amount }] : [];
  });
}

/** Row 29: `"37.61 BRL"`, a bare number, or nothing. */
function readFees(value: unknown, currency: string): Offer['customerFees'] {
  return Object.entries(fieldsOf(value)).flatMap(([name, fee]) => {
    const parts = /^(\d+(?:\.\d+)?)(?: ([A-Z]{3}))?$/.exec(String(fee));
    const asset = parts?.[2] ?? currency;
    const amount = parts?.[1] === undefined ? null : toMinor(parts[1], asset);
    return amount === null ? [] : [{ name, amount, asset }];
  });
}

/** The body of `sendPayment`. The card number passes here, from one object to the next, and is not kept. */
export function submissionBody(
  submission: Submission,
  { delayCapture }: Pick<Terms, 'delayCapture'>,
): Fields {
  if (!('card_number' in submission)) return { ...submission };
  const { method, card_number, card_holder, card_cvv, card_year, card_month, authentication } = submission;
  const card = {
    method,
    card_number,
    card_holder,
    card_cvv,
    card_year,
    card_month,
    ...(authentication ? { authentication } : {}),
  };
  if (submission.method === 'DEBITCARD') return card;
  return {
    ...card,
    card_installments: submission.card_installments,
    ...(delayCapture ? { delay_capture: true } : {}),
    ...(submission.save_card ? { save_card: true } : {}),
  };
}

/** The instrument in the answer to `sendPayment`; null for a card, and where the PSP left out what a shopper needs. */
export function readInstrument(body: unknown, method: Method, currency: string): Instrument | null {
  const fields = fieldsOf(body);
  switch (method) {
    case 'PIX': {
      const code = firstText(fields, 'pix_code');
      const amount = amountOf(fields['pix_amount'], currency) ?? amountOf(fields['amount'], currency);
      if (code === null || amount === null) return null;
      return { method, code, amount, qr_code_png: inflatePng(fields['pix_qr_code']), expires_at: null };
    }
    case 'BOLETO': {
      const code = firstText(fields, 'boleto_code');
      const amount = amountOf(fields['boleto_amount'], currency) ?? amountOf(fields['amount'], currency);
      if (code === null || amount === null) return null;
      return {
        method,
        code,
        amount,
        due_date: readDate(fields['boleto_duedate']),
        html: inflateHtml(fields['boleto_html']),
      };
    }
    case 'PAYCASH': {
      const barcode = firstText(fields, 'paycash_barcode', 'barcode');
      const amount = amountOf(fields['paycash_amount'], currency) ?? amountOf(fields['amount'], currency);
      if (barcode === null || amount === null) return null;
      return {
        method,
        barcode,
        amount,
        due_date: readDate(fields['paycash_duedate'] ?? fields['expiration_date']),
        barcode_png: inflatePng(fields['paycash_barcode_image'] ?? fields['barcode_png_gzip_base_64']),
        instructions_link: readHttpsLink(fields['paycash_instructions_link'] ?? fields['instructions_link']),
      };
    }
    case 'CREDITCARD':
    case 'DEBITCARD':
    case 'REDIRECT':
      return null;
  }
}

function readHttpsLink(value: unknown): string | null {
  return typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:'
    ? value
    : null;
}

/** The calendar date at the start of a text. */
function readDate(value: unknown): string | null {
  return typeof value === 'string' ? (/^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? null) : null;
}

/** Row 18: an instant only when its zone is said; a countdown to a guessed zone would be a lie. */
export function readInstant(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0)
    return new Date(value).toISOString();
  if (typeof value !== 'string') return null;
  const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const time = zoned ? Date.parse(value.replace(/([+-]\d{2})(\d{2})$/, '$1:$2')) : Number.NaN;
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function declineOf(status: Status, body: unknown): Decline | null {
  if (status === 'DECLINED' || status === 'ERROR') return readDecline(body);
  return status === 'CANCELED' ? readCancellation(body) : null;
}

/** What `GET /payment/{token}` says about an attempt; null when it holds no status. */
export function readReport(body: unknown, currency: string | null): AttemptReport | null {
  const fields = fieldsOf(body);
  const status = readStatusWord(body);
  if (status === null) return null;
  const asset = firstText(fields, 'currency') ?? currency ?? 'BRL';
  const method = methods.find(known => known === fields['method']);
  const expires = fields['expirationDate'] ?? fields['expiration_date'];
  const unread = ['amount_received', 'refunded_amount'].some(name => isUnreadable(fields[name], asset));
  return {
    status,
    method,
    decline: declineOf(status, body),
    amountReceived: amountOf(fields['amount_received'], asset) ?? undefined,
    refundedAmount: amountOf(fields['refunded_amount'], asset) ?? undefined,
    ...(unread && { amountsUnreadable: true }),
    expiresAt: readInstant(expires) ?? undefined,
    dueDate: readDate(expires) ?? undefined,
  };
}
