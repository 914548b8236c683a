/**
 * What is kept of a checkout, and what a PSP reports of it: shapes only. What may follow what is in checkout.ts, hold.ts
 * and refunds.ts.
 *
 * Amounts are integer minor units of the currency beside them; times are milliseconds since 1970.
 */
import type { Decline, Instrument, Method, Status } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { TokenPaymentRequest } from '../contract/person.ts';
import type { FieldProblem, ProblemCode } from '../contract/problem.ts';
import type { RefundStatus } from '../contract/refund.ts';
import type { FiledCard } from './filed-card.ts';

/**
 * `open`: made at the PSP, nothing submitted, or the PSP refused the data and left the token unused.
 * `sending`: durably noted before the first byte left; what became of it is not known yet.
 * `sent`: the PSP said what became of it; `status` is its word.
 */
export type Phase = 'open' | 'sending' | 'sent';

/**
 * A payment that the PSP makes and takes in one call, with a token of its own that nobody knows before the answer. Nothing
 * stops the PSP from taking it twice, so it is never repeated (facts section 3).
 */
export interface OneStep {
  /** The PSP’s token; null until an answer or a look-up names it. */
  readonly paymentToken: string | null;
  readonly method: Method;
}

/** A card that the PSP stored with a payment, by the PSP’s names. */
export interface StoredCardIds {
  readonly personId: string;
  readonly cardId: string;
}

/** What is told of a submission to the shopper who made it: nothing more of a card than its holder may be shown. */
export interface Charged {
  /** Minor units of the checkout’s currency, of one installment and in all; null where the offer does not say. */
  readonly amount: number | null;
  readonly total: number | null;
  /** Left out for what is no card, and for a stored card that is not filed here. */
  readonly card?: Pick<FiledCard, 'brand' | 'last4'>;
}

/** One PSP order behind the checkout. Its token can be submitted once (facts section 2, code 00.04.0022). */
export interface Attempt {
  /** The PSP’s token of the order; for a one-step payment a name of ours, which goes along to the PSP as its mark. */
  readonly token: string;
  /** Left out for an order that is submitted in a second step. */
  readonly oneStep?: OneStep;
  /** What the shopper’s wish to store the card led to. */
  readonly storedCard?: StoredCardIds;
  readonly phase: Phase;
  /** The PSP’s last word. */
  readonly status: Status;
  readonly method: Method | null;
  readonly installments: number | null;
  /** Left out until something is submitted, and in records of 0.1.0. */
  readonly charged?: Charged;
  /** As on the wire, but `amount` is in minor units. */
  readonly instrument: Instrument | null;
  readonly decline: Decline | null;
  /** As in the report; left out for no. */
  readonly mayBePaidYet?: boolean;
  /** Canceled after its money had come in; left out for no. Nobody says what became of that money. */
  readonly wasPaid?: boolean;
  /** Minor units of the checkout’s currency; null while the PSP names none. */
  readonly amountReceived: number | null;
  readonly refundedAmount: number | null;
  /** The PSP’s last answer names an amount that cannot be read; left out for no. */
  readonly amountsUnreadable?: true;
  readonly createdAt: number;
  readonly sendingSince: number | null;
  /** When an answer was lost. Null while a submission is on its way, and after the outcome is known. */
  readonly inDoubtSince: number | null;
  /** When a lost submission was given up, because the PSP knew of none. It could still be taken late. */
  readonly givenUpAt: number | null;
  /** The PSP has the payment, and nobody has the link to its page; left out where the PSP says nothing of the kind. */
  readonly linkLost?: boolean;
  /** What the merchant decided about money that the PSP holds or took; left out while nothing was decided. */
  readonly decision?: HoldDecision;
  /** When a lost cancellation was given up, because the payment was paid still. It could be taken late. */
  readonly cancelGivenUpAt?: number;
}

/**
 * A capture or a cancellation of held money, or the cancellation of a payment that was paid: noted durably before the first
 * byte leaves (product.md 2.6, rule 1).
 */
export interface HoldDecision {
  readonly kind: 'capture' | 'cancel';
  /** The money was not held: the payment was paid. Left out for no. */
  readonly ofPaid?: boolean;
  /** Minor units to take; null for a cancellation. */
  readonly amount: number | null;
  /** `sending`: it left, and no definite answer came yet. `taken`: the PSP took it, and its status is to follow. */
  readonly phase: 'sending' | 'taken';
  readonly decidedAt: number;
  /** When the answer was lost. */
  readonly inDoubtSince: number | null;
  /** Of the merchant’s call: who asked for it stands in that log line. */
  readonly requestId: string;
  /** The merchant’s Idempotency-Key. */
  readonly key: string | null;
}

/** Money that the merchant gives back: noted durably before the first byte leaves. */
export interface Refund {
  /** Its name within the checkout: the record’s version when it was noted, so that no two are alike. */
  readonly number: number;
  /** What the attempt that was paid is called here. */
  readonly attempt: string;
  /** Minor units of the checkout’s currency. */
  readonly amount: number;
  /**
   * `sending`: it left, and nobody knows yet whether the PSP has it. `taken`: the PSP has it. `not_taken`: asked long
   * enough after it was lost, the PSP had none.
   */
  readonly phase: 'sending' | 'taken' | 'not_taken';
  /** The PSP’s last word; REQUESTED before the first. */
  readonly status: RefundStatus;
  /** The PSP’s id; null while there is none (the classic dialect gives refunds no ids). */
  readonly pspId: string | null;
  /** What tells it from the other refunds of the payment at the PSP; null until it is taken. */
  readonly mark: string | null;
  /** The marks that the PSP knew before it left: whatever else appears is this one. */
  readonly marksBefore: readonly string[];
  /**
   * What had been given back elsewhere before it left, in minor units: of what comes on top a lost refund has to be a part.
   * Missing in records of 0.1.0.
   */
  readonly refundedElsewhere?: number;
  readonly createdAt: number;
  readonly inDoubtSince: number | null;
  /** When it ended, one way or the other. */
  readonly settledAt: number | null;
  readonly requestId: string;
  readonly key: string | null;
  /** Of the amount and the attempt, and not of where the money goes: that is personal data. */
  readonly fingerprint: string;
}

