/**
 * How long a doubt lasts before the PSP’s “I have no such thing” is believed.
 *
 * The time is measured on the monotonic clock of one process, from when that process heard of the doubt: the time stamps in the
 * store come from wall clocks, which are set and differ, and would end a doubt while the request is still on its way. The price
 * is that a process that starts waits anew.
 */
import type { Clock } from '../clock.ts';
import type { CheckoutRecord } from './checkout-record.ts';

/** A question to the PSP. Times in ms. */
export interface Asked {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** How long the doubt had been known of here when the PSP was asked. */
  readonly knownForMs: number;
  readonly pspTimeoutMs: number;
}

/** Whether a lost request cannot be on its way any more. Without `inDoubtSince` it may not have left when it became known. */
export function isPast(
  { inDoubtSince }: { readonly inDoubtSince: number | null },
  { knownForMs, pspTimeoutMs }: Asked,
  patienceMs: number,
): boolean {
  return knownForMs >= patienceMs + (inDoubtSince === null ? pspTimeoutMs : 0);
}

export interface Doubts {
  /** The record as it is now. */
  note(record: CheckoutRecord): void;
  /** How long the doubts of this record have been known of, the newest of them; 0 for one that was unknown. */
  knownForMs(record: CheckoutRecord): number;
}

const checkoutsKept = 100_000;

export function createDoubts(monotonic: Clock): Doubts {
  const known = new Map<string, { readonly doubts: string; readonly since: number }>();

  function since(record: CheckoutRecord): number {
    const { token } = record;
    const doubts = doubtsIn(record);
    const before = known.get(token);
    if (before?.doubts === doubts) return before.since;
    const now = monotonic();
    if (known.size >= checkoutsKept) known.clear();
    if (doubts === noDoubts) known.delete(token);
    else known.set(token, { doubts, since: now });
    return now;
  }

  return {
    note(record) {
      since(record);
    },
    knownForMs: record => monotonic() - since(record),
  };
}

/** Names the doubts of a checkout: another name, other doubts. */
export function doubtsIn(record: CheckoutRecord): string {
  const attempts = record.attempts.flatMap(({ token, phase, sendingSince, inDoubtSince, decision }) => [
    ...(phase === 'sending' ? [[token, sendingSince, inDoubtSince]] : []),
    ...(decision?.phase === 'sending' ? [[token, decision.requestId, decision.inDoubtSince]] : []),
  ]);
  const refunds = (record.refunds ?? [])
    .filter(({ phase }) => phase === 'sending')
    .map(({ number, inDoubtSince }) => [number, inDoubtSince]);
  return JSON.stringify([...attempts, ...refunds]);
}

const noDoubts = '[]';
