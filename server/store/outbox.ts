/**
 * Events for the merchant that wait to be delivered, were delivered, or were given up. They come to be with the change
 * that they tell of (`create` and `advance` of store.ts) and hold no personal data, so they are not sealed.
 */

/** An event as it is written. Its body never changes, so that every try delivers the same bytes. */
export interface NewEvent {
  /** By `eventIdOf`. */
  readonly id: string;
  readonly token: string;
  readonly sequence: number;
  readonly type: string;
  /** JSON text. */
  readonly body: string;
  readonly createdAt: number;
}

export const eventStates = ['waiting', 'delivered', 'failed'] as const;
export type EventState = (typeof eventStates)[number];

export interface StoredEvent extends NewEvent {
  readonly state: EventState;
  /** How many tries were begun. It also names the try: only the one that was begun last may settle the event. */
  readonly tries: number;
  /** When the first try was begun, and anew after a replay. */
  readonly triedSince: number | null;
  /** When it was delivered or given up. */
  readonly settledAt: number | null;
  /** How the last try ended: an HTTP status or the name of an error. */
  readonly outcome: string | null;
}

/** What becomes of an event after a try. */
export type Settlement =
  | { readonly state: 'delivered' | 'failed'; readonly at: number; readonly outcome: string }
  | { readonly state: 'waiting'; readonly dueAt: number; readonly outcome: string };

export interface EventFilter {
  readonly state?: EventState;
  /** Made at this time or later. */
  readonly since?: number;
}

export interface OutboxBacklog {
  readonly waiting: number;
  readonly failed: number;
  /** When the oldest event that waits was made; null when none waits. */
  readonly oldestAt: number | null;
}

/** Events that were settled, or were to be delivered and were not, before these times. Null: those are all kept. */
export interface ForgetBefore {
  readonly delivered: number;
  readonly failed: number;
  readonly untaken: number | null;
}

export interface Outbox {
  /**
   * At most `limit` events that are due, oldest due first, each begun and put off to `leaseUntil`: of several proxies one
   * gets it, and a proxy that dies with it loses it only until then.
   */
  take(now: number, leaseUntil: number, limit: number): Promise<StoredEvent[]>;
  /** Ends the try that `take` began. False when another one was begun meanwhile: then its word counts. */
  settle(event: StoredEvent, settlement: Settlement): Promise<boolean>;
  /** Oldest first. */
  list(filter: EventFilter): AsyncIterable<StoredEvent>;
  find(id: string): Promise<StoredEvent | null>;
  /** Makes an event due at once, whatever became of it. False for an id that is not there. */
  replay(id: string, now: number): Promise<boolean>;
  /** Removes what is older than `before` says; at most `limit`. How many those were. */
  forget(before: ForgetBefore, limit: number): Promise<number>;
  backlog(): Promise<OutboxBacklog>;
}

/** `evt_<page token>_<sequence>`: the same over all tries, and leads to its checkout without another index. */
export function eventIdOf(token: string, sequence: number): string {
  return `evt_${token}_${sequence}`;
}

export function parseEventId(id: string): { readonly token: string; readonly sequence: number } | null {
  const [, token, sequence] = /^evt_([\w-]{1,64})_(\d{1,9})$/.exec(id) ?? [];
  return token === undefined ? null : { token, sequence: Number(sequence) };
}
