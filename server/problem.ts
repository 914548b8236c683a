/** Failures that a caller is told of, and the only place that builds an error reply (RFC 9457). */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import {
  type FieldCode,
  type FieldProblem,
  type Problem,
  type ProblemCode,
  problemStatuses,
} from './contract/problem.ts';

/**
 * Thrown anywhere below a route. Its texts are ours: they never hold what was sent. `cause` is for the log alone: why the PSP
 * could not be asked.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly errors: readonly FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { errors?: readonly FieldProblem[]; retryAfterSeconds?: number; cause?: string } = {},
  ) {
    super(detail, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.errors = more.errors;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

export const problemTitles: Readonly<Record<ProblemCode, string>> = {
  malformed_request: 'The request cannot be read',
  idempotency_key_required: 'Idempotency-Key is missing',
  unauthorized: 'The merchant key is missing or wrong',
  signature_wrong: 'The signature is missing or wrong',
  origin_not_allowed: 'This origin may not use the checkout',
  not_found: 'Not found',
  already_paid: 'This checkout is already paid',
  submission_in_flight: 'Another submission is on its way',
  renew_required: 'This attempt is over',
  not_renewable: 'A new attempt is not possible now',
  not_supported: 'This payment provider has no such call',
  not_pre_authorized: 'Nothing is held for this order',
  already_captured: 'The held money was taken already',
  capture_in_flight: 'Another capture or cancellation is on its way',
  not_refundable: 'This cannot be given back',
  refund_in_flight: 'Another refund is on its way',
  payload_too_large: 'The body is too large',
  unsupported_media_type: 'The body must be JSON in UTF-8',
  validation_failed: 'Some fields are wrong',
  idempotency_mismatch: 'This Idempotency-Key was used for another body',
  method_not_offered: 'This payment method is not offered',
  psp_refused: 'The payment provider refused the data',
  too_many_tries: 'Too many tries',
  too_many_requests: 'Too many requests',
  internal_error: 'Something went wrong here',
  outcome_unknown: 'It is not known whether this was done',
  psp_unavailable: 'The payment provider cannot be reached',
  psp_log_in_refused: 'The payment provider refused the proxy’s credentials',
  store_unavailable: 'The proxy cannot reach its store',
};

/** A gateway that the caller names, and that is not set up here. */
export function gatewayNotConfigured(): ProblemError {
  return new ProblemError('validation_failed', 'This gateway is not configured.', {
    errors: [{ pointer: '/gateway', code: 'not_offered', detail: 'is not configured' }],
  });
}

/** A page is told no more than that the PSP cannot be asked: whose credentials are wrong is between merchant and PSP. */
export function hideCredentials(error: Error): never {
  if (!(error instanceof ProblemError) || error.code !== 'psp_log_in_refused') throw error;
  throw new ProblemError('psp_unavailable', 'The payment provider cannot be asked now. Try again later.', {
    retryAfterSeconds: 2,
    ...(typeof error.cause === 'string' && { cause: error.cause }),
  });
}

/** Builds the reply. `requestId` is the one of the `X-Request-Id` header. */
export function problemReply(c: Context, error: ProblemError, requestId: string): Response {
  const status = problemStatuses[error.code];
  const body: Problem = {
    type: `urn:letpay-checkout:problem:${error.code}`,
    title: problemTitles[error.code],
    status,
    code: error.code,
    detail: error.message,
    ...(error.errors && error.errors.length > 0 ? { errors: [...error.errors] } : {}),
    request_id: requestId,
  };
  if (error.retryAfterSeconds !== undefined) c.header('Retry-After', String(error.retryAfterSeconds));
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify(body), status as ContentfulStatusCode);
}

/**
 * What a schema found in `body`, as fields. zod’s own messages are kept out: some of them quote the input. The contract’s own
 * begin with “must” and say more than our word for the code.
 */
export function invalidFields(error: z.core.$ZodError, body: unknown): ProblemError {
  const errors = error.issues.flatMap(issue => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map(key => unknownField([...issue.path, key]));
    const code = valueAt(body, issue.path) === undefined ? 'required' : fieldCode(issue);
    const detail =
      code === 'invalid' && issue.message.startsWith('must ') ? issue.message : fieldDetails[code];
    return [{ pointer: pointerTo(issue.path), code, detail }];
  });
  return new ProblemError('validation_failed', 'Some fields are missing or wrong; `errors` names them.', {
    errors,
  });
}

/** A name that the contract does not know is what somebody sent, so it comes back only where it reads as a field’s. */
function unknownField(path: readonly PropertyKey[]): FieldProblem {
  return { pointer: pointerTo(path), code: 'invalid', detail: 'is not a field of this call' };
}

const fieldDetails: Record<FieldCode, string> = {
  required: 'is required',
  invalid: 'is not valid',
  expired: 'lies in the past',
  not_offered: 'is not offered',
  too_long: 'is too long',
  too_small: 'is too small',
  too_large: 'is too large',
};

function fieldCode(issue: z.core.$ZodIssue): FieldCode {
  if (issue.code === 'too_big' && issue.origin === 'string') return 'too_long';
  if (issue.code === 'too_small')
    return issue.minimum === 1 && issue.origin === 'string' ? 'required' : 'too_small';
  return 'invalid';
}

/** An issue does not say whether its field was sent at all. */
function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    body,
  );
}

/** As the contract’s names, and places in lists. */
const fieldName = /^(?:[A-Za-z_]{1,40}\d?|\d{1,4})$/;

/**
 * RFC 6901. Ends before the first part that is no name of a field: it was sent, and could be anything (a card number as the
 * name of a field, too).
 */
function pointerTo(path: readonly PropertyKey[]): string {
  const unnamed = path.findIndex(part => !fieldName.test(String(part)));
  return path
    .slice(0, unnamed < 0 ? path.length : unnamed)
    .map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