/** A caller’s Idempotency-Key, what it was used for, and how that ended. */
export interface Claim {
  /** Of the body without card number and CVV (fingerprint.ts). */
  readonly fingerprint: string;
  readonly attempt: string;
  /**
   * `given_up`: the PSP never took its submission, as far as it can be told. The key may be used again while the attempt is
   * open; when the payment turns up after all, the key is answered with it.
   */
  readonly ending: 'pending' | 'answered' | 'given_up' | Refusal;
}

/** A refusal that is given again for the same key. */
export interface Refusal {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly FieldProblem[];
}

/** What the PSP offered for an order; asked again for every new attempt, because currency rates move. */
export interface Offer {
  readonly methods: readonly Method[];
  /** Those of `methods` that the PSP takes in one step only. */
  readonly oneStepMethods?: readonly Method[];
  /** Minor units of `currency`. */
  readonly installments: readonly { readonly installments: number; readonly amount: number }[];
  readonly totals: {
    readonly amount: number;
    readonly asset: string;
    readonly originalAmount: number;
    readonly originalAsset: string;
    readonly customerFees: number;
    readonly customerAmount: number;
  } | null;
  readonly customerFees: readonly {
    readonly name: string;
    readonly amount: number;
    readonly asset: string;
  }[];
}

/** What is kept of a charge that the merchant makes without a shopper. `amount` in major units, as it came. */
export type ChargeTerms = Pick<
  TokenPaymentRequest,
  'amount' | 'asset' | 'payment_currency' | 'public_person_id' | 'public_card_id'
>;

export interface CheckoutRecord extends Offer {
  /** The page’s token: the token of the first attempt, for ever. */
  readonly token: string;
  /** Counts every change; the store moves a record only from the version that was read. */
  readonly version: number;
  readonly gateway: string;
  /** Left out where the PSP’s address decides. */
  readonly testMode?: boolean;
  readonly referenceId: string;
  readonly country: string;
  readonly currency: string;
  readonly returnUrl: string | null;
  readonly publicPersonId: string | null;
  /** The merchant’s choice for every card of this checkout: hold the money, take it by a capture later. */
  readonly delayCapture: boolean;
  /** The merchant lets the shopper store a card for the next purchase. */
  readonly offersSaveCard: boolean;
  /** The payer’s data for another attempt; null when none can follow (paid, too old, or made elsewhere). */
  readonly order: OrderRequest | null;
  /** A charge that the merchant makes without a shopper: nothing can be submitted by a page. */
  readonly tokenPayment?: ChargeTerms;
  /** Oldest first, never empty. */
  readonly attempts: readonly [Attempt, ...Attempt[]];
  readonly claims: Readonly<Record<string, Claim>>;
  /** When card submissions left, newest last. */
  readonly cardTries: readonly number[];
  /** Oldest first; left out until the first one. */
  readonly refunds?: readonly Refund[];
  /** Left out while nothing is passed on to the merchant. */
  readonly announced?: Announced;
  readonly createdAt: number;
  /** When the PSP is to be read next; null when nothing is awaited. */
  readonly dueAt: number | null;
}

/** What the merchant was told last of a checkout (webhooks/announcement.ts). */
export interface Announced {
  /** Of the last event; 0 before the first. */
  readonly sequence: number;
  readonly status: Status;
  readonly attempt: number;
  readonly verifying: boolean;
  readonly method: Method | null;
  readonly amountReceived: number | null;
  readonly refundedAmount: number | null;
  readonly paidTwice: boolean;
  /** By their number; without those that nobody knows of yet. */
  readonly refunds: Readonly<Record<number, RefundStatus>>;
}

/** What the PSP says about one attempt. Undefined: not said this time, keep what is known. */
export interface AttemptReport {
  readonly status: Status;
  readonly method?: Method | undefined;
  readonly instrument?: Instrument | undefined;
  /** Can be paid on a page of the PSP, whose link comes with the answer to a submission and with nothing else. */
  readonly linkLost?: boolean;
  /** It failed, and the PSP does not say that the page where it failed takes no money any more. */
  readonly mayBePaidYet?: boolean;
  readonly decline?: Decline | null;
  /** Of CANCELED: this PSP cancels what was paid. Elsewhere it ends what nobody paid, and undoes no PAID. */
  readonly mayUndoPaid?: boolean;
  readonly amountReceived?: number | undefined;
  readonly refundedAmount?: number | undefined;
  /** One of the two amounts is there and cannot be read. Left out for no. */
  readonly amountsUnreadable?: true;
  /** ISO time at which an unpaid instrument ends. */
  readonly expiresAt?: string | undefined;
  /** Its calendar date, `YYYY-MM-DD`, for vouchers whose answer named none. */
  readonly dueDate?: string | undefined;
}
