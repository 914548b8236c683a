/**
 * What a PSP can do, in our words. A gateway knows nothing of checkouts, stores or routes; it turns one call into one of
 * the outcomes below and never decides what follows from it.
 */

import type { AttemptReport, Offer, StoredCardIds } from '../checkout/checkout-record.ts';
import type { PspRefund, PspRefundList } from '../checkout/refunds.ts';
import type { Instrument, Method, Status } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { CardStatus, PersonRequest, QuoteRequest, TokenPaymentRequest } from '../contract/person.ts';
import type { FieldProblem } from '../contract/problem.ts';
import type { Submission } from '../contract/submission.ts';

/** A new order at the PSP. */
export interface CreatedOrder {
  readonly token: string;
  readonly currency: string;
  /** Where the order’s own mode decides, and not the PSP’s address. */
  readonly testMode?: boolean;
  /** `methods` is null where the answer names none that can be read, `totals` where it names no price. */
  readonly offer: Omit<Offer, 'methods'> & { readonly methods: readonly Method[] | null };
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

/** `unknown`: bytes left and no answer names the order, so it may be there (time-out, reset, 5xx, unreadable). */
export type CreateOutcome =
  | { readonly kind: 'created'; readonly order: CreatedOrder }
  | { readonly kind: 'unknown'; readonly cause: string }
  | Refused
  | NotSent;

export type OrderSearchOutcome =
  | { readonly kind: 'found'; readonly order: CreatedOrder }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** Finds an order whose answer was lost. */
export interface OrderSearch {
  /** How long after the order left the PSP’s “no such order” is believed, in ms. */
  readonly unmadeAfterMs: number;
  find(order: OrderRequest, mark: string, context: CallContext): Promise<OrderSearchOutcome>;
}

/** What goes along with a new order. */
export interface OrderTerms {
  /** Unguessable; sent along where the PSP repeats it, so that the order can be found when its answer is lost. */
  readonly mark: string;
  /** Where the PSP is to call back. */
  readonly notificationUrl: string;
}

/**
 * How one submission ended. `unknown` is the dangerous one: bytes left and no definite answer came back (time-out,
 * reset, 5xx, unreadable). `already_used` means that an earlier submission of the same token was taken.
 */
export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly report: AttemptReport;
      readonly instrument: Instrument | null;
      /** The PSP stored the card of this submission. */
      readonly storedCard?: StoredCardIds;
      /** The PSP’s token of a payment that was made in one step. */
      readonly paymentToken?: string;
      /** What a payment that was made in one step costs, where the PSP says so. */
      readonly price?: Pick<Offer, 'totals' | 'customerFees'>;
    }
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
      /** It was made in one step, for an attempt of ours with this name. */
      readonly mark?: string;
    }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** What the merchant decides about a submission, and never the page. */
export interface Terms {
  readonly currency: string;
  /** Hold the money now, take it by a capture later. Cards only. */
  readonly delayCapture: boolean;
  /** For a PSP that hears of the order with its submission only. Null when the order is too old to be kept. */
  readonly order: OrderRequest | null;
  /** Where the PSP is to call back. */
  readonly notificationUrl: string;
  /** Where the shopper comes back to from a page of the PSP: the merchant’s page, else the hosted one. */
  readonly returnUrl: string;
}

/**
 * How a capture or a cancellation ended. `taken`: the PSP has it, and the payment’s status follows. `not_held`: there is
 * nothing to decide on, perhaps because an earlier decision was taken.
 */
export type HoldOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'not_held' }
  | { readonly kind: 'unknown'; readonly cause: string }
  | Refused
  | NotSent;

export interface HeldPayment {
  readonly token: string;
  /** Made in one step, with a stored card. */
  readonly isOneStep: boolean;
}

/** Held money: taken, or given up. A held payment moves once, so a decision that is sent again cannot be taken twice. */
export interface PreAuthorization {
  /** `amount` in minor units of `currency`. */
  capture(held: HeldPayment, amount: number, currency: string, context: CallContext): Promise<HoldOutcome>;
  cancel(held: HeldPayment, context: CallContext): Promise<HoldOutcome>;
}

/**
 * Cancels a payment that was paid. It moves once, to CANCELED, so a decision that is sent again cannot be taken twice. What
 * becomes of the money is the PSP’s to say.
 */
