/**
 * One submission, in the order in which things have to happen (product.md 2.6). Read from top to bottom: this file is the
 * reason why an attempt is charged at most once.
 *
 *   1. the key is known?            the same answer again, nothing is sent
 *   2. may this attempt be sent?    not paid, not in flight, not over, method offered, tries left
 *   3. was a code or link out?      ask the PSP of each, ended or not; if one was paid or nobody knows, stop. Likewise a
 *                                   payment that was lost and given up
 *   4. “sending”, durably           the compare-and-set that one of several clicks, tabs or proxies wins
 *   5. the PSP, once
 *   6. what it said, durably        or “in doubt”: then only a status read ends it (watch.ts)
 */
import { isCardMethod } from '../contract/checkout.ts';
import type { TokenPaymentRequest } from '../contract/person.ts';
import type { DebitCardSubmission, NewCardSubmission, Submission } from '../contract/submission.ts';
import type { Gateway, ListedPayment, SendOutcome } from '../gateways/gateway.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { ProblemError } from '../problem.ts';
import { change, type Store, StoreUnavailable } from '../store/store.ts';
import { hadInstrument, isAwaited, mayBePaidYet, mayBeTakenLate } from './attempt.ts';
import {
  beginSending,
  findAttempt,
  findClaim,
  hasAttemptsLeft,
  isCheckoutPaid,
  markInDoubt,
  mayMoneyLeave,
  newestAttempt,
  reopen,
  standingClaim,
  withAttempt,
} from './checkout.ts';
import type { Attempt, CheckoutRecord, Claim, StoredCardIds } from './checkout-record.ts';
import { type Fingerprints, toldOfSubmission } from './fingerprint.ts';
import { createLateNotes } from './late-notes.ts';
import { isOneStep, oneStepName, oneStepPayment, recordFound, recordNamed } from './one-step.ts';
import { pspUnavailable } from './psp-unavailable.ts';
import { recordReport } from './record-report.ts';
import { singleFlight } from './single-flight.ts';
import { filedCard, offeredCards, shownCard } from './stored-cards.ts';
import type { Watcher } from './watch.ts';
import { nextDue } from './watch-schedule.ts';

export interface SubmitDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly read: Watcher['read'];
  readonly isLookedAt: (token: string) => boolean;
  readonly onChange: (record: CheckoutRecord) => void;
  readonly notificationUrl: (gateway: string) => string;
  /** The hosted page of a checkout. */
  readonly pageUrl: (token: string) => string;
  readonly onOutcome: (
    outcome: SendOutcome['kind'],
    cause: string | null,
    context: { token: string; requestId: string },
  ) => void;
  /** The outcome of a submission could not be kept: only a status read will tell of it, without its code. */
  readonly onNoteLost: (error: unknown) => void;
  readonly fingerprints: Fingerprints;
  readonly keyedHash: KeyedHash;
  readonly now: () => number;
  readonly cardTriesPerCheckout: number;
}

export interface SubmitRequest {
  readonly token: string;
  readonly key: string;
  readonly submission: Submission;
  readonly requestId: string;
  /**
   * The merchant’s own charge of a stored card (token-payment.ts): no page offered it, and no shopper tries cards. It goes to
   * the one send and is not kept.
   */
  readonly charge?: TokenPaymentRequest;
}

export interface Submitter {
  submit(request: SubmitRequest): Promise<CheckoutRecord>;
  /** A submission of this checkout is on its way in this process. */
  isSubmitting(token: string): boolean;
  /** Resolves when no submission is on its way. Outcomes that the store could not take are tried once more. */
  idle(): Promise<void>;
}

/** Tries older than this are forgotten. */
const tryWindowMs = 60 * 60_000;

