/**
 * LetPay behind the gateway interface: which call, which answer means what.
 *
 * Owns: the reading of outcomes of the two-step payment. Does not own: the connection (client.ts), shapes
 * (translate.ts), codes (failure.ts), what follows from an outcome (server/checkout).
 */
import type { OrderRequest } from '../../contract/order.ts';
import type { Submission } from '../../contract/submission.ts';
import { fieldsOf } from '../fields.ts';
import type { CreateOutcome, Gateway, SendOutcome, StatusOutcome } from '../gateway.ts';
import { type Answer, AnswerLost, causeOf, isOk, NotConnected } from '../psp-http.ts';
import { letpayCallbacks } from './callbacks.ts';
import { createLetPayClient, type LetPayDeps, type LetPaySettings } from './client.ts';
import { letpayContracts } from './contracts.ts';
import { fieldProblems, readErrors, refusalOf, tokenAlreadyUsed } from './failure.ts';
import { letpayOneStep, readMark, withSimpleMethods } from './one-step.ts';
import { letpayOrderSearch } from './order-search.ts';
import { letpayPreAuthorization } from './pre-authorization.ts';
import { letpayRefunds } from './refunds.ts';
import { letpayStoredCards, readStoredCard } from './stored-cards.ts';
import {
  orderBody,
  readInstrument,
  readOffer,
  readPaymentToken,
  readReport,
  readStatusWord,
  submissionBody,
} from './translate.ts';

const productionHost = 'api.letpay.io';

export function createLetPay(settings: LetPaySettings, deps: LetPayDeps): Gateway {
  const client = createLetPayClient(settings, deps);
  const { call, contractFor, logIn, close } = client;

  /** The token alone makes it an order, whatever of the rest can be read. */
  function readCreateOutcome(answer: Answer, order: OrderRequest): CreateOutcome {
    if (isOk(answer)) {
      const token = readPaymentToken(answer.body);
      if (token === null) return { kind: 'unknown', cause: 'unreadable order' };
      const { currency, offer } = readOffer(answer.body, order);
      const { methods } = offer;
      const offered =
        methods === null ? offer : withSimpleMethods({ ...offer, methods }, order, settings.simpleMethods);
      return { kind: 'created', order: { token, currency, offer: offered } };
    }
    // At the door: the order was not looked at.
    if (answer.status === 401 || answer.status === 429)
      return { kind: 'not_sent', cause: `status ${answer.status}` };
    // Classic validation errors are 500 and look like any other 500: without a code or a field they are the PSP’s.
    const refused = refusalOf(answer, fieldProblems(answer.body).length > 0);
    return refused ?? { kind: 'unknown', cause: `status ${answer.status}` };
  }

  return {
    name: 'letpay',
    testMode: new URL(settings.apiUrl).host !== productionHost,
    unsentAfterMs: 4_000,

    async createOrder(order, terms, context): Promise<CreateOutcome> {
      try {
        const contract = await contractFor(order, context);
        const body = JSON.stringify(orderBody(order, contract, terms));
        return readCreateOutcome(await call({ method: 'POST', route: '/payment', body }, context), order);
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },

    async send(token, submission, terms, context): Promise<SendOutcome> {
      try {
        const route = '/payment/{token}/sendPayment';
        const body = JSON.stringify(submissionBody(submission, terms));
        return readSendOutcome(
          await call({ method: 'POST', route, ids: { token }, body }, context),
          submission,
          terms.currency,
        );
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },

    async readStatus(token, currency, context): Promise<StatusOutcome> {
      const request = { method: 'GET', route: '/payment/{token}', ids: { token } } as const;
      try {
        // A read changes nothing: one more try on a connection that the PSP had closed.
        const answer = await call(request, context).catch(error => {
          if (error instanceof AnswerLost) return call(request, context);
          throw error;
        });
        return readStatusOutcome(answer, currency);
      } catch (error) {
        return { kind: 'unreadable', cause: causeOf(error) };
      }
    },

    callbacks: letpayCallbacks,
    orderSearch: letpayOrderSearch(client),
    preAuthorization: letpayPreAuthorization(client),
    paidCancellation: null,
    refunds: letpayRefunds(client),
    contracts: letpayContracts(client),
    oneStep: letpayOneStep(client),
    storedCards: letpayStoredCards(client),
    logIn,
    close,
  };
}

function readSendOutcome(answer: Answer, submission: Submission, currency: string): SendOutcome {
  if (isOk(answer)) {
    const status = readStatusWord(answer.body);
    if (status === null) return { kind: 'unknown', cause: 'unreadable answer' };
    const report = readReport(answer.body, currency) ?? { status };
    const instrument = readInstrument(answer.body, submission.method, currency);
    const storedCard = 'save_card' in submission && submission.save_card ? readStoredCard(answer.body) : null;
    return { kind: 'accepted', report, instrument, ...(storedCard && { storedCard }) };
  }
  if (readErrors(answer.body).some(error => error.code === tokenAlreadyUsed)) return { kind: 'already_used' };
  // Refused at the door, twice: our credentials are wrong, the payment was not looked at.
  if (answer.status === 401) return { kind: 'not_sent', cause: 'status 401' };
  if (answer.status === 429) return { kind: 'not_sent', cause: 'status 429' };
  return refusalOf(answer) ?? { kind: 'unknown', cause: `status ${answer.status}` };
}

function readStatusOutcome(answer: Answer, currency: string | null): StatusOutcome {
  const report = isOk(answer) ? readReport(answer.body, currency) : null;
  if (report !== null) {
    const fields = fieldsOf(answer.body);
    const reference = fields['reference'] ?? fields['reference_id'];
    const mark = readMark(answer.body);
    return {
      kind: 'known',
      report,
      referenceId: typeof reference === 'string' ? reference : null,
      currency: typeof fields['currency'] === 'string' ? fields['currency'] : null,
      ...(mark && { mark }),
    };
  }
  const unknownPayment = readErrors(answer.body).some(error => error.code === '00.01.0038');
  if (answer.status === 404 || unknownPayment) return { kind: 'not_found' };
  // Classic: an unknown token is a 500 that says so in words (facts section 4.2).
  const message = fieldsOf(answer.body)['message'];
  if (
    answer.status === 500 &&
    typeof message === 'string' &&
    /could not be found|cannot be found/i.test(message)
  ) {
    return { kind: 'not_found' };
  }
  return { kind: 'unreadable', cause: `status ${answer.status}` };
}
