/**
 * One refund, in the order in which things have to happen. Read from top to bottom: this file is the reason why money is
 * given back at most once.
 *
 *   1. the key is known?            the same answer again, nothing is sent
 *   2. the PSP’s word, once more    status and list of refunds: what was given back elsewhere counts
 *   3. may this be given back?      paid, no refund in doubt, not more than is left
 *   4. “sending”, durably           with the refunds that the PSP knew before
 *   5. the PSP, once
 *   6. what it said, durably        or “in doubt”: then only the PSP’s list ends it (watch.ts)
 */
import type { Gateway, RefundOrder, RefundOutcome, Refunds } from '../gateways/gateway.ts';
import { askedMinor } from '../money.ts';
import { ProblemError } from '../problem.ts';
import { change, type Store, StoreUnavailable } from '../store/store.ts';
import { tokenToTell } from './attempt.ts';
import { findAttempt, tokenToTellOf } from './checkout.ts';
import type { Attempt, CheckoutRecord, Refund } from './checkout-record.ts';
import { type Doubts, doubtsIn } from './doubt.ts';
import type { Fingerprints } from './fingerprint.ts';
import { awaitsCancellation } from './hold.ts';
import { decisionInFlight } from './pre-authorization.ts';
import type { ReadResult } from './read-attempts.ts';
import {
  attemptToRefund,
  beginRefund,
  dropRefund,
  findRefund,
  findRefundByKey,
  foreignRefunds,
  isCompletedAtPsp,
  isInDoubt,
  isOpenAtPsp,
  isRefundOpen,
  markRefundInDoubt,
  type PspRefundList,
  recordRefund,
  recordRefundList,
  refundableOf,
  refundedElsewhere,
  refundsOf,
} from './refunds.ts';
import { singleFlight } from './single-flight.ts';
import { nothingSent } from './submit.ts';
import type { Watcher } from './watch.ts';
import { nextDue } from './watch-schedule.ts';

export interface RefundDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly read: Watcher['read'];
  readonly isLookedAt: (token: string) => boolean;
  readonly onChange: (record: CheckoutRecord) => void;
  readonly onOutcome: (
    outcome: RefundOutcome['kind'],
    cause: string | null,
    context: { token: string; requestId: string },
  ) => void;
  readonly fingerprints: Fingerprints;
  readonly now: () => number;
  readonly doubts: Doubts;
  readonly pspTimeoutMs: number;
}

export interface RefundCall {
  readonly token: string;
  /** Major units; null gives back all that is left. */
  readonly amount: number | null;
  /** Null: the one that was paid. */
  readonly attemptToken: string | null;
  readonly account: RefundOrder['account'];
  readonly key: string | null;
  readonly requestId: string;
}

export interface RefundResult {
  readonly record: CheckoutRecord;
  readonly refund: Refund;
}

export interface Refunder {
  refund(call: RefundCall): Promise<RefundResult>;
  /** A refund of this checkout is on its way in this process. */
  isRefunding(token: string): boolean;
  idle(): Promise<void>;
}

