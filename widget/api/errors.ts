/**
 * How a call to the proxy can fail, as far as the next step depends on it. No message holds anything that was sent.
 * A call that its caller aborted fails with the signal’s own reason instead.
 */

export type FailureKind = 'not_sent' | 'too_late' | 'refused' | 'unreadable';

export abstract class CheckoutError extends Error {
  abstract readonly kind: FailureKind;
}

/** The proxy was not reached by a call that changes nothing: safe to repeat. */
export class NotSentError extends CheckoutError {
  readonly kind = 'not_sent';
}

/** No usable answer came. For a call that changes something its outcome is unknown: ask for the status, never repeat blindly. */
export class TooLateError extends CheckoutError {
  readonly kind = 'too_late';
}

export interface RefusedField {
  /** JSON Pointer into the body that was sent, for example `/card_number`. */
  readonly pointer: string;
  /** `required`, `invalid`, `expired`, … */
  readonly code: string;
}

export interface Refusal {
  readonly status: number;
  /** A code of server/contract/problem.ts; `http_502` and the like when something between us and the proxy answered. */
  readonly code: string;
  readonly fields: readonly RefusedField[];
  readonly requestId: string | null;
  /** From `Retry-After`; null when none was given. */
  readonly retryAfterMs: number | null;
}

/** The proxy said no, and did nothing. */
export class RefusedError extends CheckoutError implements Refusal {
  readonly kind = 'refused';
  readonly status: number;
  readonly code: string;
  readonly fields: readonly RefusedField[];
  readonly requestId: string | null;
  readonly retryAfterMs: number | null;

  constructor({ status, code, fields, requestId, retryAfterMs }: Refusal) {
    super(`the proxy refused: ${status} ${code}`);
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The answer is not what the contract says. */
export class UnreadableError extends CheckoutError {
  readonly kind = 'unreadable';
  /** Where it is wrong: `/totals/amount`, or `` for the whole. */
  readonly path: string;

  constructor(path: string) {
    super(`the answer is unreadable at ${path || 'its top'}`);
    this.path = path;
  }
}
