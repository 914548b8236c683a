/** What becomes of an event after a try. Pure; times in ms. */
import type { Settlement, StoredEvent } from '../store/outbox.ts';

/** How a try ended: what the receiver answered, or why it did not. */
export type TryOutcome =
  | { readonly kind: 'answer'; readonly status: number; readonly retryAfter: string | null }
  | { readonly kind: 'no_answer'; readonly cause: string };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** After the first try, the second, and so on; the last one repeats. */
const delays = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour];
/** Counted from the first try: a proxy that was away for a day has not tried for a day. */
const givenUpAfter = 24 * hour;
/** Up to this part is added, so that what failed together does not come back together. */
const jitter = 0.2;

/** The receiver wants nothing more of this event (Standard Webhooks, “Delivery failures”). */
const gone = 410;

/** `chance` from 0 to 1. */
export function afterTry(event: StoredEvent, outcome: TryOutcome, now: number, chance: number): Settlement {
  const words = outcome.kind === 'answer' ? String(outcome.status) : outcome.cause;
  const isDelivered = outcome.kind === 'answer' && outcome.status >= 200 && outcome.status < 300;
  if (isDelivered) return { state: 'delivered', at: now, outcome: words };

  const since = event.triedSince ?? now;
  const isGone = outcome.kind === 'answer' && outcome.status === gone;
  if (isGone || now - since >= givenUpAfter) return { state: 'failed', at: now, outcome: words };

  const delay = delays[Math.min(event.tries, delays.length) - 1] ?? 5 * second;
  const asked = outcome.kind === 'answer' ? (parseRetryAfter(outcome.retryAfter, now) ?? 0) : 0;
  const dueAt = now + Math.max(delay * (1 + jitter * chance), asked);
  // The last try is made when the day is over, and not hours before.
  return { state: 'waiting', dueAt: Math.round(Math.min(dueAt, since + givenUpAfter)), outcome: words };
}

/** `Retry-After` in ms from now: seconds or an HTTP date (RFC 9110, section 10.2.3). Null when it is neither. */
function parseRetryAfter(text: string | null, now: number): number | null {
  if (text === null) return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * second;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
