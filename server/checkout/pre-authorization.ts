/**
 * A capture or a cancellation of held money, in the order in which things have to happen (product.md 2.6). Likewise the
 * cancellation of what was paid, at a PSP that has such a call.
 *
 *   1. is money held?              else ask the PSP once more; what is so already is the same answer again. What was paid
 *                                  is always asked about: it may have been given back or canceled elsewhere
 *   2. the decision, durably       the compare-and-set that one of several calls or proxies wins
 *   3. the PSP, once
 *   4. what it said, durably       or “in doubt”
 *   5. the PSP’s status decides    PAID, CANCELED, or as before (then watch.ts goes on reading)
 */
import type { Gateway, HoldOutcome } from '../gateways/gateway.ts';
import { askedMinor } from '../money.ts';
import { ProblemError } from '../problem.ts';
import { change, type Store, StoreUnavailable } from '../store/store.ts';
import { isPaid, tokenToTell } from './attempt.ts';
import type { Attempt, CheckoutRecord } from './checkout-record.ts';
import {
  attemptToDecide,
  awaitsCancellation,
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
import type { Watcher } from './watch.ts';
import { nextDue } from './watch-schedule.ts';

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

/** `not_kept`: the PSP’s answer could not be noted. */
type Sent = Exclude<HoldOutcome['kind'], 'refused' | 'not_sent'> | 'not_kept';

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
    const gateway = deps.gatewayOf(found.gateway);
    const cancelsPaid = gateway.paidCancellation !== null;
    if (!gateway.preAuthorization && !(cancelsPaid && request.kind === 'cancel'))
      throw new ProblemError('not_supported', 'Nothing can be held at this payment provider.');
    const wish = wishOf(found, request, cancelsPaid);
    assertSameWish(found, wish, request.key);

    const isHeld = standingOf(found, wish) === 'possible' && !isPaid(attemptToDecide(found));
    const record = isHeld ? found : await freshRecord(found, wish);
    const standing = standingOf(record, wish);
    if (standing !== 'possible') return settle(record, wish, standing);
    assertNotAboveHeld(record, wish);

    const noted = await note(wish, request);
    if (!noted.changed) return settle(noted.record, wish, standingOf(noted.record, wish));
    deciding.add(request.token);
    let sent: Sent;
    try {
      sent = await send(gateway, noted.record, wish, request);
    } finally {
      deciding.delete(request.token);
    }
    if (sent === 'not_kept') return { record: noted.record, known: false };
    try {
      const read = await deps.readAwaited(request.token);
      if (read === null) throw unknownOrder();
      if (sent === 'not_held' && read.complete) await dropRefused(read.record, noted.record);
      return settle(read.record, wish, standingOf(read.record, wish));
    } catch (error) {
      // The decision left: what became of it is read later.
      if (error instanceof StoreUnavailable) return { record: noted.record, known: false };
      throw error;
    }
  }

  /** What is known may be old: money may have been held, captured elsewhere or voided meanwhile. */
  async function freshRecord(found: CheckoutRecord, wish: HoldWish): Promise<CheckoutRecord> {
    if (standingOf(found, wish) === 'done' || deciding.has(found.token)) return found;
    const read = await deps.readAwaited(found.token, wish.cancelsPaid ? 'all' : 'awaited');
    const record = read?.record ?? found;
    const isOnItsWay = ['on_its_way', 'refund_on_its_way'].includes(standingOf(record, wish));
    if (!read?.complete && !isOnItsWay) throw nothingSent(read ?? {});
    return record;
  }

  /** The PSP cancels no payment of this kind, and its status does not say that an earlier call canceled it. */
  async function dropRefused(read: CheckoutRecord, noted: CheckoutRecord): Promise<void> {
    const { token } = noted;
    const attempt = attemptToDecide(read);
    const { decision } = attemptToDecide(noted);
    if (!decision || !awaitsCancellation(attempt)) return;
    await change(store, token, record => {
      const next = dropDecision(record, attempt.token, decision);
      return next === record ? null : { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    });
    throw nothingHeld(read, true);
  }

  async function note(wish: HoldWish, { token, key, requestId }: DecisionRequest) {
    const noted = await change(store, token, record => {
      if (standingOf(record, wish) !== 'possible') return null;
      const next = beginDecision(record, attemptToDecide(record).token, {
        kind: wish.kind,
        amount: wish.amount,
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

  async function send(
    gateway: Gateway,
    noted: CheckoutRecord,
    { kind, amount }: HoldWish,
    { token, requestId }: DecisionRequest,
  ): Promise<Sent> {
    const decided = attemptToDecide(noted);
    const outcome = await sendTo(gateway, decided, { amount, currency: noted.currency, requestId });
    deps.onOutcome(kind, outcome.kind, 'cause' in outcome ? outcome.cause : null, { token, requestId });

    const settled = await change(store, token, record => {
      const next = applyOutcome(record, decided, outcome, now());
      return next === record ? null : { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    }).catch(error => {
      // The store was lost while the decision was at the PSP. It still says “sending”, so a status read will end this.
      if (error instanceof StoreUnavailable) return 'not_kept' as const;
      throw error;
    });
    if (settled === 'not_kept') return 'not_kept';
    if (settled?.changed) deps.onChange(settled.record);
    if (outcome.kind === 'not_sent') throw nothingSent(outcome);
    if (outcome.kind === 'refused')
      throw new ProblemError('psp_refused', outcome.detail, { errors: outcome.errors });
    return outcome.kind;
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

interface SendOrder {
  /** Minor units to take; null gives up or cancels. */
  readonly amount: number | null;
  readonly currency: string;
  readonly requestId: string;
}

async function sendTo(
  { preAuthorization, paidCancellation }: Gateway,
  attempt: Attempt,
  { amount, currency, requestId }: SendOrder,
): Promise<HoldOutcome> {
  const token = tokenToTell(attempt);
  if (attempt.decision?.ofPaid) {
    if (!paidCancellation) return { kind: 'not_sent', cause: 'no such call' };
    return paidCancellation.cancel(token, currency, { requestId });
  }
  if (!preAuthorization) return { kind: 'not_sent', cause: 'no such call' };
  const held = { token, isOneStep: attempt.oneStep !== undefined };
  if (amount === null) return preAuthorization.cancel(held, { requestId });
  return preAuthorization.capture(held, amount, currency, { requestId });
}

function applyOutcome(
  record: CheckoutRecord,
  { token, decision }: Attempt,
  outcome: HoldOutcome,
  now: number,
): CheckoutRecord {
  if (!decision) return record;
  switch (outcome.kind) {
    case 'taken':
      return noteDecision(record, token, decision, { phase: 'taken', inDoubtSince: null });
    case 'refused':
    case 'not_sent':
      return dropDecision(record, token, decision);
    // Nothing held, or not paid: perhaps because this very decision was taken. The status tells.
    case 'not_held':
    case 'unknown':
      return noteDecision(record, token, decision, { inDoubtSince: now });
  }
}

/** In minor units. Throws when the amount is none in the order’s currency, or cannot be left out. */
function wishOf(record: CheckoutRecord, { kind, amount }: DecisionRequest, cancelsPaid: boolean): HoldWish {
  if (kind === 'cancel') return { kind, amount: null, cancelsPaid };
  const minor = amount === null ? heldAmount(record) : askedMinor(amount, record.currency);
  if (minor !== null) return { kind, amount: minor, cancelsPaid };
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

function settle(record: CheckoutRecord, wish: HoldWish, standing: HoldStanding): DecisionResult {
  const { status } = attemptToDecide(record);
  switch (standing) {
    case 'done':
      return { record, known: true };
    case 'on_its_way':
      return { record, known: false };
    case 'other_on_its_way':
      throw decisionInFlight();
    case 'captured':
      throw new ProblemError('already_captured', `It was not taken as asked for; the status is ${status}.`);
    case 'paid_otherwise':
      throw new ProblemError('already_paid', 'Another attempt of this order is paid: cancel this one.');
    case 'paid_twice':
      throw new ProblemError(
        'already_paid',
        'Two attempts were paid: give one back by a refund that names it.',
      );
    case 'refund_on_its_way':
      throw new ProblemError('refund_in_flight', 'The money is being given back; nothing was sent.');
    // Possible again: the decision was lost, and the PSP said that the money is still held, or the payment still paid.
    case 'possible':
      throw nothingSent();
    case 'not_held':
      throw nothingHeld(record, wish.cancelsPaid);
  }
}

function nothingHeld(record: CheckoutRecord, cancelsPaid: boolean): ProblemError {
  const { status } = attemptToDecide(record);
  const what = cancelsPaid ? 'Nothing can be canceled' : 'Nothing is held';
  return new ProblemError('not_pre_authorized', `${what}; the status is ${status}.`);
}

/** Another decision about this money left, and the PSP’s status has not followed. */
export function decisionInFlight(): ProblemError {
  return new ProblemError('capture_in_flight', 'Wait until the one before has ended.');
}

function unknownOrder(): ProblemError {
  return new ProblemError('not_found', 'No order has this token.');
}
