/**
 * Where a checkout can stand, one member per state. Every member says which states may follow; `followers.ts` is
 * the same as data, and a test holds `transition` to it.
 *
 * Owns: the names that merchants see in `element.state`, in `letpay-state-change` and as `:state(…)`.
 * Does not own: how one state becomes another (`transition.ts`) and what a state makes happen (`checkout-controller.ts`).
 */
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import type { PlainSubmission } from '../../server/contract/submission.ts';

/** One thing that went wrong and that the shopper can be told. It never holds what was sent. */
export interface Failure {
  /** A `code` of the proxy’s problem replies, or `network`, `unreadable`, `not_received`, `method_not_offered`, `card_gone`,
   * `not_authenticated`. */
  readonly code: string;
  /** Names the log line at the proxy; null when no answer came. */
  readonly requestId: string | null;
  /** Fields that the proxy or the PSP did not accept; `pointer` is a JSON Pointer into the body that was sent. */
  readonly fields: readonly { readonly pointer: string; readonly code: string }[];
  /** How long to wait before the next try, when the proxy said so. */
  readonly retryAfterMs: number | null;
}

/** What the shopper wants from a new attempt: to see a form, or an instrument without another tap. */
export type AfterRenew =
  | { readonly kind: 'choose'; readonly method: Method | null }
  | { readonly kind: 'submit'; readonly method: PlainSubmission['method'] };

/** No token. Followed by: loading. */
interface Idle {
  readonly name: 'idle';
}

/** The first read of a token is under way. Followed by every state that a Checkout can put us in, and by error. */
interface Loading {
  readonly name: 'loading';
}

/** Methods and forms are on screen. Followed by: submitting; by what another tab or an older instrument brings; error. */
interface Choosing {
  readonly name: 'choosing';
  readonly checkout: Checkout;
  /** Why the last submission did not get through; null before the first. Nothing was charged. */
  readonly failure: Failure | null;
  /** The method to open, when the step before chose one. */
  readonly method: Method | null;
}

/**
 * A submission left, or is about to. Followed by: choosing (nothing was sent, or it was refused), verifying (nobody
 * knows), and by what the PSP said.
 */
interface Submitting {
  readonly name: 'submitting';
  readonly checkout: Checkout;
  readonly method: Method;
  /** True when a renewal sent it on without showing a form. */
  readonly direct: boolean;
}

/** A submission left and its outcome is unknown. Only a Checkout ends it: nothing here may call it failed. */
interface Verifying {
  readonly name: 'verifying';
  readonly checkout: Checkout;
  readonly requestId: string | null;
}

/** The shopper has an instrument to pay with. Followed by: paid, renewing, ended and what else the PSP says. */
interface Waiting {
  readonly name: 'waiting';
  readonly checkout: Checkout;
  /** Why a new code could not be had. */
  readonly failure: Failure | null;
}

/** The PSP looks at the payment. Followed by: paid, declined, ended. */
interface Pending {
  readonly name: 'pending';
  readonly checkout: Checkout;
}

/** Paid, or pre-authorised. Followed only by: ended (refund, dispute). */
interface Paid {
  readonly name: 'paid';
  readonly checkout: Checkout;
}

/** The PSP said no. Followed by: renewing, paid (an older instrument), ended. */
interface Declined {
  readonly name: 'declined';
  readonly checkout: Checkout;
  readonly failure: Failure | null;
}

/**
 * Canceled, refunded, disputed or given up by the PSP, or its code was lost with the answer that held it. Followed by:
 * renewing where the Checkout allows it.
 */
interface Ended {
  readonly name: 'ended';
  readonly checkout: Checkout;
  readonly failure: Failure | null;
}

/** A new attempt was asked for. Followed by: choosing or submitting, else the state that it came from. */
interface Renewing {
  readonly name: 'renewing';
  readonly checkout: Checkout;
  readonly from: Renewable;
  readonly next: AfterRenew;
}

/** The checkout cannot work. Followed by: loading (try again). */
interface CheckoutErrorState {
  readonly name: 'error';
  readonly failure: Failure;
}

export type Renewable = Waiting | Declined | Ended;

export type CheckoutState =
  | Idle
  | Loading
  | Choosing
  | Submitting
  | Verifying
  | Waiting
  | Pending
  | Paid
  | Declined
  | Ended
  | Renewing
  | CheckoutErrorState;

export type StateName = CheckoutState['name'];

/** The states that hold a Checkout. */
export type OpenState = Exclude<CheckoutState, Idle | Loading | CheckoutErrorState>;

/** The Checkout of a state, or null where there is none. */
export function checkoutOf(state: CheckoutState): Checkout | null {
  return 'checkout' in state ? state.checkout : null;
}
