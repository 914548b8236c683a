/** Lesspay’s API as one function: a signed call (facts section 7.1). There is no log-in. */
import type { Clock } from '../../clock.ts';
import type { CallContext } from '../gateway.ts';
import { type Answer, connectPsp, observedExchange, type PspCall } from '../psp-http.ts';
import { signatureOf } from './signature.ts';

export interface LesspaySettings {
  readonly apiUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly timeoutMs: number;
}

export interface LesspayDeps {
  /** Of signatures and queries. */
  readonly now: Clock;
  readonly monotonic: Clock;
  /** A random UUID. */
  readonly newId: () => string;
  readonly onCall: (call: PspCall) => void;
}

export interface LesspayClient {
  /** Throws `NotConnected` when nothing left, `AnswerLost` when nobody knows. */
  post(
    route: string,
    fields: Readonly<Record<string, string | number>>,
    context: CallContext,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export function createLesspayClient(settings: LesspaySettings, deps: LesspayDeps): LesspayClient {
  const connection = connectPsp(settings.apiUrl, settings.timeoutMs);

  return {
    post(route, fields, context) {
      const body = JSON.stringify(fields);
      const headers = {
        'content-type': 'application/json',
        'x-auth-appid': settings.appId,
        'x-auth-timestamp': String(deps.now()),
        'x-auth-signature': signatureOf(body, settings.appSecret) ?? '',
      };
      const request = { method: 'POST', route, headers, body } as const;
      return observedExchange(connection, request, { ...context, call: `POST ${route}` }, deps);
    },
    close: () => connection.close(),
  };
}
