/**
 * LetPay’s API as one function: a call with a good token. Everything that LetPay can do is made of it.
 *
 * Owns: log-in and its one repeat after a 401, the contract id, what is observed of an exchange.
 * Does not own: shapes (translate.ts), codes (failure.ts), what an answer means (the files of the calls).
 */
import type { OrderRequest } from '../../contract/order.ts';
import { fieldsOf } from '../fields.ts';
import type { CallContext } from '../gateway.ts';
import { notConnectedAt } from '../log-in.ts';
import {
  type Answer,
  connectPsp,
  NotConnected,
  observedExchange,
  type PspCall,
  type PspRequest,
} from '../psp-http.ts';
import { AccessToken, type AccessTokenDeps, type Credentials } from './access-token.ts';

export interface LetPaySettings {
  readonly apiUrl: string;
  readonly credentials: Credentials;
  /** Asked from LetPay once when null. LetPay advises to pin it (facts section 1.4). */
  readonly contractId: string | null;
  /** A contract of its own for an order that offers just this method. */
  readonly contractIdByMethod: Readonly<Record<string, string>>;
  /** Methods to offer by a one-step payment where LetPay’s own list of an order lacks them. */
  readonly simpleMethods: readonly 'PAYCASH'[];
  readonly timeoutMs: number;
}

export interface LetPayDeps extends AccessTokenDeps {
  readonly onCall: (call: PspCall) => void;
}

export interface LetPayClient {
  /** Throws `NotConnected` when nothing left, `AnswerLost` when nobody knows. */
  call(request: PspRequest, context: CallContext): Promise<Answer>;
  /** As `call`, without the repeat after a 401: for what the PSP would do twice if it had done it after all. */
  callOnce(request: PspRequest, context: CallContext): Promise<Answer>;
  /** The contract for an order: its own, that of its only method, the configured one, else asked from LetPay once. */
  contractFor(order: Pick<OrderRequest, 'contract_id' | 'methods'>, context: CallContext): Promise<string>;
  /** Throws `NotConnected` when the PSP does not let us in. */
  logIn(): Promise<unknown>;
  close(): Promise<void>;
}

export function createLetPayClient(settings: LetPaySettings, deps: LetPayDeps): LetPayClient {
  const connection = connectPsp(settings.apiUrl, settings.timeoutMs);
  const observedConnection = {
    exchange: (request: PspRequest) =>
      observedExchange(connection, request, { requestId: undefined, call: `POST ${request.route}` }, deps),
  };
  const accessToken = new AccessToken(observedConnection, settings.credentials, deps);
  let contractId: Promise<string> | null =
    settings.contractId === null ? null : Promise.resolve(settings.contractId);

  async function observed(request: PspRequest, context: CallContext, token: string): Promise<Answer> {
    const call = `${request.method} ${request.route}`;
    const headers = {
      'x-auth-token': token,
      'x-request-id': context.requestId,
      'content-type': 'application/json',
    };
    const answer = await observedExchange(connection, { ...request, headers }, { ...context, call }, deps);
    accessToken.rotate(fieldsOf(answer.body)['refresh_token']);
    return answer;
  }

  /**
   * One call with a good token. A 401 is repeated once after a new log-in, for submissions too: the PSP refused it at
   * the door, before it looked at the payment (facts section 1.2).
   */
  async function call(request: PspRequest, context: CallContext): Promise<Answer> {
    const token = await logIn();
    const answer = await observed(request, context, token);
    if (answer.status !== 401) return answer;
    accessToken.reject(token);
    return observed(request, context, await logIn());
  }

  async function callOnce(request: PspRequest, context: CallContext): Promise<Answer> {
    const token = await logIn();
    const answer = await observed(request, context, token);
    if (answer.status === 401) accessToken.reject(token);
    return answer;
  }

  /** Whatever goes wrong at log-in, the call itself never left. */
  async function logIn(): Promise<string> {
    try {
      return await accessToken.get();
    } catch (error) {
      throw notConnectedAt('log-in', error);
    }
  }

  async function contractFor(
    order: Pick<OrderRequest, 'contract_id' | 'methods'>,
    context: CallContext,
  ): Promise<string> {
    const onlyMethod = order.methods?.length === 1 ? order.methods[0] : undefined;
    const own = order.contract_id ?? (onlyMethod && settings.contractIdByMethod[onlyMethod]);
    if (own) return own;
    contractId ??= askContract(context).catch(error => {
      contractId = null;
      // Whatever was lost here, the call that needs the contract never left.
      throw notConnectedAt('contract', error);
    });
    return contractId;
  }

  /** The list where the PSP has it, else the classic single contract (facts section 10, row 23). */
  async function askContract(context: CallContext): Promise<string> {
    const list = await call({ method: 'GET', route: '/merchant/contracts/list' }, context);
    const contracts = fieldsOf(list.body)['contracts'];
    const payIn = (Array.isArray(contracts) ? contracts.map(fieldsOf) : []).find(
      contract => contract['active'] !== false && (contract['contractType'] ?? 'PAYIN') === 'PAYIN',
    );
    if (typeof payIn?.['id'] === 'string') return payIn['id'];
    const single = await call({ method: 'GET', route: '/merchant/contracts' }, context);
    const id = fieldsOf(fieldsOf(single.body)['contract'])['id'];
    if (typeof id === 'string') return id;
    throw new NotConnected('no contract');
  }

  return { call, callOnce, contractFor, logIn, close: () => connection.close() };
}
