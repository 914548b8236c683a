/**
 * LetPay’s payments of one call: a stored card (`POST /token`) and Paycash (`POST /paycash/simple`), facts section 3.
 *
 * LetPay would take both twice: they are sent once, a 401 included, with a mark in `extra_data`, and looked for among the
 * payments with their reference when the answer was lost.
 */
import type { Offer } from '../../checkout/checkout-record.ts';
import type { Method } from '../../contract/checkout.ts';
import type { OrderRequest } from '../../contract/order.ts';
import { fieldsOf } from '../fields.ts';
import type {
  ListedPayment,
  OneStepPayment,
  OneStepPayments,
  PaymentListOutcome,
  SendOutcome,
} from '../gateway.ts';
import { type Answer, AnswerLost, causeOf, isOk, NotConnected } from '../psp-http.ts';
import type { LetPayClient } from './client.ts';
import { fieldProblems, namedRefusal, readErrors } from './failure.ts';
import { fitsPaycash } from './paycash-limits.ts';
import {
  paymentCountry,
  readInstrument,
  readPaymentToken,
  readPrice,
  readReport,
  readStatusWord,
} from './translate.ts';

type Fields = Record<string, unknown>;

/** The name of our mark beside the merchant’s own `extra_data`. */
const markName = 'letpay_checkout_attempt';

/**
 * Longer than any proxy or load balancer that we know of holds a request (60 s is common, 100 s the longest default), and
 * short enough for a shopper to wait.
 */
const unsentAfterMs = 120_000;

/** So many payments of one reference are asked about one by one when the list does not repeat `extra_data`. */
const askedOneByOne = 10;

/** A time without a zone is LetPay’s local one, or that of its server: the Americas are at most so far behind UTC. */
const farthestBehindUtcMs = 8 * 60 * 60_000;

