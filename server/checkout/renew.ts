/**
 * A new attempt on the same checkout: another card, another method, a new Pix code (product.md 2.6, rule 3).
 *
 *   1. the key is known?              the same answer again
 *   2. has the one before ended?      or is it an unpaid instrument that the shopper leaves
 *   3. the PSP’s word, once more      a late payment may have landed, of a canceled code too; then no new attempt
 *   4. a new order at the PSP         no charge: nobody can pay an order that nobody submits
 *   5. appended, durably              by compare-and-set; who comes second gets the first one’s attempt
 */
import { randomUUID } from 'node:crypto';
import type { Gateway } from '../gateways/gateway.ts';
import { ProblemError } from '../problem.ts';
import { change, type Store } from '../store/store.ts';
import {
  appendAttempt,
  canRenew,
  findClaim,
  hasAttemptsLeft,
  isCheckoutPaid,
  newestAttempt,
  withClaim,
} from './checkout.ts';
import type { CheckoutRecord, Claim } from './checkout-record.ts';
import { type Fingerprints, toldOfRenewal } from './fingerprint.ts';
import { makeOrder, offerOf } from './make-order.ts';
import { singleFlight } from './single-flight.ts';
import { nothingSent, tooManyAttempts } from './submit.ts';
import type { Watcher } from './watch.ts';
import { nextDue } from './watch-schedule.ts';

export interface RenewDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly read: Watcher['read'];
  readonly isLookedAt: (token: string) => boolean;
  readonly onChange: (record: CheckoutRecord) => void;
  readonly notificationUrl: (gateway: string) => string;
  readonly fingerprints: Fingerprints;
  readonly now: () => number;
}

export interface RenewRequest {
  readonly token: string;
  readonly key: string;
  readonly requestId: string;
}

export interface Renewer {
  renew(request: RenewRequest): Promise<CheckoutRecord>;
  idle(): Promise<void>;
}

export function createRenewer(deps: RenewDeps): Renewer {
  const { store, now, fingerprints } = deps;
  const fingerprint = fingerprints.of(toldOfRenewal);
  /** By checkout and not by key: two tabs that ask at once are given one attempt. */
  const flights = singleFlight<CheckoutRecord>();

  async function renew(request: RenewRequest): Promise<CheckoutRecord> {
    const { token, key } = request;
    const found = await store.find(token);
    if (found === null) throw new ProblemError('not_found', 'No checkout has this token.');
    const claim = findClaim(found, key);
    if (claim) {
      fingerprints.assertSame(claim.fingerprint, fingerprint);
      return found;
    }
    return remember(await flights.run(token, () => renewOnce(found, request)), key);
  }

  async function renewOnce(found: CheckoutRecord, { token, key, requestId }: RenewRequest) {
    if (isCheckoutPaid(found)) throw new ProblemError('already_paid', 'This checkout is paid.');
    if (!hasAttemptsLeft(found)) throw tooManyAttempts();
    if (!canRenew(found)) throw notRenewable();

    const read = await deps.read(token, 'earlier');
    if (!read?.complete) throw nothingSent(read ?? {});
    if (isCheckoutPaid(read.record)) return read.record;
    if (!canRenew(read.record) || read.record.order === null) throw notRenewable();

    const attempts = read.record.attempts.length;
    const { gateway, order } = read.record;
    const marked = { order, mark: randomUUID(), notificationUrl: deps.notificationUrl(gateway) };
    const made = await makeOrder(deps.gatewayOf(gateway), marked, { requestId }).catch(error => {
      throw isOutcomeUnknown(error) ? noPaymentSent() : error;
    });

    const renewed = await change(store, token, record => {
      if (isCheckoutPaid(record) || record.attempts.length > attempts || !canRenew(record)) return null;
      const next = appendAttempt(record, made.token, offerOf(made, record.methods), now());
      const claimed = withClaim(next, key, claimOn(made.token));
      return { ...claimed, dueAt: nextDue(claimed, now(), deps.isLookedAt(token)) };
    });
    if (renewed === null) throw new ProblemError('not_found', 'No checkout has this token.');
    if (renewed.changed) deps.onChange(renewed.record);
    return renewed.record;
  }

  /** A caller who was given somebody else’s attempt may ask for it again under their own key. */
  async function remember(record: CheckoutRecord, key: string): Promise<CheckoutRecord> {
    if (findClaim(record, key) || isCheckoutPaid(record)) return record;
    const claim = claimOn(newestAttempt(record).token);
    const claimed = await change(store, record.token, current =>
      findClaim(current, key) ? null : withClaim(current, key, claim),
    );
    return claimed?.record ?? record;
  }

  function claimOn(attempt: string): Claim {
    return { fingerprint, attempt, ending: 'answered' };
  }

  return {
    renew,
    idle: () => flights.idle(),
  };
}

function notRenewable(): ProblemError {
  return new ProblemError(
    'not_renewable',
    'The newest attempt was not used yet, or its outcome is not known.',
  );
}

function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'outcome_unknown';
}

/** The order of the new attempt may be there. Nobody can name it, so nobody can pay it. */
function noPaymentSent(): ProblemError {
  return new ProblemError('psp_unavailable', 'No payment was sent: it is safe to try again.', {
    retryAfterSeconds: 2,
  });
}
