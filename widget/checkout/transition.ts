/**
 * (state, happening) -> state. Pure and complete: a happening that means nothing in a state returns the same object, so
 * the caller can tell by identity that nothing changed.
 *
 * Money rules that live here (product.md section 2.6): only a Checkout may say declined or failed; a submission without
 * an answer becomes `verifying`; a paid checkout never goes back to a form.
 */
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import { failureWith } from './failure.ts';
import type { AfterRenew, CheckoutState, Failure, OpenState } from './state.ts';

export type Happening =
  /** A token was given or changed, or the shopper tries again after an error. */
  | { readonly type: 'open' }
  /** The token was taken away. */
  | { readonly type: 'close' }
  /** The Checkout was read, or the feed brought it. */
  | { readonly type: 'read'; readonly checkout: Checkout }
  /** A read failed. `final` when no later read can succeed (unknown token, forbidden origin). */
  | { readonly type: 'read-failed'; readonly failure: Failure; readonly final: boolean }
  | { readonly type: 'submit'; readonly method: Method }
  /** The answer to a submission. */
  | { readonly type: 'answered'; readonly checkout: Checkout }
  /** The submission was refused or never left: nothing was charged. */
  | { readonly type: 'refused'; readonly failure: Failure }
  /** The submission left and no usable answer came back. */
  | { readonly type: 'outcome-unknown'; readonly requestId: string | null }
  | { readonly type: 'renew'; readonly next: AfterRenew }
  | { readonly type: 'renewed'; readonly checkout: Checkout }
  | { readonly type: 'renew-failed'; readonly failure: Failure };

export function transition(state: CheckoutState, happening: Happening): CheckoutState {
  switch (happening.type) {
    case 'open':
      return { name: 'loading' };
    case 'close':
      return { name: 'idle' };
    case 'read':
    case 'answered':
      return afterCheckout(state, happening.checkout, happening.type === 'answered');
    case 'read-failed':
      return afterFailedRead(state, happening.failure, happening.final);
    case 'submit':
      return state.name === 'choosing'
        ? { name: 'submitting', checkout: state.checkout, method: happening.method, direct: false }
        : state;
    case 'refused':
      return state.name === 'submitting'
        ? { name: 'choosing', checkout: state.checkout, failure: happening.failure, method: state.method }
        : state;
    case 'outcome-unknown':
      return state.name === 'submitting'
        ? { name: 'verifying', checkout: state.checkout, requestId: happening.requestId }
        : state;
    case 'renew':
      return isRenewable(state)
        ? { name: 'renewing', checkout: state.checkout, from: state, next: happening.next }
        : state;
    case 'renewed':
      return afterRenewal(state, happening.checkout);
    case 'renew-failed':
      return state.name === 'renewing' ? { ...state.from, failure: happening.failure } : state;
  }
}

/** The state that a Checkout alone stands for. What a reload shows. */
export function stateOf(checkout: Checkout): OpenState {
  if (checkout.verifying) return { name: 'verifying', checkout, requestId: null };
  const { status } = checkout;
  switch (status) {
    case 'PAID':
    case 'PRE_AUTHORIZED':
    case 'DISPUTE_RECOVERED':
      return { name: 'paid', checkout };
    case 'DECLINED':
      return { name: 'declined', checkout, failure: null };
    case 'IN_ANALYSIS':
      return { name: 'pending', checkout };
    case 'CREATED':
    case 'PROCESSING':
    case 'UNKNOWN':
      return unsettled(checkout);
    default:
      // A status that is new to the contract has to be put somewhere by hand.
      status satisfies EndStatus;
      return { name: 'ended', checkout, failure: null };
  }
}

type EndStatus =
  | 'CANCELED'
  | 'ERROR'
  | 'REFUNDED'
  | 'PARTIALLY_REFUNDED'
  | 'DISPUTE'
  | 'DISPUTE_REFUNDED'
  | 'DISPUTE_FINAL'
  | 'POST_REFUND_DISPUTE';

