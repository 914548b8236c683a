/**
 * The access token: one log-in in flight, rotation by `refresh_token`, renewal before the end.
 * Source: classic docs “Get Access Token” (5 minutes; every action returns a refreshed token), facts section 1.2.
 */
import type { Answer, PspConnection } from '../psp-http.ts';

/** `log-in refused` is a wrong credential or a locked user: no use in trying the call. */
export class LogInRefused extends Error {
  override readonly name = 'LogInRefused';
}

export interface Credentials {
  readonly kind: 'key' | 'user';
  readonly id: string;
  readonly secret: string;
}

/** The documents say 5 minutes; used when a token’s own `exp` cannot be read. */
const documentedLifeMs = 5 * 60_000;
/** A token this close to its end could run out on the way. */
const marginMs = 20_000;

interface Held {
  readonly token: string;
  readonly endsAt: number;
  /** By the token itself. */
  readonly said: number | null;
}

export class AccessToken {
  readonly #connection: PspConnection;
  readonly #credentials: Credentials;
  readonly #now: () => number;
  readonly #onLogIn: () => void;
  #held: Held | null = null;
  #loggingIn: Promise<Held> | null = null;

  constructor(connection: PspConnection, credentials: Credentials, now: () => number, onLogIn: () => void) {
    this.#connection = connection;
    this.#credentials = credentials;
    this.#now = now;
    this.#onLogIn = onLogIn;
  }

  /** A token that is good for at least some seconds. Callers who come while a log-in is under way share it. */
  async get(): Promise<string> {
    if (this.#held && this.#held.endsAt - marginMs > this.#now()) return this.#held.token;
    this.#loggingIn ??= this.#logIn().finally(() => {
      this.#loggingIn = null;
    });
    return (await this.#loggingIn).token;
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
    this.#onLogIn();
    const answer = await this.#connection.exchange({
      method: 'POST',
      route: '/auth',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const token = tokenOf(answer);
    if (token === null) throw new LogInRefused(`status ${answer.status}`);
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

function tokenOf(answer: Answer): string | null {
  const token = (answer.body as { token?: unknown } | null | undefined)?.token;
  return answer.status === 200 && typeof token === 'string' && token !== '' ? token : null;
}
