/** What a failed call means to the shopper. */
import { NotSentError, type Refusal, RefusedError, TooLateError } from '../api/errors.ts';
import type { Failure } from './state.ts';

export function failureOf(error: unknown): Failure {
  if (error instanceof RefusedError) return { ...(error as Refusal) };
  return failureWith(
    error instanceof NotSentError || error instanceof TooLateError ? 'network' : 'unreadable',
  );
}

export function failureWith(code: string): Failure {
  return { code, requestId: null, fields: [], retryAfterMs: null };
}
