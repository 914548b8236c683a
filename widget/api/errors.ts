/**
 * How a call to the proxy can fail, as far as the next step depends on it. No message holds anything that was sent.
 * A call that its caller aborted fails with the signal’s own reason instead.
 */

export abstract class CheckoutError extends Error {}

/** The proxy was not reached by a call that changes nothing: safe to repeat. */
export class NotSentError extends CheckoutError {}

/** No usable answer came. For a call that changes something its outcome is unknown: ask for the status, never repeat blindly. */
export class TooLateError extends CheckoutError {}

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
  declare readonly status: number;
  declare readonly code: string;
  declare readonly fields: readonly RefusedField[];
  declare readonly requestId: string | null;
  declare readonly retryAfterMs: number | null;

  constructor(refusal: Refusal) {
    super(refusal.code);
    Object.assign(this, refusal);
  }
}

/** The answer is not what the contract says. */
export class UnreadableError extends CheckoutError {
  /** Where it is wrong: `/totals/amount`, or `` for the whole. */
  readonly path: string;

  constructor(path: string) {
    super(path);
    this.path = path;
  }
}
