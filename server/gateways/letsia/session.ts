/**
 * The log-in: a bearer token without a documented end, kept until Letsia refuses it; one log-in in flight. Source: Client API
 * Integration Guide, “Login”; live or sandbox is fixed in the token at log-in.
 */
import { fieldsOf, firstText } from '../fields.ts';
import { type LogInDeps, LogInRefused, sharedLogIn } from '../log-in.ts';
import { isOk, NotConnected, type PspConnection } from '../psp-http.ts';

export type Mode = 'live' | 'sandbox';

export interface Session {
  readonly token: string;
  /** Null when the answer does not say. */
  readonly mode: Mode | null;
}

export interface LetsiaCredentials {
  readonly email: string;
  readonly password: string;
}

const deviceName = 'letpay-checkout';

export interface Sessions {
  /** Callers who come while a log-in is under way share it. Throws what went wrong at the log-in. */
  get(): Promise<Session>;
  /** This token was refused: forgets it, unless somebody has put a newer one in its place meanwhile. */
  reject(token: string): void;
  /** Of the newest log-in; null before the first. */
  mode(): Mode | null;
}

export function createSessions(
  connection: Pick<PspConnection, 'exchange'>,
  { email, password }: LetsiaCredentials,
  deps: LogInDeps,
): Sessions {
  let held: Session | null = null;
  let mode: Mode | null = null;

  const logIn = sharedLogIn(async (): Promise<Session> => {
    const answer = await connection.exchange({
      method: 'POST',
      route: '/login',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password, device_name: deviceName }),
    });
    const data = fieldsOf(fieldsOf(answer.body)['data']);
    const token = firstText(data, 'access_token');
    const refusal = refusals[answer.status];
    if (refusal !== undefined) throw new LogInRefused(refusal);
    if (!isOk(answer) || token === null) throw new NotConnected(`status ${answer.status}, no token`);
    const said = firstText(fieldsOf(data['user']), 'api_mode')?.toLowerCase();
    mode = said === 'live' || said === 'sandbox' ? said : null;
    held = { token, mode };
    return held;
  }, deps);

  return {
    get: async () => held ?? logIn(),
    reject(token) {
      if (held?.token === token) held = null;
    },
    mode: () => mode,
  };
}

const refusals: Readonly<Record<number, string>> = {
  401: 'status 401: LETSIA_EMAIL or LETSIA_PASSWORD is wrong',
  403: 'status 403: the API is switched off for this account; set “API Enabled” in Letsia’s control panel',
};
