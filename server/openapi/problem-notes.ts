/** When each problem code is answered, and what a program does about it. */
import type { ProblemCode } from '../contract/problem.ts';

export interface ProblemNote {
  readonly when: string;
  readonly todo: string;
}

const fixRequest = 'Mend the request.';
const nothingSent = 'Nothing was sent: safe to send again.';

export const problemNotes: Readonly<Record<ProblemCode, ProblemNote>> = {
  malformed_request: {
    when: 'The body is no JSON, is not UTF-8 or is nested too deeply, or the `Idempotency-Key` has characters that it may not have or holds a card number.',
    todo: fixRequest,
  },
  idempotency_key_required: { when: 'The call needs an `Idempotency-Key`.', todo: 'Send one.' },
  unauthorized: { when: 'The merchant key is missing or wrong.', todo: 'Send `MERCHANT_API_KEY`.' },
  signature_wrong: {
    when: 'A callback is not signed with the secret of this account.',
    todo: 'Give the proxy the secret that the payment provider signs with.',
  },
  origin_not_allowed: {
    when: 'The page’s origin is not in `ALLOWED_ORIGINS`.',
    todo: 'Add it; the log names it.',
  },
  not_found: { when: 'No such address, token or id.', todo: fixRequest },
  already_paid: {
    when: 'The order is paid, perhaps on an older code. Nothing was sent.',
    todo: 'Read the order.',
  },
  submission_in_flight: {
    when: 'Another submission is on its way, or the answer to this key is still being made.',
    todo: 'Wait for the end of `verifying`, or send the same call again.',
  },
  renew_required: { when: 'The newest attempt is over.', todo: 'Ask for a new one with `renew`.' },
  not_renewable: {
    when: 'The newest attempt may still be paid, or was never used.',
    todo: 'Read the Checkout; look at `can`.',
  },
  not_supported: { when: 'The payment provider of this order has no such call.', todo: 'Do without it.' },
  not_pre_authorized: {
    when: 'Nothing is held for this order; at Letsia: it is not paid, or its money was asked back.',
    todo: 'Read the order.',
  },
  already_captured: {
    when: 'The held money was taken already, and not as asked for now.',
    todo: 'Read the order; a refund gives money back.',
  },
  capture_in_flight: {
    when: 'Another capture or cancellation of this order is on its way.',
    todo: 'Wait until it has ended, then read the order.',
  },
  not_refundable: {
    when: 'Not paid, all given back, or the payment provider does not allow it any more.',
    todo: 'Read the order.',
  },
  refund_in_flight: {
    when: 'Another refund of this order is on its way, or its outcome is unknown.',
    todo: 'Wait until it has ended; `GET …/refunds` tells.',
  },
  payload_too_large: { when: 'The body has more than 32 KiB.', todo: fixRequest },
  unsupported_media_type: {
    when: 'The body is not `application/json`, or its `charset` is not UTF-8.',
    todo: fixRequest,
  },
  validation_failed: {
    when: 'The proxy’s own check of the fields failed. Nothing was sent.',
    todo: '`errors` names the fields.',
  },
  idempotency_mismatch: {
    when: 'The same `Idempotency-Key` came with another body before.',
    todo: 'One key for one thing to be done.',
  },
  method_not_offered: {
    when: 'The order does not offer this method or card.',
    todo: 'Take one that is offered.',
  },
  psp_refused: {
    when: 'The payment provider refused the data and took nothing.',
    todo: 'Mend what `errors` names and send it again with a new `Idempotency-Key`.',
  },
  too_many_tries: {
    when: 'Too many cards were tried on this checkout or from this address, or it has had 20 attempts or 10 unpaid codes.',
    todo: 'Wait for `Retry-After`.',
  },
  too_many_requests: { when: 'Too many unknown tokens were asked for.', todo: 'Wait for `Retry-After`.' },
  internal_error: {
    when: 'A fault of the proxy.',
    todo: 'Read the order before you send anything again, and report the `request_id`.',
  },
  outcome_unknown: {
    when: 'The call left, and the payment provider’s answer was lost or cannot be read: it may have been done.',
    todo: 'Repeat an order with the same `Idempotency-Key`; without one look in the provider’s dashboard first.',
  },
  psp_unavailable: {
    when: 'The payment provider could not be reached, or gave no answer to a question.',
    todo: nothingSent,
  },
  psp_log_in_refused: {
    when: 'The payment provider refused the proxy’s own credentials. A page reads `psp_unavailable` instead.',
    todo: 'Mend the credentials in the environment; the log’s `psp_log_in_refused` names the variables. Nothing was sent.',
  },
  store_unavailable: { when: 'The proxy cannot reach its store.', todo: nothingSent },
};

/** Whose answers carry `Retry-After`. */
export const codesToRetryLater: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'too_many_tries',
  'too_many_requests',
  'psp_unavailable',
  'outcome_unknown',
  'psp_log_in_refused',
  'store_unavailable',
]);
