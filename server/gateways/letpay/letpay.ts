/**
 * LetPay behind the gateway interface: which call, which answer means what.
 *
 * Owns: log-in and its one repeat after a 401, the contract id, the reading of outcomes.
 * Does not own: shapes (translate.ts), codes (failure.ts), what follows from an outcome (server/checkout).
 */
import type { OrderRequest } from '../../contract/order.ts';
import type { Submission } from '../../contract/submission.ts';
import type { CallContext, CreateOutcome, Gateway, SendOutcome, StatusOutcome } from '../gateway.ts';
import { AccessToken, type Credentials, LogInRefused } from './access-token.ts';
import { fieldProblems, isValidationCode, readErrors, tokenAlreadyUsed } from './failure.ts';
import { type Answer, AnswerLost, connectPsp, NotConnected, type PspRequest } from './http.ts';
import {
  fieldsOf,
  orderBody,
  readInstrument,
  readOffer,
  readPaymentToken,
  readReport,
  readStatusWord,
  submissionBody,
} from './translate.ts';

export interface LetPaySettings {
  readonly apiUrl: string;
  readonly credentials: Credentials;
  /** Asked from LetPay once when null. LetPay advises to pin it (facts section 1.4). */
  readonly contractId: string | null;
  /** A contract of its own for an order that offers just this method. */
  readonly contractIdByMethod: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** One finished exchange with the PSP, for logs and metrics. Never a body, never a header. */
export interface PspCall {
  readonly requestId: string;
  /** With the token left out: `POST /payment/{token}/sendPayment`. */
  readonly call: string;
  /** The HTTP status, or what went wrong. */
  readonly outcome: string;
  readonly ms: number;
}

export interface LetPayDeps {
  readonly now: () => number;
  readonly onCall: (call: PspCall) => void;
  readonly onLogIn: () => void;
}

const productionHost = 'api.letpay.io';

export function createLetPay(settings: LetPaySettings, deps: LetPayDeps): Gateway {
  const connection = connectPsp(settings.apiUrl, settings.timeoutMs);
  const accessToken = new AccessToken(connection, settings.credentials, deps.now, deps.onLogIn);
  let contractId: Promise<string> | null =
    settings.contractId === null ? null : Promise.resolve(settings.contractId);

  async function observed(request: PspRequest, requestId: string, token: string): Promise<Answer> {
    const call = `${request.method} ${request.path.replace(/^\/payment\/(?!reference\/)[^/]+/, '/payment/{token}')}`;
    const started = deps.now();
    const done = (outcome: string) => deps.onCall({ requestId, call, outcome, ms: deps.now() - started });
    const headers = { 'x-auth-token': token, 'x-request-id': requestId, 'content-type': 'application/json' };
    try {
      const answer = await connection.exchange({ ...request, headers });
      accessToken.rotate(fieldsOf(answer.body)['refresh_token']);
      done(String(answer.status));
      return answer;
    } catch (error) {
      done(error instanceof Error ? `${error.name} ${error.message}` : 'unknown');
      throw error;
    }
  }

  /**
   * One call with a good token. A 401 is repeated once after a new log-in, for submissions too: the PSP refused it at
   * the door, before it looked at the payment (facts section 1.2).
   */
  async function call(request: PspRequest, { requestId }: CallContext): Promise<Answer> {
    const token = await logIn();
    const answer = await observed(request, requestId, token);
    if (answer.status !== 401) return answer;
    accessToken.reject(token);
    return observed(request, requestId, await logIn());
  }

  /** Whatever goes wrong at log-in, the call itself never left. */
  async function logIn(): Promise<string> {
    try {
      return await accessToken.get();
    } catch (error) {
      throw new NotConnected(
        `log-in: ${error instanceof Error ? `${error.name} ${error.message}` : 'unknown'}`,
      );
    }
  }

  async function contractFor(order: OrderRequest, context: CallContext): Promise<string> {
    const onlyMethod = order.methods?.length === 1 ? order.methods[0] : undefined;
    const own = order.contract_id ?? (onlyMethod && settings.contractIdByMethod[onlyMethod]);
    if (own) return own;
    contractId ??= askContract(context).catch(error => {
      contractId = null;
      throw error;
    });
    return contractId;
  }

  /** The list where the PSP has it, else the classic single contract (facts section 10, row 23). */
  async function askContract(context: CallContext): Promise<string> {
    const list = await call({ method: 'GET', path: '/merchant/contracts/list' }, context);
    const contracts = fieldsOf(list.body)['contracts'];
    const payIn = (Array.isArray(contracts) ? contracts.map(fieldsOf) : []).find(
      contract => contract['active'] !== false && (contract['contractType'] ?? 'PAYIN') === 'PAYIN',
    );
    if (typeof payIn?.['id'] === 'string') return payIn['id'];
    const single = await call({ method: 'GET', path: '/merchant/contracts' }, context);
    const id = fieldsOf(fieldsOf(single.body)['contract'])['id'];
    if (typeof id === 'string') return id;
    throw new NotConnected('no contract');
  }

  return {
    name: 'letpay',
    testMode: new URL(settings.apiUrl).host !== productionHost,
    unsentAfterMs: 4_000,

    async createOrder(order, notificationUrl, context): Promise<CreateOutcome> {
      try {
        const contract = await contractFor(order, context);
        const body = JSON.stringify(orderBody(order, contract, order.notification_url ?? notificationUrl));
        const answer = await call({ method: 'POST', path: '/payment', body }, context);
        const token = readPaymentToken(answer.body);
        const offered = readOffer(answer.body, order);
        if (isOk(answer) && token !== null && offered !== null) {
          return { kind: 'created', order: { token, ...offered } };
        }
        if (isOk(answer)) return { kind: 'not_sent', cause: 'unreadable order' };
        // Classic validation errors are 500 and look like any other 500: without a code or a field they are the PSP’s.
        return (
          refusalOf(answer, fieldProblems(answer.body).length > 0) ?? {
            kind: 'not_sent',
            cause: `status ${answer.status}`,
          }
        );
      } catch (error) {
        // An order that was made and never heard of is no charge: nobody has its token.
        return { kind: 'not_sent', cause: causeOf(error) };
      }
    },

    async send(token, submission, currency, context): Promise<SendOutcome> {
      try {
        const path = `/payment/${encodeURIComponent(token)}/sendPayment`;
        const body = JSON.stringify(submissionBody(submission));
        return readSendOutcome(await call({ method: 'POST', path, body }, context), submission, currency);
      } catch (error) {
        if (error instanceof NotConnected || error instanceof LogInRefused) {
          return { kind: 'not_sent', cause: causeOf(error) };
        }
        return { kind: 'unknown', cause: causeOf(error) };
      }
    },

    async readStatus(token, currency, context): Promise<StatusOutcome> {
      const request = { method: 'GET', path: `/payment/${encodeURIComponent(token)}` } as const;
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

    close: () => connection.close(),
  };
}

function isOk(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

function causeOf(error: unknown): string {
  return error instanceof Error ? `${error.name} ${error.message}` : 'unknown';
}

/**
 * A definite refusal: the PSP’s 4xx, or a validation code under a 5xx (facts section 10, row 16: key on the code), or
 * what else the caller takes for one.
 */
function refusalOf(answer: Answer, definite = false): Extract<SendOutcome, { kind: 'refused' }> | null {
  const codes = readErrors(answer.body).map(error => error.code);
  const refused = [400, 403, 404, 409, 422].includes(answer.status) || codes.some(isValidationCode);
  if (!refused && !definite) return null;
  const code = codes.find(found => found !== null);
  return {
    kind: 'refused',
    detail: `The payment provider refused the data${code ? ` (${code})` : ''}.`,
    errors: fieldProblems(answer.body),
  };
}

function readSendOutcome(answer: Answer, submission: Submission, currency: string): SendOutcome {
  if (isOk(answer)) {
    const status = readStatusWord(answer.body);
    if (status === null) return { kind: 'unknown', cause: 'unreadable answer' };
    const report = readReport(answer.body, currency) ?? { status };
    const instrument = readInstrument(answer.body, submission.method, currency);
    return { kind: 'accepted', report, instrument };
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
    return {
      kind: 'known',
      report,
      referenceId: typeof reference === 'string' ? reference : null,
      currency: typeof fields['currency'] === 'string' ? fields['currency'] : null,
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
