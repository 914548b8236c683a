/**
 * The effects that move money: submissions, renewals, and the watch over what became of them. Loaded while the shopper
 * reads the form; nothing is sent before it is here.
 *
 * Owns: the idempotency keys, the watch. Does not own: the state; what happened is told by `apply`, and `transition`
 * decides. Card data passes through `send` as an argument and is never kept here.
 */
import type { Checkout } from '../../server/contract/checkout.ts';
import type { PlainSubmission, Submission } from '../../server/contract/submission.ts';
import { createChanges } from '../api/changes.ts';
import type { Client } from '../api/client.ts';
import { createElection } from '../api/election.ts';
import { NotSentError, RefusedError, TooLateError } from '../api/errors.ts';
import { takeFeedPlace } from '../api/feed-places.ts';
import { readCheckout } from '../api/read-checkout.ts';
import { type Watch, watchCheckout } from '../api/watch.ts';
import { isCardMethod } from '../methods/card/card-method.ts';
import { browserTabs } from './browser-tabs.ts';
import {
  type AuthenticateCard,
  authenticated,
  type FormSubmission,
  NotAuthenticatedError,
} from './card-authentication.ts';
import type { FirstEnvironment } from './environment.ts';
import { failureOf, failureWith } from './failure.ts';
import { createIdempotencyKeys } from './idempotency-keys.ts';
import { laterEnvironment } from './later-environment.ts';
import { type CheckoutState, checkoutOf, type Failure } from './state.ts';
import type { Happening } from './transition.ts';

export interface PaymentsOptions {
  readonly token: string;
  readonly client: Client;
  /** Ends with the run: nothing is told afterwards. */
  readonly signal: AbortSignal;
  readonly environment: FirstEnvironment;
  readonly state: () => CheckoutState;
  readonly apply: (happening: Happening) => void;
  /** A Checkout that the watch or the feed brought. */
  readonly onCheckout: (checkout: Checkout) => void;
  /** The merchant’s 3-D Secure provider; left out, or without an answer, there is no check. */
  readonly authenticateCard?: AuthenticateCard;
  /** Reads the status once. */
  readonly read: () => Promise<void>;
  /** Another tab was quicker than a card of this one, which was sent to nobody. */
  readonly onCardNotCharged?: () => void;
  /** False when the watch ended of itself, true when there is one again. */
  readonly onWatching?: (watching: boolean) => void;
}

