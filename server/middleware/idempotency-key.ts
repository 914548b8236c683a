/** `Idempotency-Key` (IETF draft-ietf-httpapi-idempotency-key-header): chosen by the caller, one per thing to be done. */
import type { Context } from 'hono';
import { holdsCardLikeNumber } from '../card-like.ts';
import { ProblemError } from '../problem.ts';

const acceptable = /^[\x21-\x7e]{1,200}$/;

/** The key, or null when none was sent. The draft’s quotes are taken off. */
export function idempotencyKey(c: Context): string | null {
  const given = c.req.header('Idempotency-Key')?.trim();
  if (given === undefined || given === '') return null;
  const key = /^"(.*)"$/.exec(given)?.[1] ?? given;
  if (!acceptable.test(key)) {
    throw new ProblemError('malformed_request', 'Idempotency-Key must be 1 to 200 visible ASCII characters.');
  }
  if (holdsCardLikeNumber(key))
    throw new ProblemError(
      'malformed_request',
      'Idempotency-Key must not hold a card number: keys are kept.',
    );
  return key;
}

export function requiredIdempotencyKey(c: Context): string {
  const key = idempotencyKey(c);
  if (key === null) throw new ProblemError('idempotency_key_required', 'Send an Idempotency-Key header.');
  return key;
}
