/** Every error reply: RFC 9457 with our `code`, `errors` and `request_id` (product.md section 2). */
import { z } from 'zod';

/**
 * Every `code` that a reply can carry, with its HTTP status. A program decides by the code; `title` and `detail` are for
 * people who read logs.
 */
export const problemStatuses = {
  malformed_request: 400,
  idempotency_key_required: 400,
  unauthorized: 401,
  /** A callback without the signature of its PSP. */
  signature_wrong: 401,
  origin_not_allowed: 403,
  not_found: 404,
  /** This checkout is paid: nothing was sent. */
  already_paid: 409,
  /** Another submission of this checkout is on its way. */
  submission_in_flight: 409,
  /** The newest attempt is over: ask for a new one with `renew` first. */
  renew_required: 409,
  /** The newest attempt may still be paid or was never used. */
  not_renewable: 409,
  /** The PSP behind this order has no such call. */
  not_supported: 409,
  /** Nothing is held: nothing can be captured or canceled. */
  not_pre_authorized: 409,
  /** The held money was taken already, and not as asked for now. */
  already_captured: 409,
  /** A capture or a cancellation of this order is on its way, and it is another one. */
  capture_in_flight: 409,
  /** Not paid, all given back, or the PSP does not allow it any more. */
  not_refundable: 409,
  /** Another refund of this order is on its way, or its outcome is unknown. */
  refund_in_flight: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  /** Our own check of the fields failed: nothing was sent. */
  validation_failed: 422,
  /** Same Idempotency-Key, other body. */
  idempotency_mismatch: 422,
  method_not_offered: 422,
  /** The PSP refused the data and took no payment; the same attempt can be sent again. */
  psp_refused: 422,
  too_many_tries: 429,
  too_many_requests: 429,
  internal_error: 500,
  /** Something left, and the PSP’s answer was lost or cannot be read: it may have been done. */
  outcome_unknown: 502,
  /** The PSP could not be reached and nothing was sent: safe to try again. */
  psp_unavailable: 503,
  /** The PSP refused the proxy’s credentials and nothing was sent. Told to the merchant only; a page reads `psp_unavailable`. */
  psp_log_in_refused: 503,
  /** The proxy’s own store cannot be reached: nothing was sent. */
  store_unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatuses;

/** What can be wrong with one field. */
export const fieldCodes = [
  'required',
  'invalid',
  'expired',
  'not_offered',
  'too_long',
  'too_small',
  'too_large',
] as const;
export type FieldCode = (typeof fieldCodes)[number];

export const fieldProblem = z.object({
  /** JSON Pointer (RFC 6901) into the body that was sent, for example `/card_number`. */
  pointer: z.string(),
  /** A word of `fieldCodes`; a newer proxy may know more. */
  code: z.string(),
  /** English, for developers. Never repeats what was sent. */
  detail: z.string(),
});

export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string(),
  detail: z.string(),
  errors: z.array(fieldProblem).optional(),
  request_id: z.string(),
});

export type FieldProblem = z.infer<typeof fieldProblem>;
export type Problem = z.infer<typeof problem>;
