/** Lesspay’s API as one function: a signed call (facts section 7.1). There is no log-in. */
import type { CallContext } from '../gateway.ts';
import { type Answer, causeOf, connectPsp, type PspCall } from '../psp-http.ts';
import { signatureOf } from './signature.ts';

export interface LesspaySettings {
  readonly apiUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly timeoutMs: number;
}

export interface LesspayDeps {
  readonly now: () => number;
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

export function createLesspayClient(settings: LesspaySettings, { now, onCall }: LesspayDeps): LesspayClient {
  const connection = connectPsp(settings.apiUrl, settings.timeoutMs);

  return {
    async post(route, fields, { requestId }) {
      const body = JSON.stringify(fields);
      const started = now();
      const done = (outcome: string) =>
        onCall({ requestId, call: `POST ${route}`, outcome, ms: now() - started });
      const headers = {
        'content-type': 'application/json',
        'x-auth-appid': settings.appId,
        'x-auth-timestamp': String(started),
        'x-auth-signature': signatureOf(body, settings.appSecret) ?? '',
      };
      try {
        const answer = await connection.exchange({ method: 'POST', route, headers, body });
        done(String(answer.status));
        return answer;
      } catch (error) {
        done(causeOf(error));
        throw error;
      }
    },
    close: () => connection.close(),
  };
}
