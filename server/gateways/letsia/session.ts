/**
 * The log-in: a bearer token without a documented end, kept until Letsia refuses it; one log-in in flight. Source: Client API
 * Integration Guide, “Login”; live or sandbox is fixed in the token at log-in.
 */
import { fieldsOf, firstText } from '../fields.ts';
import { isOk, type PspConnection } from '../psp-http.ts';

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

/** What an operator is told; never what was sent. */
export class LogInRefused extends Error {
  override readonly name = 'LogInRefused';
}

const deviceName = 'letpay-checkout';

/**
 * After a wrong password or a switched-off API nobody logs in for so long: whoever waits for many invoices would knock a
 * hundred times a second, and an account may be locked for that.
 */
const refusedForMs = 10_000;

export interface SessionDeps {
  readonly now: () => number;
  readonly onLogIn: () => void;
  /** Letsia does not let us in; `cause` tells an operator why. */
  readonly onLogInRefused: (cause: string) => void;
}

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
  { now, onLogIn, onLogInRefused }: SessionDeps,
): Sessions {
  let held: Session | null = null;
  let mode: Mode | null = null;
  let loggingIn: Promise<Session> | null = null;
  let refused: { readonly error: LogInRefused; readonly until: number } | null = null;

  async function logIn(): Promise<Session> {
    onLogIn();
    const answer = await connection.exchange({
      method: 'POST',
      route: '/login',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password, device_name: deviceName }),
    });
    const data = fieldsOf(fieldsOf(answer.body)['data']);
    const token = firstText(data, 'access_token');
    if (!isOk(answer) || token === null) {
      const why = refusals[answer.status];
      const error = new LogInRefused(why ?? `status ${answer.status}`);
      if (why !== undefined) {
        refused = { error, until: now() + refusedForMs };
        onLogInRefused(why);
      }
      throw error;
    }
    refused = null;
    const said = firstText(fieldsOf(data['user']), 'api_mode')?.toLowerCase();
    mode = said === 'live' || said === 'sandbox' ? said : null;
    held = { token, mode };
    return held;
  }

  return {
    async get() {
      if (held) return held;
      if (refused && now() < refused.until) throw refused.error;
      loggingIn ??= logIn().finally(() => {
        loggingIn = null;
      });
      return loggingIn;
    },
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
