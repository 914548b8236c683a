/**
 * The access token: one log-in in flight, rotation by `refresh_token`, renewal before the end.
 * Source: classic docs “Get Access Token” (5 minutes; every action returns a refreshed token), facts section 1.2.
 */
import type { Clock } from '../../clock.ts';
import { type LogInDeps, LogInRefused, sharedLogIn } from '../log-in.ts';
import { type Answer, NotConnected, type PspConnection } from '../psp-http.ts';
import { readErrors } from './failure.ts';

export interface Credentials {
  readonly kind: 'key' | 'user';
  readonly id: string;
  readonly secret: string;
}

/** The documents say 5 minutes; used when a token’s own `exp` cannot be read. */
const documentedLifeMs = 5 * 60_000;
/** A token this close to its end could run out on the way. */
const marginMs = 20_000;

export interface AccessTokenDeps extends LogInDeps {
  /** Of what tokens say of their end. */
  readonly now: Clock;
}

interface Held {
  readonly token: string;
  readonly endsAt: number;
  /** By the token itself. */
  readonly said: number | null;
}

export class AccessToken {
  readonly #connection: Pick<PspConnection, 'exchange'>;
  readonly #credentials: Credentials;
  readonly #now: () => number;
  readonly #sharedLogIn: () => Promise<Held>;
  #held: Held | null = null;

  constructor(connection: Pick<PspConnection, 'exchange'>, credentials: Credentials, deps: AccessTokenDeps) {
    this.#connection = connection;
    this.#credentials = credentials;
    this.#now = deps.now;
    this.#sharedLogIn = sharedLogIn(() => this.#logIn(), deps);
  }

  /**
   * A token that is good for at least some seconds. Callers who come while a log-in is under way share it. Throws
   * `LogInRefused` for wrong credentials or a locked user, then without asking again for some seconds.
   */
  async get(): Promise<string> {
    if (this.#held && this.#held.endsAt - marginMs > this.#now()) return this.#held.token;
    return (await this.#sharedLogIn()).token;
  }

  /** Takes the `refresh_token` of an answer, but never puts a token that ends earlier over one that ends later. */
  rotate(token: unknown): void {
    if (typeof token !== 'string' || token === '') return;
    const said = this.#endOf(token);
    if (said === null) return;
    const held = this.#held;
    if (!held || said > (held.said ?? held.endsAt)) this.#held = { token, endsAt: this.#within(said), said };
  }

  /** A 401 for this token: forgets it, unless somebody has put a newer one in its place meanwhile. */
  reject(token: string): void {
    if (this.#held?.token === token) this.#held = null;
  }

  async #logIn(): Promise<Held> {
    const { kind, id, secret } = this.#credentials;
    const form = new URLSearchParams(
      kind === 'key' ? { apiKey: id, apiSecret: secret } : { username: id, password: secret },
    );
    const answer = await this.#connection.exchange({
      method: 'POST',
      route: '/auth',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const token = tokenOf(answer);
    if (isRefusal(answer)) throw new LogInRefused(`status ${answer.status}: ${variables[kind]} is wrong`);
    if (token === null) throw new NotConnected(`status ${answer.status}, no token`);
    const said = this.#endOf(token);
    // A fresh token that seems to have ended tells of a clock that is wrong, ours or theirs.
    const usable = said !== null && said - marginMs > this.#now();
    this.#held = { token, endsAt: usable ? this.#within(said) : this.#now() + documentedLifeMs, said };
    return this.#held;
  }

  /** A clock of ours that is late must not make a token last longer than any does. */
  #within(said: number): number {
    return Math.min(said, this.#now() + documentedLifeMs);
  }

  /** The `exp` claim in ms. Not verified: the PSP does that; this only tells when to fetch the next one. */
  #endOf(token: string): number | null {
    try {
      const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      const exp = (claims as { exp?: unknown } | null)?.exp;
      return typeof exp === 'number' ? exp * 1000 : null;
    } catch {
      return null;
    }
  }
}

const variables: Readonly<Record<Credentials['kind'], string>> = {
  key: 'LETPAY_API_KEY or LETPAY_API_SECRET',
  user: 'LETPAY_USERNAME or LETPAY_PASSWORD',
};

/** “Bad authentication request”, no account, user or key of that name (facts section 1.2). */
const refusalCodes = ['00.01.0001', '00.01.0009', '00.01.0010', '00.01.0012'];

function isRefusal({ status, body }: Answer): boolean {
  const isCoded = readErrors(body).some(({ code }) => code !== null && refusalCodes.includes(code));
  return isCoded || [400, 401, 403, 422, 423].includes(status);
}

function tokenOf(answer: Answer): string | null {
  const token = (answer.body as { token?: unknown } | null | undefined)?.token;
  return answer.status === 200 && typeof token === 'string' && token !== '' ? token : null;
}
