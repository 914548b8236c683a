/**
 * Payments that the PSP makes and takes in one call: which of the PSP’s payments is the one whose answer was lost. Pure, as
 * checkout.ts; the order of effects is in submit.ts, who looks is in read-attempts.ts.
 */
import type { Status } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { TokenPaymentRequest } from '../contract/person.ts';
import type { Submission } from '../contract/submission.ts';
import type { ListedPayment, OneStepOrder, OneStepPayment } from '../gateways/gateway.ts';
import { findAttempt, giveUp, namePayment, newestAttempt } from './checkout.ts';
import type { Attempt, AttemptReport, CheckoutRecord } from './checkout-record.ts';
import { type Asked, isPast } from './doubt.ts';
import { recordReport } from './record-report.ts';

/** Clocks of the PSP and of this machine differ. */
const clockSkewMs = 5 * 60_000;
/** Nothing submitted: no payment that is made and taken in one call. */
const neverSubmitted: Status = 'CREATED';

/** What a payment is to cost, in minor units; null where only the PSP knows. */
export interface ExpectedPrice {
  readonly amount: number | null;
  readonly currency: string | null;
}

export function expectedPrice({ tokenPayment, totals, currency }: CheckoutRecord): ExpectedPrice {
  if (tokenPayment) return { amount: null, currency: tokenPayment.payment_currency ?? null };
  return { amount: totals?.customerAmount ?? null, currency };
}

/**
 * The payment of an attempt among those that the PSP lists under its reference. `none`: it is certainly not among them.
 * `unclear`: some could be it, and nothing tells. `isOurs`: another attempt or checkout of ours has this token.
 */
export function recognise(
  listed: readonly ListedPayment[],
  attempt: Attempt,
  price: ExpectedPrice,
  isOurs: (token: string) => boolean,
): ListedPayment | 'none' | 'unclear' {
  const marked = listed.find(({ mark }) => mark === attempt.token);
  if (marked) return marked;
  const [possible, ...others] = listed.filter(
    ({ token, mark, created, report }) =>
      mark === undefined &&
      report.status !== neverSubmitted &&
      !isOurs(token) &&
      (report.method === undefined || report.method === attempt.oneStep?.method) &&
      isLater(created, attempt),
  );
  if (possible === undefined) return 'none';
  const certain = others.length === 0 && possible.created !== null && isPriced(possible, price);
  return certain ? possible : 'unclear';
}

/** The lists name what came in and not what was asked for: until money came, the amount says nothing. */
function isPriced({ report, currency }: ListedPayment, price: ExpectedPrice): boolean {
  if (currency !== null && price.currency !== null && currency !== price.currency) return false;
  const received = report.amountReceived ?? 0;
  return received === 0 || price.amount === null || received === price.amount;
}

function isLater(created: ListedPayment['created'], { sendingSince, createdAt }: Attempt): boolean {
  if (created === null) return true;
  return created.at + created.seemsEarlierBy + clockSkewMs >= (sendingSince ?? createdAt);
}

export function isOneStep(record: CheckoutRecord, submission: Submission): boolean {
  return 'public_card_id' in submission || (record.oneStepMethods?.includes(submission.method) ?? false);
}

interface SendTerms extends Pick<OneStepPayment, 'mark' | 'notificationUrl'> {
  /** The merchant’s own charge, as it was asked for. */
  readonly charge?: TokenPaymentRequest | undefined;
}

/**
 * The name of the attempt that a key makes. It goes along as the payment’s mark, and it is made of the key alone, so that the
 * payment is found at the PSP before it is sent, even when the store has forgotten it. A key that is used again after its
 * payment was given up makes another attempt.
 */
export function oneStepName(record: CheckoutRecord, mark: string): string {
  return findAttempt(record, mark) === undefined ? mark : `${mark}.${record.version}`;
}

/** What is sent for a submission; null when what it needs of the order is not there (any more). */
export function oneStepPayment(
  record: CheckoutRecord,
  submission: Submission,
  { mark, notificationUrl, charge }: SendTerms,
): OneStepPayment | null {
  const { currency, order, delayCapture } = record;
  const personId = charge?.public_person_id ?? record.publicPersonId;
  if ('public_card_id' in submission) {
    const priced = charge ? ownOrder(charge) : order && withPlace(record, order);
    if (!priced || personId === null) return null;
    const card = { personId, cardId: submission.public_card_id };
    const means = {
      kind: 'stored_card',
      card,
      installments: submission.card_installments,
      delayCapture,
      more: charge ? moreOf(charge) : {},
    } as const;
    return { order: priced, means, mark, notificationUrl, currency };
  }
  if (!order) return null;
  const fullName = `${order.person_firstname} ${order.person_surname}`;
  const means = { kind: 'cash', fullName, email: order.person_email } as const;
  return { order: withPlace(record, order), means, mark, notificationUrl, currency };
}

/** The payment was found, or answered after all. One that had been given up counts again: what was open stays behind it. */
export function recordNamed(
  record: CheckoutRecord,
  token: string,
  named: { readonly paymentToken: string; readonly report: AttemptReport },
): CheckoutRecord {
  const noted = recordReport(namePayment(record, token, named.paymentToken), token, named.report);
  const attempt = findAttempt(noted, token);
  if (!attempt || newestAttempt(noted).phase !== 'open') return noted;
  const [first = attempt, ...others] = [...noted.attempts.filter(other => other !== attempt), attempt];
  return { ...noted, attempts: [first, ...others] };
}

export function recordFound(record: CheckoutRecord, token: string, found: ListedPayment): CheckoutRecord {
  const noted = recordNamed(record, token, { paymentToken: found.token, report: found.report });
  // A charge of the merchant’s own knows its currency from the PSP.
  return record.tokenPayment && found.currency !== null ? { ...noted, currency: found.currency } : noted;
}

/** Not found, asked for at `at`: believed only when a lost request cannot still be on its way. Times in ms. */
export function recordNotFound(
  record: CheckoutRecord,
  token: string,
  asked: Asked & { readonly unsentAfterMs: number },
): CheckoutRecord {
  const attempt = findAttempt(record, token);
  if (attempt?.phase !== 'sending') return record;
  return isPast(attempt, asked, asked.unsentAfterMs) ? giveUp(record, token, asked.at) : record;
}

/** In the country and the currency in which the order was made at the PSP. */
function withPlace({ country }: CheckoutRecord, order: OrderRequest): OneStepOrder {
  const { amount, asset, reference_id, contract_id, methods, notification_url } = order;
  const { soft_descriptor, ip_address, extra_data, payment_currency } = order;
  return {
    amount,
    asset,
    reference_id,
    contract_id,
    methods,
    notification_url,
    soft_descriptor,
    ip_address,
    extra_data,
    payment_currency: payment_currency ?? asset,
    payment_country: country,
  };
}

/** Under the contract for cards, where the merchant names none. */
function ownOrder(request: TokenPaymentRequest): OneStepOrder {
  return { ...request, methods: ['CREDITCARD'] };
}

function moreOf({ method, fraud_protection_token, authentication }: TokenPaymentRequest) {
  return { method, fraud_protection_token, authentication };
}
