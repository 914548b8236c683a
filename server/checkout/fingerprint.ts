/**
 * Fingerprints: what is kept of a body to know it again under the same Idempotency-Key. They are keyed, because nobody may
 * guess a short text back from a stored hash.
 */
import { createHash } from 'node:crypto';
import type { Submission } from '../contract/submission.ts';
import type { KeyedHash } from '../keyed-hash.ts';
import { ProblemError } from '../problem.ts';

export interface Fingerprints {
  /** Of the body as JSON text; members in the order in which they stand. */
  of(body: unknown): string;
  /**
   * Throws `idempotency_mismatch` when the body of an earlier call was another one. `kept` may be of a version that hashed
   * without a key.
   */
  assertSame(kept: string, ...bodies: readonly string[]): void;
  /** A kept fingerprint as it is made now. Versions before this one hashed without a key. */
  keyed(kept: string): string;
}

/** Stands before each. A plain SHA-256 in base64url has no point. */
const prefix = 'k.';

export function createFingerprints(keyedHash: KeyedHash): Fingerprints {
  const keyed = (kept: string) => (kept.startsWith(prefix) ? kept : prefix + keyedHash('fingerprint', kept));
  return {
    of: body => keyed(createHash('sha256').update(JSON.stringify(body)).digest('base64url')),
    assertSame(kept, ...bodies) {
      if (bodies.includes(keyed(kept))) return;
      throw new ProblemError('idempotency_mismatch', 'This Idempotency-Key came with another body before.');
    },
    keyed,
  };
}

/**
 * What tells two submissions apart. Card number, CVV and what 3-D Secure brought are left out: none may leave memory, not
 * even hashed. The last four digits stand in for the number, as they may be kept (PCI DSS 3.4).
 */
export function toldOfSubmission(submission: Submission): unknown {
  if (!('card_number' in submission)) return sorted(submission);
  const { card_number, card_cvv: _cvv, authentication: _authentication, ...rest } = submission;
  return sorted({ ...rest, last4: card_number.slice(-4) });
}

/** For the keys of calls that have no body. */
export const toldOfRenewal = { call: 'renew' };

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
