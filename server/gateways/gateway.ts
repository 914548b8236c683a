/**
 * What a PSP can do, in our words. A gateway knows nothing of checkouts, stores or routes; it turns one call into one of
 * the outcomes below and never decides what follows from it.
 */

import type { AttemptReport, Offer } from '../checkout/checkout.ts';
import type { Instrument } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { FieldProblem } from '../contract/problem.ts';
import type { Submission } from '../contract/submission.ts';

/** A new order at the PSP. */
export interface CreatedOrder {
  readonly token: string;
  readonly currency: string;
  readonly offer: Offer;
}

/** The PSP said no to the data and did nothing. */
export interface Refused {
  readonly kind: 'refused';
  readonly detail: string;
  readonly errors: readonly FieldProblem[];
}

/** Nothing reached the PSP, or it said that it did nothing: safe to try again. */
export interface NotSent {
  readonly kind: 'not_sent';
  readonly cause: string;
}

export type CreateOutcome = { readonly kind: 'created'; readonly order: CreatedOrder } | Refused | NotSent;

/**
 * How one submission ended. `unknown` is the dangerous one: bytes left and no definite answer came back (time-out,
 * reset, 5xx, unreadable). `already_used` means that an earlier submission of the same token was taken.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly report: AttemptReport; readonly instrument: Instrument | null }
  | { readonly kind: 'already_used' }
  | { readonly kind: 'unknown'; readonly cause: string }
  | Refused
  | NotSent;

/** The PSP’s word on one payment. `unreadable` says nothing about the payment. */
export type StatusOutcome =
  | {
      readonly kind: 'known';
      readonly report: AttemptReport;
      readonly referenceId: string | null;
      readonly currency: string | null;
    }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** Ids that go along to the PSP’s log line. */
export interface CallContext {
  readonly requestId: string;
}

export interface Gateway {
  readonly name: string;
  /** False only when the address is the PSP’s production host. */
  readonly testMode: boolean;
  /**
   * How long after a lost answer the PSP’s “nothing submitted” (CREATED) is believed, in ms. Short where the PSP takes a
   * token once only, because a late first submission and a second one cannot both be taken.
   */
  readonly unsentAfterMs: number;
  createOrder(order: OrderRequest, notificationUrl: string, context: CallContext): Promise<CreateOutcome>;
  /** Sends one submission. Never repeats it, whatever happens, except after a 401 (refused before it was looked at). */
  send(token: string, submission: Submission, currency: string, context: CallContext): Promise<SendOutcome>;
  readStatus(token: string, currency: string | null, context: CallContext): Promise<StatusOutcome>;
  close(): Promise<void>;
}
