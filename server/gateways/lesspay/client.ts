/**
 * Lesspay’s API as one function: a signed call (facts section 7.1). There is no log-in: every call shows the credentials, and
 * a wrong one is refused before anything is looked at.
 */
import type { Clock } from '../../clock.ts';
import type { CallContext } from '../gateway.ts';
import { createRefusalPause, type LogInDeps, LogInRefused } from '../log-in.ts';
import { type Answer, connectPsp, observedExchange, type PspCall } from '../psp-http.ts';
import { signatureOf } from './signature.ts';

export interface LesspaySettings {
  readonly apiUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly timeoutMs: number;
}

export interface LesspayDeps extends Pick<LogInDeps, 'monotonic' | 'onLogInRefused'> {
  /** Of signatures and queries. */
  readonly now: Clock;
  /** A random UUID. */
  readonly newId: () => string;
  readonly onCall: (call: PspCall) => void;
}

export interface LesspayClient {
  /** Throws `NotConnected` when nothing left or the signature was refused, `AnswerLost` when nobody knows. */
  post(
    route: string,
    fields: Readonly<Record<string, string | number>>,
    context: CallContext,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export function createLesspayClient(settings: LesspaySettings, deps: LesspayDeps): LesspayClient {
  const connection = connectPsp(settings.apiUrl, settings.timeoutMs);
  const pause = createRefusalPause(deps);

  return {
    async post(route, fields, context) {
      pause.assertOver();
      const body = JSON.stringify(fields);
      const headers = {
        'content-type': 'application/json',
        'x-auth-appid': settings.appId,
        'x-auth-timestamp': String(deps.now()),
        'x-auth-signature': signatureOf(body, settings.appSecret) ?? '',
      };
      const request = { method: 'POST', route, headers, body } as const;
      const call = `POST ${route}`;
      const answer = await observedExchange(connection, request, { ...context, call }, deps);
      if (answer.status === 401) {
        const refusal = new LogInRefused('status 401: LESSPAY_APP_ID or LESSPAY_APP_SECRET is wrong');
        pause.begin(refusal);
        throw refusal;
      }
      pause.end();
      return answer;
    },
    close: () => connection.close(),
  };
}
