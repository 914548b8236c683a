/**
 * A capture or a cancellation of held money, in the order in which things have to happen (product.md 2.6).
 *
 *   1. is money held?              else ask the PSP once more; what is so already is the same answer again
 *   2. the decision, durably       the compare-and-set that one of several calls or proxies wins
 *   3. the PSP, once
 *   4. what it said, durably       or “in doubt”
 *   5. the PSP’s status decides    PAID, CANCELED, or still held (then watch.ts goes on reading)
 */
import type { Gateway, HoldOutcome, PreAuthorization } from '../gateways/gateway.ts';
import { toMinor } from '../money.ts';
import { ProblemError } from '../problem.ts';
import { change, type Store, StoreUnavailable } from '../store/store.ts';
import { tokenToTell } from './checkout.ts';
import type { CheckoutRecord } from './checkout-record.ts';
import {
  attemptToDecide,
  beginDecision,
  dropDecision,
  type HoldStanding,
  type HoldWish,
  heldAmount,
  isSameWish,
  noteDecision,
  standingOf,
} from './hold.ts';
import { singleFlight } from './single-flight.ts';
import { nothingSent } from './submit.ts';
import { nextDue, type Watcher } from './watch.ts';

export interface PreAuthorizationDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly readAwaited: Watcher['read'];
  readonly isLookedAt: (token: string) => boolean;
  readonly onChange: (record: CheckoutRecord) => void;
  readonly onOutcome: (
    kind: HoldWish['kind'],
    outcome: HoldOutcome['kind'],
    cause: string | null,
    context: { token: string; requestId: string },
  ) => void;
  readonly now: () => number;
}

export interface DecisionRequest {
  readonly token: string;
  readonly kind: HoldWish['kind'];
  /** Major units; null takes all that is held. */
  readonly amount: number | null;
  readonly key: string | null;
  readonly requestId: string;
}

/** Not `known`: it left, and the PSP’s status has not followed yet. */
export interface DecisionResult {
  readonly record: CheckoutRecord;
  readonly known: boolean;
}

export interface Decider {
  decide(request: DecisionRequest): Promise<DecisionResult>;
  /** A decision on this checkout is on its way in this process. */
  isDeciding(token: string): boolean;
  idle(): Promise<void>;
}