export function letpayOneStep({
  call,
  callOnce,
  contractFor,
}: Pick<LetPayClient, 'call' | 'callOnce' | 'contractFor'>): OneStepPayments {
  return {
    unsentAfterMs,

    async send(payment, context): Promise<SendOutcome> {
      try {
        const route = payment.means.kind === 'cash' ? '/paycash/simple' : '/token';
        const contract = await contractFor(contractWish(payment), context);
        const body = JSON.stringify(bodyOf(payment, contract));
        return readOutcome(await callOnce({ method: 'POST', route, body }, context), payment);
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },

    async list(referenceId, currency, context): Promise<PaymentListOutcome> {
      // A read changes nothing: one more try on a connection that the PSP had closed.
      const read = (route: string, ids: Record<string, string>) => {
        const request = { method: 'GET', route, ids } as const;
        return call(request, context).catch(error => {
          if (error instanceof AnswerLost) return call(request, context);
          throw error;
        });
      };
      try {
        const list = await read('/payment/reference/{reference_id}', { reference_id: referenceId });
        const rows = fieldsOf(list.body)['payments'];
        if (readErrors(list.body).some(({ code }) => code === noSuchPayment))
          return { kind: 'known', payments: [] };
        if (!isOk(list) || !Array.isArray(rows))
          return { kind: 'unreadable', cause: `status ${list.status}` };
        const payments = rows.map(row => readListed(row, currency));
        if (payments.some(payment => payment === null))
          return { kind: 'unreadable', cause: 'unreadable list' };
        const known = payments.filter(payment => payment !== null);
        return {
          kind: 'known',
          payments: await withMarks(known, token => read('/payment/{token}', { token })),
        };
      } catch (error) {
        return { kind: 'unreadable', cause: causeOf(error) };
      }
    },
  };
}

const noSuchPayment = '00.01.0038';

/** A list that repeats no `extra_data`: each payment’s own status may. */
async function withMarks(
  payments: readonly ListedPayment[],
  read: (token: string) => Promise<Answer>,
): Promise<ListedPayment[]> {
  if (payments.some(({ mark }) => mark !== undefined)) return [...payments];
  const asked = payments.filter(({ report }) => report.status !== 'CREATED').slice(-askedOneByOne);
  return Promise.all(
    payments.map(async payment => {
      if (!asked.includes(payment)) return payment;
      const answer = await read(payment.token);
      return isOk(answer) ? { ...payment, mark: readMark(answer.body) } : payment;
    }),
  );
}

/** Merchants commonly hold one contract per method; a stored card is charged under the order’s own (facts section 1.4). */
function contractWish({ order, means }: OneStepPayment): Pick<OrderRequest, 'contract_id' | 'methods'> {
  return means.kind === 'cash' ? { ...order, methods: ['PAYCASH'] } : order;
}

function bodyOf(payment: OneStepPayment, contractId: string): Fields {
  const { order, means, mark } = payment;
  const shared = {
    contract_id: contractId,
    reference_id: order.reference_id,
    notification_url: order.notification_url ?? payment.notificationUrl,
    ...(order.ip_address === undefined ? {} : { ip_address: order.ip_address }),
    extra_data: { ...order.extra_data, [markName]: mark },
  };
  if (means.kind === 'cash') {
    const currency = order.payment_currency ?? order.asset;
    const country = paymentCountry(order);
    return {
      ...shared,
      payment: { amount: order.amount, asset: order.asset, currency, country, paycash: {} },
      person: { full_name: means.fullName, email: means.email },
    };
  }
  const { method = 'CREDITCARD', ...checks } = means.more;
  return {
    ...shared,
    amount: order.amount,
    asset: order.asset,
    public_person_id: means.card.personId,
    public_card_id: means.card.cardId,
    method,
    card_installments: means.installments,
    ...(means.delayCapture ? { delay_capture: true } : {}),
    ...(order.soft_descriptor === undefined ? {} : { soft_descriptor: order.soft_descriptor }),
    // Left to LetPay where a charge of the merchant’s own names none: JSON leaves out what is undefined.
    payment_currency: order.payment_currency,
    payment_country: order.payment_country,
    ...checks,
  };
}

function readOutcome(answer: Answer, { order, means, currency }: OneStepPayment): SendOutcome {
  if (isOk(answer)) {
    const status = readStatusWord(answer.body);
    const paymentToken = readPaymentToken(answer.body);
    if (status === null || paymentToken === null) return { kind: 'unknown', cause: 'unreadable answer' };
    const price = readPrice(answer.body, order.asset);
    const asset = price.totals?.asset ?? currency;
    const report = readReport(answer.body, asset) ?? { status };
    const instrument = means.kind === 'cash' ? readInstrument(answer.body, 'PAYCASH', asset) : null;
    return { kind: 'accepted', report, instrument, paymentToken, price };
  }
  const refused = namedRefusal(answer, fieldProblems(answer.body).length > 0 || isMissing(answer));
  return refused
    ? { ...refused, errors: refused.errors.map(ownPointer) }
    : { kind: 'unknown', cause: `status ${answer.status}` };
}

/** The classic dialect says in words only that a person, a card or a contract is not there; 422 is about the payer. */
function isMissing({ status, body }: Answer): boolean {
  const message = fieldsOf(body)['message'];
  if (typeof message !== 'string') return false;
  return (
    /^(?:Person|Card) cannot be found|ContractNotFoundException/.test(message) ||
    (status === 422 && message.startsWith('One of the parameters'))
  );
}

/** In the words of the order: `person.email` is what the merchant called `person_email`. */
function ownPointer<Problem extends { readonly pointer: string }>(problem: Problem): Problem {
  const pointer = problem.pointer
    .replace(/^\/payment\/(amount|asset)$/, '/$1')
    .replace(/^\/payment\/(currency|country)$/, '/payment_$1')
    .replace(/^\/person\/email$/, '/person_email')
    .replace(/^\/person\/full_name$/, '/person_firstname');
  return { ...problem, pointer };
}

function readListed(row: unknown, currency: string): ListedPayment | null {
  const fields = fieldsOf(row);
  const token = readPaymentToken(row);
  const report = readReport(row, currency);
  if (token === null || report === null) return null;
  return {
    token,
    mark: readMark(row),
    created: readCreated(fields['createdAt'] ?? fields['created_at']),
    currency: typeof fields['currency'] === 'string' ? fields['currency'] : null,
    report,
  };
}

/** Undefined: the answer repeats no `extra_data`. */
export function readMark(body: unknown): string | null | undefined {
  const fields = fieldsOf(body);
  if (fields['extra_data'] === undefined || fields['extra_data'] === null) return undefined;
  const mark = fieldsOf(fields['extra_data'])[markName];
  return typeof mark === 'string' ? mark : null;
}

/** Facts section 10, row 18: `2024-01-16T20:03:46.618`, `2018-10-02-17:37:50`, `…+0000`, or milliseconds. */
function readCreated(value: unknown): ListedPayment['created'] {
  if (typeof value === 'number') return { at: value, seemsEarlierBy: 0 };
  if (typeof value !== 'string') return null;
  const parts = /^(\d{4}-\d{2}-\d{2})[T -](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})?$/.exec(value);
  if (!parts) return null;
  const [, day, time, zone] = parts;
  const at = Date.parse(`${day}T${time}${zone?.replace(/(\d{2})(\d{2})$/, '$1:$2') ?? 'Z'}`);
  return Number.isNaN(at) ? null : { at, seemsEarlierBy: zone === undefined ? farthestBehindUtcMs : 0 };
}

/** The offer of an order, and what LetPay’s own list lacks of `simpleMethods` where a one-step payment can stand in. */
export function withSimpleMethods(
  offer: Offer,
  order: OrderRequest,
  simpleMethods: readonly Method[],
): Offer {
  const { totals, methods } = offer;
  const fits = totals !== null && fitsPaycash(paymentCountry(order), totals.asset, totals.customerAmount);
  const oneStepMethods = simpleMethods.filter(
    method => fits && !methods.includes(method) && (order.methods?.includes(method) ?? true),
  );
  const all = [...methods, ...oneStepMethods];
  const inOrder = order.methods?.filter(method => all.includes(method)) ?? all;
  return { ...offer, methods: inOrder, oneStepMethods };
}
