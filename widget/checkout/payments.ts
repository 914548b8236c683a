/**
 * The effects that move money: submissions, renewals, and the watch over what became of them. Loaded while the shopper
 * reads the form; nothing is sent before it is here.
 *
 * Owns: the idempotency keys, the watch. Does not own: the state; what happened is told by `apply`, and `transition`
 * decides. Card data passes through `send` as an argument and is never kept here.
 */
import type { Checkout } from '../../server/contract/checkout.ts';
import type { Submission } from '../../server/contract/submission.ts';
import { createChanges } from '../api/changes.ts';
import type { Client } from '../api/client.ts';
import { NotSentError, RefusedError } from '../api/errors.ts';
import { readCheckout } from '../api/read.ts';
import { type Watch, watchCheckout } from '../api/watch.ts';
import type { Environment } from './environment.ts';
import { failureOf } from './failure.ts';
import { createIdempotencyKeys } from './idempotency-keys.ts';
import { type CheckoutState, checkoutOf } from './state.ts';
import type { Happening } from './transition.ts';

export interface PaymentsOptions {
  readonly token: string;
  readonly client: Client;
  /** Ends with the run: nothing is told afterwards. */
  readonly signal: AbortSignal;
  readonly environment: Environment;
  readonly state: () => CheckoutState;
  readonly apply: (happening: Happening) => void;
  /** A Checkout that the watch or the feed brought. */
  readonly onCheckout: (checkout: Checkout) => void;
  /** Reads the status once. */
  readonly read: () => Promise<void>;
}

export interface Payments {
  readonly send: (body: Submission) => Promise<void>;
  readonly renew: () => Promise<void>;
  /** To be called after every change of state: turns the watch on and off. */
  readonly follow: (previous: CheckoutState, state: CheckoutState) => void;
  /** Begins again a watch that ended of itself. */
  readonly resume: () => void;
}

/** The proxy refused because the checkout stands elsewhere than we thought: nothing is said before its status is read. */
const readInstead: readonly string[] = [
  'already_paid',
  'submission_in_flight',
  'renew_required',
  'not_renewable',
  'idempotency_mismatch',
];

export function createPayments(options: PaymentsOptions): Payments {
  const { token, client, signal, environment, state, apply, onCheckout, read } = options;
  const changes = createChanges(client);
  const keys = createIdempotencyKeys(token, environment);
  let watch: Watch | null = null;
  let watchEnded = false;

  const attempt = () => checkoutOf(state())?.attempt ?? 1;

  async function send(body: Submission): Promise<void> {
    try {
      // Nothing is ever queued behind the shopper’s back.
      if (!environment.isOnline()) throw new NotSentError();
      const checkout = await changes.submit(token, body, keys.keyFor('submit', attempt()), signal);
      if (signal.aborted) return;
      if (!checkout.verifying) keys.forget('submit');
      apply({ type: 'answered', checkout });
    } catch (error) {
      if (signal.aborted) return;
      const refused = error instanceof RefusedError;
      // After a refusal the same key would bring the same answer again; another submission’s key is not ours to drop.
      if (refused && error.code !== 'submission_in_flight') keys.forget('submit');
      if (error instanceof NotSentError || (refused && !readInstead.includes(error.code))) {
        apply({ type: 'refused', failure: failureOf(error) });
      } else {
        apply({ type: 'outcome-unknown', requestId: refused ? error.requestId : null });
        void read();
      }
    }
  }

  async function renew(): Promise<void> {
    try {
      const checkout = await changes.renew(token, keys.keyFor('renew', attempt()), signal);
      if (signal.aborted) return;
      keys.forget('renew');
      apply({ type: 'renewed', checkout });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof RefusedError) keys.forget('renew');
      apply({ type: 'renew-failed', failure: failureOf(error) });
      // The new attempt may be there although its answer is not; or another tab was quicker.
      void read();
      return;
    }
    const now = state();
    if (now.name === 'submitting' && now.direct && now.method !== 'CREDITCARD') {
      await send({ method: now.method });
    }
  }

  function openFeed(onNews: (checkout: Checkout) => void, onError: () => void): () => void {
    const events = environment.openEvents(client.eventsUrl(token));
    events.addEventListener('checkout', event => {
      try {
        onNews(readCheckout(JSON.parse((event as MessageEvent<string>).data)));
      } catch {
        onError();
      }
    });
    events.addEventListener('error', onError);
    return () => events.close();
  }

  function stopWatch(): void {
    watch?.stop();
    watch = null;
  }

  function startWatch(): void {
    watchEnded = false;
    watch = watchCheckout({
      read: readSignal => client.read(token, readSignal),
      openFeed,
      clock: environment.clock,
      jitter: environment.jitter,
      onCheckout,
      onEnd: () => {
        watchEnded = true;
      },
    });
    watch.setHidden(document.hidden);
    watch.setOffline(!environment.isOnline());
  }

  /** Back from the bank’s app, or back on the network: the moment at which shoppers look. */
  function listenToPage(): void {
    const wake = () => watch?.wake();
    document.addEventListener('visibilitychange', () => watch?.setHidden(document.hidden), { signal });
    window.addEventListener('pageshow', wake, { signal });
    window.addEventListener('focus', wake, { signal });
    window.addEventListener('online', () => watch?.setOffline(false), { signal });
    window.addEventListener('offline', () => watch?.setOffline(true), { signal });
  }

  listenToPage();
  signal.addEventListener('abort', stopWatch);

  return {
    send,
    renew,
    follow(previous, next) {
      // A definite outcome: the key of the submission has done its work. A form that came back keeps it for the repeat.
      if (previous.name === 'verifying' && next.name !== 'verifying' && next.name !== 'choosing')
        keys.forget('submit');
      if (!needsWatch(next)) stopWatch();
      else if (!watch && !signal.aborted) startWatch();
    },
    resume() {
      if (!watchEnded) return;
      watchEnded = false;
      watch?.wake();
    },
  };
}

/** Money may come from elsewhere: from the PSP, or from an instrument of an attempt that was left behind. */
function needsWatch(state: CheckoutState): boolean {
  switch (state.name) {
    case 'verifying':
    case 'waiting':
    case 'pending':
      return true;
    case 'choosing':
    case 'submitting':
    case 'declined':
    case 'renewing':
      return state.checkout.attempt > 1;
    default:
      return false;
  }
}