export function createDecider(deps: PreAuthorizationDeps): Decider {
  const { store, now } = deps;
  const flights = singleFlight<DecisionResult>();
  /** Page tokens between the note and the PSP’s answer. */
  const deciding = new Set<string>();

  async function decide(request: DecisionRequest): Promise<DecisionResult> {
    const found = await store.find(request.token);
    if (found === null) throw unknownOrder();
    const part = deps.gatewayOf(found.gateway).preAuthorization;
    if (!part) throw new ProblemError('not_supported', 'Nothing can be held at this payment provider.');
    const wish = wishOf(found, request);
    assertSameWish(found, wish, request.key);

    const record = standingOf(found, wish) === 'possible' ? found : await freshRecord(found, wish);
    const standing = standingOf(record, wish);
    if (standing !== 'possible') return settle(record, standing);
    assertNotAboveHeld(record, wish);

    const noted = await note(wish, request);
    if (!noted.changed) return settle(noted.record, standingOf(noted.record, wish));
    deciding.add(request.token);
    try {
      const kept = await send(part, noted.record, wish, request);
      if (kept !== null) return kept;
    } finally {
      deciding.delete(request.token);
    }
    const read = await deps.readAwaited(request.token);
    if (read === null) throw unknownOrder();
    return settle(read.record, standingOf(read.record, wish));
  }

  /** What is known may be old: money may have been held, captured elsewhere or voided meanwhile. */
  async function freshRecord(found: CheckoutRecord, wish: HoldWish): Promise<CheckoutRecord> {
    if (standingOf(found, wish) === 'done' || deciding.has(found.token)) return found;
    const read = await deps.readAwaited(found.token);
    if (!read?.complete && standingOf(read?.record ?? found, wish) !== 'on_its_way') throw nothingSent();
    return read?.record ?? found;
  }

  async function note(wish: HoldWish, { token, key, requestId }: DecisionRequest) {
    const noted = await change(store, token, record => {
      if (standingOf(record, wish) !== 'possible') return null;
      const next = beginDecision(record, attemptToDecide(record).token, {
        ...wish,
        phase: 'sending',
        decidedAt: now(),
        inDoubtSince: null,
        requestId,
        key,
      });
      return { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    });
    if (noted === null) throw unknownOrder();
    return noted;
  }

  /** Null once the PSP’s answer is noted; a result when it could not be. */
  async function send(
    part: PreAuthorization,
    noted: CheckoutRecord,
    { kind, amount }: HoldWish,
    { token, requestId }: DecisionRequest,
  ): Promise<DecisionResult | null> {
    const held = attemptToDecide(noted);
    const attempt = held.token;
    const named = { token: tokenToTell(held), isOneStep: held.oneStep !== undefined };
    const outcome =
      amount === null
        ? await part.cancel(named, { requestId })
        : await part.capture(named, amount, noted.currency, { requestId });
    deps.onOutcome(kind, outcome.kind, 'cause' in outcome ? outcome.cause : null, { token, requestId });

    const settled = await change(store, token, record => {
      const next = applyOutcome(record, attempt, requestId, outcome, now());
      return next === record ? null : { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    }).catch(error => {
      // The store was lost while the decision was at the PSP. It still says “sending”, so a status read will end this.
      if (error instanceof StoreUnavailable) return 'not kept' as const;
      throw error;
    });
    if (settled === 'not kept') return { record: noted, known: false };
    if (settled?.changed) deps.onChange(settled.record);
    if (outcome.kind === 'not_sent') throw nothingSent();
    if (outcome.kind === 'refused')
      throw new ProblemError('psp_refused', outcome.detail, { errors: outcome.errors });
    return null;
  }

  return {
    decide(request) {
      const { token, kind, amount, key } = request;
      return flights.run(JSON.stringify([token, kind, amount, key]), () => decide(request));
    },
    isDeciding: token => deciding.has(token),
    idle: () => flights.idle(),
  };
}

function applyOutcome(
  record: CheckoutRecord,
  attempt: string,
  requestId: string,
  outcome: HoldOutcome,
  now: number,
): CheckoutRecord {
  switch (outcome.kind) {
    case 'taken':
      return noteDecision(record, attempt, requestId, { phase: 'taken', inDoubtSince: null });
    case 'refused':
    case 'not_sent':
      return dropDecision(record, attempt, requestId);
    // Nothing held: perhaps because this very decision was taken. The status tells.
    case 'not_held':
    case 'unknown':
      return noteDecision(record, attempt, requestId, { inDoubtSince: now });
  }
}

/** In minor units. Throws when the amount is none in the order’s currency, or cannot be left out. */
function wishOf(record: CheckoutRecord, { kind, amount }: DecisionRequest): HoldWish {
  if (kind === 'cancel') return { kind, amount: null };
  const minor = amount === null ? heldAmount(record) : toMinor(amount, record.currency);
  if (minor !== null) return { kind, amount: minor };
  throw amount === null
    ? wrongAmount('required', 'is required: the price of this order is not known here')
    : wrongAmount('invalid', 'has more decimals than the currency');
}

function assertNotAboveHeld(record: CheckoutRecord, { amount }: HoldWish): void {
  const held = heldAmount(record);
  if (amount !== null && held !== null && amount > held)
    throw wrongAmount('too_large', 'is above what is held');
}

function wrongAmount(code: 'required' | 'invalid' | 'too_large', detail: string): ProblemError {
  return new ProblemError('validation_failed', 'The amount is wrong; nothing was sent.', {
    errors: [{ pointer: '/amount', code, detail }],
  });
}

function assertSameWish(record: CheckoutRecord, wish: HoldWish, key: string | null): void {
  const { decision } = attemptToDecide(record);
  if (key === null || decision?.key !== key || isSameWish(decision, wish)) return;
  throw new ProblemError('idempotency_mismatch', 'This Idempotency-Key came with another body before.');
}

function settle(record: CheckoutRecord, standing: HoldStanding): DecisionResult {
  const { status } = attemptToDecide(record);
  switch (standing) {
    case 'done':
      return { record, known: true };
    case 'on_its_way':
      return { record, known: false };
    case 'other_on_its_way':
      throw new ProblemError('capture_in_flight', 'Wait until the one before has ended.');
    case 'captured':
      throw new ProblemError('already_captured', `It was not taken as asked for; the status is ${status}.`);
    case 'paid_otherwise':
      throw new ProblemError('already_paid', 'Another attempt of this order is paid: cancel this one.');
    // Possible again: the decision was lost, and the PSP said that the money is still held.
    case 'possible':
      throw nothingSent();
    case 'not_held':
      throw new ProblemError('not_pre_authorized', `Nothing is held; the status is ${status}.`);
  }
}

function unknownOrder(): ProblemError {
  return new ProblemError('not_found', 'No order has this token.');
}