export interface Payments {
  readonly send: (body: FormSubmission) => Promise<void>;
  readonly renew: () => Promise<void>;
  /** To be called after every change of state: turns the watch on and off. */
  readonly follow: (previous: CheckoutState, state: CheckoutState) => void;
  /** The shopper asked: a watch that ended of itself begins again. */
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

/** Of these: another submission is the order’s payment, and ours went nowhere. */
const tookItsPlace: readonly string[] = ['already_paid', 'submission_in_flight', 'renew_required'];

/** A stored card that can be charged no more is told from a method that is not offered by the field that was refused. */
function failureOfSubmission(error: unknown): Failure {
  if (error instanceof NotAuthenticatedError) return failureWith('not_authenticated');
  const failure = failureOf(error);
  const isCardGone = failure.fields.some(({ pointer }) => pointer === '/public_card_id');
  return isCardGone ? { ...failure, code: 'card_gone' } : failure;
}

export function createPayments(options: PaymentsOptions): Payments {
  const { token, client, signal, state, apply, onCheckout, read, onWatching } = options;
  const environment = { ...laterEnvironment, ...options.environment };
  const changes = createChanges(client);
  const keys = createIdempotencyKeys(token, environment);
  const { tabs = browserTabs() } = environment;
  const join = tabs && createElection(client.eventsUrl(token), token, tabs);
  let watch: Watch | null = null;

  const attempt = () => checkoutOf(state())?.attempt ?? 1;

  async function send(entered: FormSubmission): Promise<void> {
    try {
      if (!(await isReachable())) throw new NotSentError();
      const body = await authenticate(entered);
      if (signal.aborted || !body) return;
      const checkout = await changes.submit(token, body, keys.keyFor('submit', attempt()), signal);
      if (signal.aborted) return;
      if (!checkout.verifying) keys.forget('submit');
      apply({ type: 'answered', checkout });
    } catch (error) {
      if (signal.aborted) return;
      const refused = error instanceof RefusedError;
      // After a refusal the same key would bring the same answer again; another submission’s key is not ours to drop.
      if (refused && error.code !== 'submission_in_flight') keys.forget('submit');
      const isUnsent = error instanceof NotSentError || error instanceof NotAuthenticatedError;
      if (isUnsent || (refused && !readInstead.includes(error.code))) {
        const failure = failureOfSubmission(error);
        apply({ type: 'refused', failure });
        if (failure.code === 'card_gone') void read();
      } else {
        apply({ type: 'outcome-unknown', requestId: refused ? error.requestId : null });
        await read();
        const isOthers = refused && tookItsPlace.includes(error.code);
        if (isOthers && !signal.aborted && isCardMethod(entered.method)) options.onCardNotCharged?.();
      }
    }
  }

  /**
   * Nothing is ever queued behind the shopper’s back. Some web views and VPN extensions call a working network offline, so
   * that word only makes us try with a read, which may fail.
   */
  async function isReachable(): Promise<boolean> {
    if (environment.isOnline()) return true;
    return client.read(token, signal).then(
      () => true,
      error => !(error instanceof NotSentError || error instanceof TooLateError),
    );
  }

  /** Null when the checkout was paid by something else while the bank asked its customer. */
  async function authenticate(entered: FormSubmission): Promise<Submission | null> {
    const now = state();
    if (now.name !== 'submitting') return null;
    const { authenticateCard = async () => null } = options;
    const body = await authenticated(entered, now.checkout, authenticateCard, environment.clock);
    return state().name === 'submitting' ? body : null;
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
    if (now.name === 'submitting' && now.direct) {
      await send({ method: now.method as PlainSubmission['method'] });
    }
  }

  function openFeed(onNews: (checkout: Checkout) => void, onError: () => void): () => void {
    const giveBack = takeFeedPlace();
    if (!giveBack) {
      onError();
      return () => {};
    }
    const events = environment.openEvents(client.eventsUrl(token));
    events.addEventListener('checkout', event => {
      try {
        onNews(readCheckout(JSON.parse((event as MessageEvent<string>).data)));
      } catch {
        onError();
      }
    });
    events.addEventListener('error', onError);
    return () => {
      events.close();
      giveBack();
    };
  }

  function stopWatch(): void {
    watch?.stop();
    watch = null;
  }

  function startWatch(): void {
    watch = watchCheckout({
      read: readSignal => client.read(token, readSignal),
      openFeed,
      clock: environment.clock,
      jitter: environment.jitter,
      onCheckout,
      onWatching: watching => onWatching?.(watching),
      join,
    });
    watch.setHidden(document.hidden);
    watch.setOffline(!environment.isOnline());
  }

  /** Back from the bank’s app, or back on the network: the moment at which shoppers look. */
  function listenToPage(): void {
    const look = () => watch?.setHidden(document.hidden);
    // Browsers refuse to keep a page for “back” that holds a lock or a connection.
    const leave = () => watch?.setHidden(true);
    const wake = () => {
      look();
      watch?.wake();
    };
    document.addEventListener('visibilitychange', look, { signal });
    document.addEventListener('freeze', leave, { signal });
    document.addEventListener('resume', look, { signal });
    window.addEventListener('pagehide', leave, { signal });
    window.addEventListener(
      'pageshow',
      ({ persisted }) => {
        // A form that comes back as it was left: it may have been paid since.
        if (watch) wake();
        else if (persisted) void read();
      },
      { signal },
    );
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
      watch?.resume();
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
