/**
 * What has to survive, in domain words. Every operation is atomic and durable when its promise resolves; `advance` is the
 * only way to change a checkout, and it fails when somebody else was faster, so that nothing above it can be
 * read-then-write.
 */
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import type { CardFile } from './card-file.ts';
import type { NewEvent, Outbox } from './outbox.ts';

/** What is known about an Idempotency-Key for order creation. */
export type OrderClaim =
  | { readonly kind: 'fresh' }
  /** Used before. `token` is the order that it made, null while that is going on. */
  | { readonly kind: 'used'; readonly fingerprint: string; readonly token: string | null };

/**
 * The store cannot be reached, read or written now. Every operation may throw it; what the operation was to change is
 * unchanged or was changed wholly.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** The store must not be used as it is. Thrown while a store is opened; the message is for the operator. */
export class StoreUnusable extends Error {
  override readonly name = 'StoreUnusable';
}

/** One page of `Store.tidy`. */
export interface TidiedPage {
  readonly seen: number;
  readonly changed: number;
  /** Every checkout was seen, now or at an earlier start. */
  readonly isDone: boolean;
}

export interface Store {
  /**
   * Keeps a new checkout, and in the same step the events that tell of it. A token that is there already is left as it
   * is: the PSP gives each token once.
   */
  create(record: CheckoutRecord, events?: readonly NewEvent[]): Promise<void>;
  /** By the page’s token. */
  find(token: string): Promise<CheckoutRecord | null>;
  /** By the PSP token of any of its attempts, or by what an attempt is called here. */
  findByAttempt(attemptToken: string): Promise<CheckoutRecord | null>;
  /** All checkouts with the merchant’s reference, oldest first. */
  findByReference(referenceId: string): Promise<CheckoutRecord[]>;
  /**
   * Moves a checkout from the version that was read to `next` (whose version becomes one more); the record as it then
   * stands. Null when it is no longer at that version: read again and decide again. The events that tell of the change
   * are written in the same step, or not at all.
   */
  advance(next: CheckoutRecord, events?: readonly NewEvent[]): Promise<CheckoutRecord | null>;
  /**
   * Page tokens of at most `limit` checkouts that were due at `now`, each put off to `leaseUntil`, so that of several
   * proxies one gets it, and a proxy that dies with it loses it only until then. When more are due, most of them are those
   * that became due last (`newestOf`): after an outage a shopper who waits now comes before the looks of days.
   */
  takeDue(now: number, leaseUntil: number, limit: number): Promise<string[]>;
  /**
   * When the record that was read is to be read next; null for never. Does nothing when the checkout has moved on
   * meanwhile: who moved it has said when.
   */
  setDue(record: CheckoutRecord, at: number | null): Promise<void>;
  claimOrderKey(key: string, fingerprint: string, now: number): Promise<OrderClaim>;
  /** `token`: the order, or what is to be known of it meanwhile (checkout/order-key.ts). */
  settleOrderKey(key: string, token: string): Promise<void>;
  /** Gives a key back whose order was not made. Does nothing when `token` is not what the key was settled with last. */
  releaseOrderKey(key: string, token?: string | null): Promise<void>;
  /** Counts one more of `who` in the present window of `windowMs`; the answer includes it. Forgotten when it is over. */
  countTry(who: string, now: number, windowMs: number): Promise<number>;
  /** How many checkouts are due some day, and how many since before `now`. */
  backlog(now: number): Promise<{ waiting: number; overdue: number }>;
  /** Events for the merchant. */
  readonly outbox: Outbox;
  /** Stored cards. */
  readonly cards: CardFile;
  /**
   * Seals again, with the first key of STORE_KEY, whatever is sealed with another or not at all, while proxies work on the
   * store. Tells after each step how many records and cards were sealed again. At the end no other key is needed any more.
   * Throws `StoreUnusable` when the proxy was not started with this first key. It may be broken off and begun again.
   */
  reseal(): AsyncIterable<number>;
  /**
   * Deletes the checkouts that were made before a time and that `mayGo` allows, with their attempts, Idempotency-Keys and
   * events, while proxies work on the store. A checkout with an event that waits for delivery stays. Tells after each step
   * how many were deleted. It may be broken off and begun again.
   */
  forget(before: number, mayGo: (record: CheckoutRecord) => boolean): AsyncIterable<number>;
  /**
   * Rewrites the next page of checkouts that `rewrite` changes, while proxies work on the store; where `rewrite` gives the
   * same object, the record stays. How far it came is kept under the name of the `round`, so that each is gone through once.
   */
  tidy(round: string, rewrite: (record: CheckoutRecord) => CheckoutRecord): Promise<TidiedPage>;
  /** Proves that the store can be written; throws when it cannot. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads, decides, advances, until no one else was faster. `decide` gives the next record, or null to leave it as it is.
 * The answer is the record as it then stands, or null for an unknown token.
 */
export async function change(
  store: Store,
  token: string,
  decide: (record: CheckoutRecord) => CheckoutRecord | null,
): Promise<{ record: CheckoutRecord; changed: boolean } | null> {
  for (;;) {
    const record = await store.find(token);
    if (record === null) return null;
    const next = decide(record);
    if (next === null || next === record) return { record, changed: false };
    const moved = await store.advance(next);
    if (moved !== null) return { record: moved, changed: true };
  }
}

/** How many of `limit` that are taken are to be those that became due last; the rest became due first. */
export function newestOf(limit: number): number {
  return Math.ceil(limit * 0.8);
}