export interface PaidCancellation {
  /** How long after a lost answer the PSP’s “still paid” is believed, in ms. */
  readonly untakenAfterMs: number;
  /** Sends one cancellation. Never repeats it, whatever happens. `not_held`: it is not paid (any more). */
  cancel(token: string, currency: string, context: CallContext): Promise<HoldOutcome>;
}

export interface RefundOrder {
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  /** Where the money goes, as the merchant gave it. Personal data: not to be kept. */
  readonly account: Readonly<Record<string, string | number>>;
}

/** How one refund ended at the PSP. `unknown`: bytes left and no definite answer came back. */
export type RefundOutcome =
  | { readonly kind: 'taken'; readonly refund: PspRefund }
  /** The payment’s state, its age or the merchant’s balance forbids it; `detail` is in our words. */
  | { readonly kind: 'not_refundable'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly cause: string }
  | Refused
  | NotSent;

export type RefundListOutcome =
  | { readonly kind: 'known'; readonly list: PspRefundList }
  | { readonly kind: 'unreadable'; readonly cause: string };

export interface Refunds {
  /**
   * How long after a lost answer the PSP’s “no such refund” is believed, in ms. Long where the PSP would take the same
   * refund twice, because nothing but time tells that a lost one is not still on its way.
   */
  readonly unmadeAfterMs: number;
  /** Sends one refund. Never repeats it, whatever happens. */
  request(token: string, order: RefundOrder, context: CallContext): Promise<RefundOutcome>;
  /** The refunds of a payment. */
  list(token: string, context: CallContext): Promise<RefundListOutcome>;
}

/** What a payment in one step is for: the parts of an order that are not the payer’s. */
export type OneStepOrder = Pick<
  OrderRequest,
  | 'amount'
  | 'asset'
  | 'reference_id'
  | 'contract_id'
  | 'methods'
  | 'notification_url'
  | 'soft_descriptor'
  | 'ip_address'
  | 'payment_currency'
  | 'payment_country'
  | 'address_country'
  | 'extra_data'
>;

export type OneStepMeans =
  | {
      readonly kind: 'stored_card';
      readonly card: StoredCardIds;
      readonly installments: number;
      readonly delayCapture: boolean;
      /** What only the merchant’s own charge may say. */
      readonly more: Pick<TokenPaymentRequest, 'method' | 'fraud_protection_token' | 'authentication'>;
    }
  | { readonly kind: 'cash'; readonly fullName: string; readonly email: string };

export interface OneStepPayment {
  readonly order: OneStepOrder;
  readonly means: OneStepMeans;
  /** Goes along, so that the payment can be recognised when its answer is lost. */
  readonly mark: string;
  readonly notificationUrl: string;
  /** Of the answer’s amounts, where it names none. */
  readonly currency: string;
}

/** A payment with the merchant’s reference, as the PSP lists it. */
export interface ListedPayment {
  readonly token: string;
  /** Our mark; null where the PSP repeats what we sent along and no mark is in it, undefined where it repeats nothing. */
  readonly mark: string | null | undefined;
  /**
   * Milliseconds since 1970, and how much earlier it may seem than it was: a time that names no zone is off by the PSP’s.
   * Null when it cannot be read.
   */
  readonly created: { readonly at: number; readonly seemsEarlierBy: number } | null;
  readonly currency: string | null;
  readonly report: AttemptReport;
}

export type PaymentListOutcome =
  | { readonly kind: 'known'; readonly payments: readonly ListedPayment[] }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** Payments that the PSP makes and takes in one call, and would take twice if they were sent twice. */
export interface OneStepPayments {
  /**
   * How long after a lost answer the PSP’s “no such payment” is believed, in ms. Long, because nothing but time tells that
   * a lost one is not still on its way.
   */
  readonly unsentAfterMs: number;
  /** Sends one payment. Never repeats it, whatever happens. Accepted: with its `paymentToken`. */
  send(payment: OneStepPayment, context: CallContext): Promise<SendOutcome>;
  /** The payments with the merchant’s reference. */
  list(referenceId: string, currency: string, context: CallContext): Promise<PaymentListOutcome>;
}

/** How a stored person or card was deleted. `unreadable`: it may be gone; deleting again is safe. */
export type DeleteOutcome =
  | { readonly kind: 'deleted' }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unreadable'; readonly cause: string };