export function createSubmitter(deps: SubmitDeps): Submitter {
  const { store, now, fingerprints } = deps;
  /** The same key again while the first is under way waits for the first one’s answer. */
  const flights = singleFlight<CheckoutRecord>();
  /** Page tokens between “sending” and the outcome; the compare-and-set lets only one be there. */
  const submitting = new Set<string>();
  const lateNotes = createLateNotes(deps.onNoteLost);

  async function submit(request: SubmitRequest): Promise<CheckoutRecord> {
    const { token, key, submission, charge, requestId } = request;
    const fingerprint = fingerprints.of(toldOfSubmission(submission));

    const found = await store.find(token);
    if (found === null) throw new ProblemError('not_found', 'No checkout has this token.');
    const claim = standingClaim(found, key);
    if (claim) return replay(found, claim, fingerprint);
    const givenUp = findClaim(found, key);
    if (givenUp) fingerprints.assertSame(givenUp.fingerprint, fingerprint);

    // Before the note: a submission that can go nowhere must not be noted as on its way.
    const gateway = deps.gatewayOf(found.gateway);
    const cardIds = 'public_card_id' in submission ? await offeredIds(found) : [];
    const card = await shownCard(store, found, submission);
    const assertMaySend = (record: CheckoutRecord) =>
      charge ? assertUnsent(record) : assertSubmittable(record, submission, cardIds);
    assertMaySend(found);
    const newest = await readEarlierMoney(found);
    const turnedUp = standingClaim(newest, key);
    if (turnedUp) return replay(newest, turnedUp, fingerprint);
    assertNoEarlierMoney(newest);
    const mark = isOneStep(found, submission) ? deps.keyedHash('one-step mark', `${token} ${key}`) : null;
    const made = mark && (await findMade(gateway, newest, oneStepName(newest, mark), requestId));

    const sending = await change(store, token, record => {
      if (standingClaim(record, key)) return null;
      assertMaySend(record);
      assertMoneyMayLeave(record);
      const installments = 'card_installments' in submission ? submission.card_installments : null;
      const name = mark && oneStepName(record, mark);
      const begun = beginSending(record, {
        key,
        fingerprint,
        method: submission.method,
        installments,
        card,
        oneStepName: name,
        now: now(),
      });
      const next = made && name ? recordFound(begun, name, made) : begun;
      return { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
    });
    if (sending === null) throw new ProblemError('not_found', 'No checkout has this token.');
    const taken = standingClaim(sending.record, key);
    if (!sending.changed && taken) return replay(sending.record, taken, fingerprint);
    deps.onChange(sending.record);
    if (made) return sending.record;

    submitting.add(token);
    try {
      return await send(gateway, sending.record, request);
    } finally {
      submitting.delete(token);
    }
  }

  /**
   * The PSP would take a one-step payment twice. What it has under this mark was sent by a call that our store does not know
   * of any more: it is taken for the answer.
   */
  async function findMade(
    { oneStep }: Gateway,
    { referenceId, currency }: CheckoutRecord,
    name: string,
    requestId: string,
  ): Promise<ListedPayment | null> {
    if (!oneStep) return null;
    const outcome = await oneStep.list(referenceId, currency, { requestId });
    if (outcome.kind === 'unreadable') throw nothingSent(outcome);
    return outcome.payments.find(payment => payment.mark === name) ?? null;
  }

  async function send(gateway: Gateway, sending: CheckoutRecord, request: SubmitRequest) {
    const { token, key, submission, requestId } = request;
    const attempt = newestAttempt(sending);
    const outcome = await sendTo(gateway, sending, request);
    deps.onOutcome(outcome.kind, 'cause' in outcome ? outcome.cause : null, { token, requestId });

    const note = () =>
      change(store, token, record => {
        if (outcome.kind !== 'accepted' && !isStillSending(record, attempt)) return null;
        const next = applyOutcome(record, attempt.token, outcome, now());
        return { ...next, dueAt: nextDue(next, now(), deps.isLookedAt(token)) };
      });
    const settled = await note().catch(error => {
      // The store was lost while the payment was at the PSP. It still says “sending”, so a status read will end this.
      if (error instanceof StoreUnavailable) return 'not kept' as const;
      throw error;
    });
    if (outcome.kind === 'accepted' && outcome.storedCard && 'card_number' in submission)
      await fileCard(submission, outcome.storedCard);
    if (settled === 'not kept') {
      lateNotes.keep(async () => {
        const late = await note();
        if (late) deps.onChange(late.record);
      });
      return markInDoubt(sending, attempt.token, now());
    }
    if (settled === null) throw new ProblemError('not_found', 'No checkout has this token.');
    deps.onChange(settled.record);
    return answer(settled.record, key, outcome);
  }

  async function sendTo(
    gateway: Gateway,
    sending: CheckoutRecord,
    { submission, charge, requestId }: SubmitRequest,
  ): Promise<SendOutcome> {
    const { token, oneStep } = newestAttempt(sending);
    const { currency, delayCapture, order } = sending;
    const notificationUrl = deps.notificationUrl(gateway.name);
    if (!oneStep) {
      const allowed = withoutUnofferedSaving(submission, sending);
      const returnUrl = sending.returnUrl ?? deps.pageUrl(sending.token);
      const terms = { currency, delayCapture, order, notificationUrl, returnUrl };
      return gateway.send(token, allowed, terms, { requestId });
    }
    const payment = oneStepPayment(sending, submission, { mark: token, notificationUrl, charge });
    if (!payment || !gateway.oneStep) return { kind: 'not_sent', cause: 'no order' };
    return gateway.oneStep.send(payment, { requestId });
  }

  /** A card that cannot be filed now is lost to us, and no payment fails for it. */
  async function fileCard(
    card: NewCardSubmission | DebitCardSubmission,
    { personId, cardId }: StoredCardIds,
  ): Promise<void> {
    await store.cards.add(personId, filedCard(card, cardId, now())).catch(error => {
      if (!(error instanceof StoreUnavailable)) throw error;
    });
  }

  async function offeredIds(record: CheckoutRecord): Promise<string[]> {
    const cards = await offeredCards(deps, record);
    return cards.map(({ cardId }) => cardId);
  }

  function answer(record: CheckoutRecord, key: string, outcome: SendOutcome): CheckoutRecord {
    if (outcome.kind === 'not_sent') throw nothingSent(outcome);
    const ending = findClaim(record, key)?.ending;
    if (typeof ending === 'object')
      throw new ProblemError(ending.code, ending.detail, { errors: ending.errors ?? [] });
    return record;
  }

  function replay(record: CheckoutRecord, claim: Claim, fingerprint: string): CheckoutRecord {
    fingerprints.assertSame(claim.fingerprint, fingerprint);
    if (typeof claim.ending !== 'object') return record;
    throw new ProblemError(claim.ending.code, claim.ending.detail, { errors: claim.ending.errors ?? [] });
  }

  function assertUnsent(record: CheckoutRecord): void {
    if (isCheckoutPaid(record))
      throw new ProblemError('already_paid', 'This checkout is paid; nothing was sent.');
    const attempt = newestAttempt(record);
    if (attempt.phase === 'sending') {
      throw new ProblemError('submission_in_flight', 'Wait for the outcome of the submission before.');
    }
    if (attempt.phase === 'sent')
      throw new ProblemError('renew_required', 'Ask for a new attempt with renew first.');
  }

  /** `cardIds`: the stored cards that this order offers. */
  function assertSubmittable(
    record: CheckoutRecord,
    submission: Submission,
    cardIds: readonly string[],
  ): void {
    assertUnsent(record);
    if (!record.methods.includes(submission.method)) {
      throw new ProblemError('method_not_offered', 'The order does not offer this method.', {
        errors: [{ pointer: '/method', code: 'not_offered', detail: 'is not offered' }],
      });
    }
    // Only cards of the person that the merchant named may be used.
    if ('public_card_id' in submission && !cardIds.includes(submission.public_card_id)) {
      throw new ProblemError('method_not_offered', 'This order offers no saved card of this name.', {
        errors: [{ pointer: '/public_card_id', code: 'not_offered', detail: 'is not offered' }],
      });
    }
    if (!hasAttemptsLeft(record)) throw tooManyAttempts();
    if (isCardMethod(submission.method)) assertTriesLeft(record);
  }

  function assertTriesLeft(record: CheckoutRecord): void {
    const recent = record.cardTries.filter(at => now() - at < tryWindowMs);
    if (recent.length < deps.cardTriesPerCheckout) return;
    const oldest = recent[recent.length - deps.cardTriesPerCheckout] ?? now();
    throw new ProblemError('too_many_tries', 'Too many cards were tried on this checkout.', {
      retryAfterSeconds: Math.max(1, Math.ceil((oldest + tryWindowMs - now()) / 1000)),
    });
  }

  /** A code or link of an earlier attempt may have been paid meanwhile, even after its end (product.md 2.6, rule 3). */
  async function readEarlierMoney(record: CheckoutRecord): Promise<CheckoutRecord> {
    const isLost = (attempt: Attempt) => attempt.oneStep !== undefined && mayBeTakenLate(attempt);
    const mayHold = (attempt: Attempt) =>
      isAwaited(attempt) || isLost(attempt) || mayBePaidYet(attempt) || hadInstrument(attempt);
    if (!record.attempts.some(mayHold)) return record;
    const read = await deps.read(record.token, 'earlier');
    if (!read?.complete) throw nothingSent(read ?? {});
    return read.record;
  }

  function assertNoEarlierMoney(record: CheckoutRecord): void {
    if (isCheckoutPaid(record))
      throw new ProblemError('already_paid', 'An earlier code was paid; nothing was sent.');
    assertMoneyMayLeave(record);
  }

  /** In review or held, somebody did pay; and of a word that nobody knows, nobody knows whether somebody did. */
  function assertMoneyMayLeave(record: CheckoutRecord): void {
    if (mayMoneyLeave(record)) return;
    throw new ProblemError(
      'submission_in_flight',
      'An earlier payment is being looked at; nothing was sent.',
    );
  }

  return {
    submit(request) {
      const fingerprint = fingerprints.of(toldOfSubmission(request.submission));
      const flightKey = JSON.stringify([request.token, request.key, fingerprint]);
      return flights.run(flightKey, () => submit(request));
    },
    isSubmitting: token => submitting.has(token),
    async idle() {
      await flights.idle();
      await lateNotes.end();
    },
  };
}

/** False when somebody else has ended this submission meanwhile: another proxy read its status or gave it up. */
function isStillSending(record: CheckoutRecord, { token, sendingSince }: Attempt): boolean {
  const attempt = findAttempt(record, token);
  return attempt?.phase === 'sending' && attempt.sendingSince === sendingSince;
}

/** A page may ask for a card to be stored only where the merchant offers that. */
function withoutUnofferedSaving(submission: Submission, { offersSaveCard }: CheckoutRecord): Submission {
  return submission.method === 'CREDITCARD' && 'card_number' in submission && !offersSaveCard
    ? { ...submission, save_card: false }
    : submission;
}

/** Of a charge that the merchant priced in another currency, only the PSP’s answer tells what it costs. */
function withPrice(record: CheckoutRecord, price: Extract<SendOutcome, { kind: 'accepted' }>['price']) {
  return price?.totals ? { ...record, ...price, currency: price.totals.asset } : record;
}

function applyOutcome(
  record: CheckoutRecord,
  attemptToken: string,
  outcome: SendOutcome,
  now: number,
): CheckoutRecord {
  switch (outcome.kind) {
    case 'accepted': {
      const { instrument, storedCard, paymentToken, price } = outcome;
      const report = instrument === null ? outcome.report : { ...outcome.report, instrument };
      const noted =
        paymentToken === undefined
          ? recordReport(record, attemptToken, report)
          : recordNamed(record, attemptToken, { paymentToken, report });
      const priced = record.tokenPayment ? withPrice(noted, price) : noted;
      return storedCard ? withAttempt(priced, attemptToken, was => ({ ...was, storedCard })) : priced;
    }
    case 'refused':
      return reopen(record, attemptToken, {
        code: 'psp_refused',
        detail: outcome.detail,
        errors: outcome.errors,
      });
    case 'not_sent':
      return reopen(record, attemptToken);
    case 'already_used':
    case 'unknown':
      return markInDoubt(record, attemptToken, now);
  }
}

/** The PSP could not be asked, and nothing left. `cause`: as `pspUnavailable` wants it. */
export function nothingSent({ cause }: { readonly cause?: string } = {}): ProblemError {
  return pspUnavailable('Nothing was sent: it is safe to try again.', cause);
}

/** Of codes that are left some expire, so a later try may be taken. */
export function tooManyAttempts(): ProblemError {
  return new ProblemError('too_many_tries', 'This checkout has had too many attempts. Make a new order.', {
    retryAfterSeconds: 3600,
  });
}

/** A question to the PSP that was not answered, or not so that it can be read. `cause`: as `pspUnavailable` wants it. */
export function nothingChanged({ cause }: { readonly cause?: string } = {}): ProblemError {
  return pspUnavailable(
    'The payment provider gave no answer that can be read. Nothing was changed: it is safe to ask again.',
    cause,
  );
}
