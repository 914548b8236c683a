/**
 * What the log-ins at the PSPs have in common: callers share one, an operator hears how it went, and after a refusal nobody
 * knocks again at once, because an account may be locked for that.
 */
import type { Clock } from '../clock.ts';
import { causeOf, NotConnected } from './psp-http.ts';

/** The PSP refused the proxy’s credentials: no call left, and none will until an operator mends them. */
export class LogInRefused extends NotConnected {
  override readonly name = 'LogInRefused';
}

/** Whose credentials, and what became of them. `cause` names a status or an error code, never what was sent. */
export interface LogInDeps {
  readonly monotonic: Clock;
  /** The PSP let us in. */
  readonly onLogIn: () => void;
  /** It refused the credentials. */
  readonly onLogInRefused: (cause: string) => void;
  /** It could not be asked, or answered neither yes nor no. */
  readonly onLogInFailed: (cause: string) => void;
}

const firstPauseMs = 10_000;
/** Credentials that were mended at the PSP work after this at the latest. */
const longestPauseMs = 60_000;

export interface RefusalPause {
  /** Throws the last refusal while it is too early to ask again. */
  assertOver(): void;
  /** Tells the operator once a pause. */
  begin(refusal: LogInRefused): void;
  /** The credentials are good. */
  end(): void;
}

export function createRefusalPause({
  monotonic,
  onLogInRefused,
}: Pick<LogInDeps, 'monotonic' | 'onLogInRefused'>): RefusalPause {
  let refused: { readonly refusal: LogInRefused; readonly until: number } | null = null;
  let pauseMs = firstPauseMs;
  const isPaused = () => refused !== null && monotonic() < refused.until;
  return {
    assertOver() {
      if (refused !== null && isPaused()) throw refused.refusal;
    },
    begin(refusal) {
      if (isPaused()) return;
      refused = { refusal, until: monotonic() + pauseMs };
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
      onLogInRefused(refusal.message);
    },
    end() {
      refused = null;
      pauseMs = firstPauseMs;
    },
  };
}

/** `logIn` as many callers may ask for it at once. It throws `LogInRefused` when the PSP refused the credentials. */
export function sharedLogIn<T>(logIn: () => Promise<T>, deps: LogInDeps): () => Promise<T> {
  const pause = createRefusalPause(deps);
  let flight: Promise<T> | null = null;

  async function attempt(): Promise<T> {
    pause.assertOver();
    try {
      const session = await logIn();
      pause.end();
      deps.onLogIn();
      return session;
    } catch (error) {
      if (error instanceof LogInRefused) pause.begin(error);
      else deps.onLogInFailed(causeOf(error));
      throw error;
    }
  }

  return () => {
    flight ??= attempt().finally(() => {
      flight = null;
    });
    return flight;
  };
}

/** What the failure of a step before a call means for the call: it never left. `step`: `log-in`. */
export function notConnectedAt(step: string, error: unknown): NotConnected {
  return error instanceof LogInRefused ? error : new NotConnected(`${step}: ${causeOf(error)}`);
}