export type QuoteOutcome =
  | { readonly kind: 'quoted'; readonly price: Pick<Offer, 'totals' | 'customerFees'> }
  /** The PSP has no such call (any more). */
  | { readonly kind: 'not_supported' }
  | Refused
  | NotSent;

/** How a person was stored. `unknown`: the PSP may have stored it, under a name that nobody was told. */
export type StoreOutcome =
  | { readonly kind: 'stored'; readonly ids: StoredCardIds }
  | { readonly kind: 'unknown'; readonly cause: string }
  | Refused
  | NotSent;

export interface StoredCards {
  /** A person with a card. */
  store(person: PersonRequest, notificationUrl: string, context: CallContext): Promise<StoreOutcome>;
  statusOf(cardId: string, context: CallContext): Promise<CardStatus>;
  deletePerson(personId: string, context: CallContext): Promise<DeleteOutcome>;
  deleteCard(cardId: string, context: CallContext): Promise<DeleteOutcome>;
  quote(request: QuoteRequest, context: CallContext): Promise<QuoteOutcome>;
}

/** A contract of the merchant’s account: which methods it may take. */
export interface Contract {
  readonly id: string;
  readonly name: string | null;
  readonly type: string | null;
  readonly active: boolean;
  readonly methods: readonly string[];
}

export type ContractsOutcome =
  | { readonly kind: 'known'; readonly contracts: readonly Contract[] }
  | { readonly kind: 'unreadable'; readonly cause: string };

export interface Contracts {
  list(context: CallContext): Promise<ContractsOutcome>;
}

/** A PSP’s message that something happened, as it arrived. */
export interface Callback {
  readonly body: string;
  header(name: string): string | undefined;
}

export type CallbackReading =
  /** Of the payment with this token, whose order has this reference. Nothing of it is believed: the status is read. */
  | { readonly kind: 'news'; readonly token: string; readonly referenceId: string | null }
  /** The PSP signs its callbacks, and this is not its signature. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'unreadable' };

export interface Callbacks {
  read(callback: Callback): CallbackReading;
  /** What the PSP takes for “received”. */
  readonly receipt: { readonly type: 'application/json' | 'text/plain'; readonly body: string };
}

export interface CallContext {
  /** Goes along to the PSP, and stands in the log. */
  readonly requestId: string;
  /** A read that no payment waits for. Such reads have connections of their own. */
  readonly isBackground?: boolean;
}

export interface Gateway {
  readonly name: string;
  /** False only when the address is the PSP’s production host. An order may know better. */
  readonly testMode: boolean;
  /**
   * How long after a lost answer the PSP’s “nothing submitted” (CREATED) is believed, in ms. Short where the PSP takes a
   * token once only, because a late first submission and a second one cannot both be taken.
   */
  readonly unsentAfterMs: number;
  /** The PSP’s word on an order that nobody submitted, where it is not CREATED. */
  readonly unsubmittedStatus?: Status;
  createOrder(order: OrderRequest, terms: OrderTerms, context: CallContext): Promise<CreateOutcome>;
  /** Sends one submission. Never repeats it, whatever happens, except after a 401 (refused before it was looked at). */
  send(token: string, submission: Submission, terms: Terms, context: CallContext): Promise<SendOutcome>;
  readStatus(token: string, currency: string | null, context: CallContext): Promise<StatusOutcome>;
  readonly callbacks: Callbacks;
  /** Null, as for every part below: the PSP has no such call. */
  readonly orderSearch: OrderSearch | null;
  readonly preAuthorization: PreAuthorization | null;
  readonly paidCancellation: PaidCancellation | null;
  readonly refunds: Refunds | null;
  readonly contracts: Contracts | null;
  readonly oneStep: OneStepPayments | null;
  readonly storedCards: StoredCards | null;
  /**
   * Shows the PSP our credentials and changes nothing there, so that an operator hears of wrong ones at the start. Rejects when
   * they are refused or the PSP cannot be asked.
   */
  logIn(): Promise<unknown>;
  close(): Promise<void>;
}

/** True for the `cause` of an outcome when the PSP refused the proxy’s credentials (log-in.ts). */
export function isLogInRefusal(cause: string | undefined): boolean {
  return cause?.startsWith('LogInRefused ') ?? false;
}