export function createRefunder(deps: RefundDeps): Refunder {
  const { store, now, fingerprints } = deps;
  const flights = singleFlight<RefundResult>();
  let calls = 0;
  /** Page tokens between the note and the PSP’s answer. */
  const refunding = new Set<string>();

  async function refund(call: RefundCall): Promise<RefundResult> {
    const { token, key, requestId } = call;
    const fingerprint = fingerprints.of(toldOf(call));
    const found = await store.find(token);
    if (found === null) throw unknownOrder();
    const part = deps.gatewayOf(found.gateway).refunds;
    if (!part) throw new ProblemError('not_supported', 'This payment provider gives nothing back by a call.');
    const earlier = findRefundByKey(found, key);
    if (earlier) return replay(found, earlier, fingerprint);
    if (refunding.has(token)) throw inFlight();

    const read = await readAll(token);
    const attempt = paidAttempt(read.record, call.attemptToken);
    assertNotCanceled(read.record, attempt.token);
    assertAccount(attempt, call.account);
    const asked = {
      at: now(),
      knownForMs: deps.doubts.knownForMs(read.record),
      pspTimeoutMs: deps.pspTimeoutMs,
      unmadeAfterMs: part.unmadeAfterMs,
    };
    const known = await part.list(tokenToTell(attempt), { requestId });
    if (known.kind !== 'known') throw nothingSent(known);
    // One that ended between the two answers is in the list, and not in the total of the status.
    if (foreignRefunds(read.record, attempt.token, known.list).some(isCompletedAtPsp)) await readAll(token);

    const noted = await change(store, token, record => {
      if (findRefundByKey(record, key)) return null;
      const current = recordRefundList(record, attempt.token, known.list, {
        ...asked,
        ...(doubtsIn(record) !== doubtsIn(read.record) && { knownForMs: 0 }),
      });
      assertNotCanceled(current, attempt.token);
      const amount = amountOf(current, attempt, call.amount);
      assertNoneMadeElsewhere(current, attempt.token, known.list);
      const next = beginRefund(current, {
        attempt: attempt.token,
        amount,
        marksBefore: known.list.refunds.map(({ mark }) => mark),
        refundedElsewhere: refundedElsewhere(current, findAttempt(current, attempt.token) ?? attempt),
        createdAt: now(),
        requestId,
        key,
        fingerprint,
      });
      return { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    });
    if (noted === null) throw unknownOrder();
    const begun = refundsOf(noted.record).at(-1);
    if (!noted.changed || begun === undefined) {
      const other = findRefundByKey(noted.record, key);
      if (other) return replay(noted.record, other, fingerprint);
      throw unknownOrder();
    }

    refunding.add(token);
    try {
      const answered = await send(part, noted.record, begun, call);
      if (!isInDoubt(answered.refund)) return answered;
    } finally {
      refunding.delete(token);
    }
    // The refund left: a store that is lost now must not deny it.
    const after = await deps.read(token).catch(error => {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    });
    return resultOf(after?.record ?? noted.record, begun);
  }

  async function readAll(token: string): Promise<ReadResult> {
    const read = await deps.read(token, 'all');
    if (read?.complete) return read;
    if (read?.record.attempts.some(awaitsCancellation)) throw decisionInFlight();
    throw nothingSent(read ?? {});
  }

  async function send(part: Refunds, noted: CheckoutRecord, refund: Refund, call: RefundCall) {
    const { token, account, requestId } = call;
    const order = { amount: refund.amount, currency: noted.currency, account };
    const paid = tokenToTellOf(noted, refund.attempt);
    const outcome = await part.request(paid, order, { requestId });
    deps.onOutcome(outcome.kind, 'cause' in outcome ? outcome.cause : null, { token, requestId });

    const settled = await change(store, token, record => {
      if (findRefund(record, refund.number)?.phase !== 'sending') return null;
      const next = applyOutcome(record, refund.number, outcome, now());
      return { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    }).catch(error => {
      // The store was lost while the refund was at the PSP. It still says “sending”, so the PSP’s list will end this.
      if (error instanceof StoreUnavailable) return 'not kept' as const;
      throw error;
    });
    if (settled === 'not kept') return { record: noted, refund };
    if (settled?.changed) deps.onChange(settled.record);
    if (outcome.kind === 'not_sent') throw nothingSent(outcome);
    if (outcome.kind === 'not_refundable') throw new ProblemError('not_refundable', outcome.detail);
    if (outcome.kind === 'refused')
      throw new ProblemError('psp_refused', outcome.detail, { errors: outcome.errors });
    return resultOf(settled?.record ?? noted, refund);
  }

  function replay(record: CheckoutRecord, refund: Refund, fingerprint: string): RefundResult {
    fingerprints.assertSame(refund.fingerprint, fingerprint);
    return { record, refund };
  }

  return {
    refund(call) {
      // Without a key two calls are two refunds, whatever they ask for.
      calls += 1;
      const flight =
        call.key === null ? [call.token, calls] : [call.token, call.key, fingerprints.of(toldOf(call))];
      return flights.run(JSON.stringify(flight), () => refund(call));
    },
    isRefunding: token => refunding.has(token),
    idle: () => flights.idle(),
  };
}

function applyOutcome(
  record: CheckoutRecord,
  number: number,
  outcome: RefundOutcome,
  now: number,
): CheckoutRecord {
  switch (outcome.kind) {
    case 'taken':
      return recordRefund(record, number, outcome.refund, now);
    case 'refused':
    case 'not_refundable':
    case 'not_sent':
      return dropRefund(record, number);
    case 'unknown':
      return markRefundInDoubt(record, number, now);
  }
}

function resultOf(record: CheckoutRecord, refund: Refund): RefundResult {
  return { record, refund: findRefund(record, refund.number) ?? refund };
}

function paidAttempt(record: CheckoutRecord, named: string | null): Attempt {
  const attempt = attemptToRefund(record, named);
  if (attempt === null) throw new ProblemError('not_refundable', 'Nothing was paid; nothing was sent.');
  if (attempt !== 'ambiguous') return attempt;
  throw new ProblemError('validation_failed', 'Two attempts were paid: name the one to give back.', {
    errors: [{ pointer: '/attempt_token', code: 'required', detail: 'is required' }],
  });
}

/** The payment moves once: what is canceled, or about to be, is not given back by a refund. */
function assertNotCanceled(record: CheckoutRecord, token: string): void {
  const attempt = findAttempt(record, token);
  if (attempt?.status === 'CANCELED')
    throw new ProblemError('not_refundable', 'It was canceled: ask the payment provider about the money.');
  if (attempt && awaitsCancellation(attempt)) throw decisionInFlight();
}

/**
 * A refund of the dashboard, or one that our store forgot, is on its way: the PSP’s refunded amount counts it only at its
 * end, so ours could give the same money back again.
 */
function assertNoneMadeElsewhere(record: CheckoutRecord, attemptToken: string, list: PspRefundList): void {
  if (!foreignRefunds(record, attemptToken, list).some(isOpenAtPsp)) return;
  throw new ProblemError(
    'refund_in_flight',
    'The payment provider has a refund that was not made here; wait for its end. Nothing was sent.',
  );
}

/** What this refund gives back, in minor units. Throws when it may not leave. */
function amountOf(record: CheckoutRecord, attempt: Attempt, asked: number | null): number {
  const open = refundsOf(record).filter(isRefundOpen);
  // Without ids only the last refund can be looked at: the next one has to wait for its end.
  if (open.some(refund => isInDoubt(refund) || refund.pspId === null)) throw inFlight();
  const left = refundableOf(record, attempt);
  if (left === 0) throw new ProblemError('not_refundable', 'All of it was given back, or is on its way.');
  const amount = asked === null ? left : askedMinor(asked, record.currency);
  if (amount === null) {
    throw asked === null
      ? wrongAmount('required', 'is required: what came in is not known here')
      : wrongAmount('invalid', 'has more decimals than the currency');
  }
  if (left !== null && amount > left) throw wrongAmount('too_large', 'is above what is left');
  return amount;
}

const bankFields = [
  'type',
  'bank_number',
  'agency_number',
  'agency_check_digit',
  'account_number',
  'account_check_digit',
] as const;

/** A boleto was paid in cash: the PSP has to be told where its money goes (facts section 4.6). */
function assertAccount({ method }: Attempt, account: RefundOrder['account']): void {
  if (method !== 'BOLETO' || 'pix_key' in account) return;
  const missing = bankFields.filter(name => !(name in account));
  if (missing.length === 0) return;
  const names = missing.length === bankFields.length ? ['pix_key'] : missing;
  throw new ProblemError('validation_failed', 'A boleto needs a bank account or a pix_key.', {
    errors: names.map(name => ({ pointer: `/${name}`, code: 'required', detail: 'is required' })),
  });
}

function wrongAmount(code: 'required' | 'invalid' | 'too_large', detail: string): ProblemError {
  return new ProblemError('validation_failed', 'The amount is wrong; nothing was sent.', {
    errors: [{ pointer: '/amount', code, detail }],
  });
}

function inFlight(): ProblemError {
  return new ProblemError('refund_in_flight', 'Wait until the refund before is known.');
}

function unknownOrder(): ProblemError {
  return new ProblemError('not_found', 'No order has this token.');
}

/** What tells two refunds apart: the names of the account’s fields and not their values, which are personal data. */
function toldOf({ amount, attemptToken, account }: RefundCall): unknown {
  return [amount, attemptToken, Object.keys(account).toSorted()];
}