function unsettled(checkout: Checkout): OpenState {
  if (checkout.instrument !== null) return { name: 'waiting', checkout, failure: null };
  if (checkout.can.submit) return { name: 'choosing', checkout, failure: null, method: null };
  // Used, not settled, nothing to pay with: somebody’s answer is missing. Where the proxy takes a new attempt all the
  // same, what is missing is a code that nobody has seen, and a fresh order that takes no submission is over.
  if (checkout.can.renew || checkout.status === 'CREATED') return { name: 'ended', checkout, failure: null };
  return { name: 'verifying', checkout, requestId: null };
}

/** How far an attempt has come. It never goes back, except that a submission nobody received puts the form back. */
const progress: Record<OpenState['name'], number> = {
  choosing: 0,
  renewing: 0,
  submitting: 1,
  verifying: 1,
  pending: 2,
  waiting: 2,
  declined: 3,
  ended: 3,
  paid: 4,
};

function afterCheckout(state: CheckoutState, checkout: Checkout, isAnswer: boolean): CheckoutState {
  const next = stateOf(checkout);
  switch (state.name) {
    case 'idle':
      return state;
    case 'loading':
    case 'error':
      return next;
    case 'paid':
      // A refund or a dispute is later news; everything else is an old reply that came late.
      if (next.name === 'paid') return { ...state, checkout };
      return next.name === 'ended' && checkout.attempt >= state.checkout.attempt ? next : state;
    case 'renewing':
      // The answer to the renewal decides, unless an older instrument turns out to be paid meanwhile.
      return next.name === 'paid' ? next : state;
  }
  if (next.name === 'paid') return next;
  if (checkout.attempt < state.checkout.attempt) return state;
  if (checkout.attempt > state.checkout.attempt) return next;
  if (state.name === 'submitting') return afterSubmission(state.checkout, state.method, next, isAnswer);
  if (state.name === 'verifying' && next.name === 'choosing') return { ...next, failure: notReceived };
  if (progress[next.name] < progress[state.name]) return state;
  return keepNotice(state, next);
}

/** Said when the proxy, asked after a lost answer, knows of no submission. */
const notReceived = failureWith('not_received');

function afterSubmission(
  before: Checkout,
  method: Method,
  next: OpenState,
  isAnswer: boolean,
): CheckoutState {
  const stillOpen = next.name === 'choosing' || next.name === 'verifying';
  // The feed may still carry what was true before the submission arrived: only the answer itself may say so.
  if (stillOpen && !isAnswer) return { name: 'submitting', checkout: before, method, direct: false };
  return next.name === 'choosing' ? { ...next, method } : next;
}

/** The same state again with a newer Checkout: what the shopper was told stays on screen. */
function keepNotice(state: OpenState, next: OpenState): OpenState {
  return state.name === next.name ? { ...state, checkout: next.checkout } : next;
}

function afterFailedRead(state: CheckoutState, failure: Failure, final: boolean): CheckoutState {
  // Once something was sent a failed read says nothing about money: the screen stays and the watch goes on.
  const mayFail = state.name === 'loading' || (state.name === 'choosing' && final);
  return mayFail ? { name: 'error', failure } : state;
}

function isRenewable(
  state: CheckoutState,
): state is Extract<CheckoutState, { name: 'waiting' | 'declined' | 'ended' }> {
  return (
    (state.name === 'waiting' || state.name === 'declined' || state.name === 'ended') &&
    state.checkout.can.renew
  );
}

function afterRenewal(state: CheckoutState, checkout: Checkout): CheckoutState {
  if (state.name !== 'renewing') return state;
  const next = stateOf(checkout);
  if (next.name !== 'choosing') return next;
  if (state.next.kind === 'choose') return { ...next, method: state.next.method };
  return checkout.methods.includes(state.next.method)
    ? { name: 'submitting', checkout, method: state.next.method, direct: true }
    : next;
}
