/**
 * Letsia’s API as one function: a call with a good token.
 *
 * Owns: log-in and its one repeat after a 401 or 403, what is observed of an exchange. Does not own: shapes (translate.ts),
 * what an answer means (letsia.ts, refunds.ts).
 */
import type { Clock } from '../../clock.ts';
import type { CallContext } from '../gateway.ts';
import { type LogInDeps, notConnectedAt } from '../log-in.ts';
import {
  type Answer,
  connectPsp,
  NotConnected,
  observedExchange,
  type PspCall,
  type PspRequest,
} from '../psp-http.ts';
import { createSessions, type LetsiaCredentials, type Mode } from './session.ts';

export interface LetsiaSettings {
  readonly apiUrl: string;
  readonly credentials: LetsiaCredentials;
  /** Ids of the payment methods that an invoice offers, the preferred one first. Letsia publishes no list of them. */
  readonly paymentMethods: readonly number[];
  readonly timeoutMs: number;
}

export interface LetsiaDeps extends LogInDeps {
  readonly now: Clock;
  /** Resolves so many milliseconds later. */
  readonly wait: (ms: number) => Promise<unknown>;
  readonly onCall: (call: PspCall) => void;
}

export interface LetsiaClient {
  /** Throws `NotConnected` when nothing left, `AnswerLost` when nobody knows. */
  call(request: PspRequest, context: CallContext): Promise<Answer>;
  /** As `call`, for what changes nothing: once more on a connection that the PSP had closed. */
  read(request: PspRequest, context: CallContext): Promise<Answer>;
  /** Of the newest log-in; null before the first. */
  mode(): Mode | null;
  /** Throws `NotConnected` when the PSP does not let us in. */
  logIn(): Promise<unknown>;
  close(): Promise<void>;
}

export function createLetsiaClient(settings: LetsiaSettings, deps: LetsiaDeps): LetsiaClient {
  const connection = connectPsp(settings.apiUrl, settings.timeoutMs);
  const observedConnection = {
    exchange: (request: PspRequest) =>
      observedExchange(connection, request, { requestId: undefined, call: 'letsia POST /login' }, deps),
  };
  const sessions = createSessions(observedConnection, settings.credentials, deps);

  function observed(request: PspRequest, context: CallContext, token: string): Promise<Answer> {
    const call = `letsia ${request.method} ${request.route}`;
    const headers = {
      authorization: `Bearer ${token}`,
      'x-request-id': context.requestId,
      'content-type': 'application/json',
    };
    return observedExchange(connection, { ...request, headers }, { ...context, call }, deps);
  }

  /** “401/403: log in again”: refused at the door, before the invoice was looked at, so a repeat is safe for every call. */
  async function call(request: PspRequest, context: CallContext): Promise<Answer> {
    const token = await logIn();
    const answer = await observed(request, context, token);
    if (answer.status !== 401 && answer.status !== 403) return answer;
    sessions.reject(token);
    return observed(request, context, await logIn());
  }

  /** Whatever goes wrong at log-in, the call itself never left. */
  async function logIn(): Promise<string> {
    try {
      return (await sessions.get()).token;
    } catch (error) {
      throw notConnectedAt('log-in', error);
    }
  }

  return {
    call,
    read: (request, context) =>
      call(request, context).catch(error => {
        if (error instanceof NotConnected) throw error;
        return call(request, context);
      }),
    mode: sessions.mode,
    logIn,
    close: () => connection.close(),
  };
}
