/** One call of the proxy as the document describes it, before it is OpenAPI. */
import type { ProblemCode } from '../contract/problem.ts';
import type { SchemaName } from './component-schemas.ts';
import type { ExampleName } from './examples.ts';

/** Who calls: it decides what is needed to be let in. */
export type Caller = 'backend' | 'page' | 'psp' | 'operator' | 'reader';

export interface JsonAnswer {
  readonly description: string;
  readonly schema: SchemaName;
  readonly examples: readonly ExampleName[];
}

export interface OtherAnswer {
  readonly description: string;
  /** Null: no body. */
  readonly contentType: string | readonly string[] | null;
  readonly example?: string;
}

export type Answer = JsonAnswer | OtherAnswer;

export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
  readonly example: string;
}

export interface Operation {
  /** A verb and a noun in camelCase: what generated clients call their function. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'delete';
  /** With `{payment_token}` and the like for what varies. */
  readonly path: string;
  readonly caller: Caller;
  readonly group: Group;
  /** A few words, as a heading has them. */
  readonly summary: string;
  readonly description?: string;
  readonly query?: readonly QueryParameter[];
  readonly idempotencyKey?: 'required' | 'optional';
  readonly body?: {
    /** Left out, everything takes its default. */
    readonly optional?: boolean;
    /** Several: the fields tell which one it is. */
    readonly schemas: readonly SchemaName[];
    readonly examples: readonly ExampleName[];
  };
  readonly answers: Readonly<Record<number, Answer>>;
  /** Beside those that every call of its kind has. */
  readonly problems: readonly ProblemCode[];
}

export const groups = {
  Orders: 'For your backend: an order is what you create, and what you believe.',
  'Held money': 'For orders with `delay_capture`: take what is held within five days, or give it up.',
  Refunds: 'For your backend. A refund leaves once; `202` means that its answer was lost and is looked for.',
  'Stored cards': 'For your backend: persons, their cards, and charges without the shopper.',
  Account: 'For your backend.',
  Checkout:
    'For the tag in a page: no secret, but the page’s origin must be in `ALLOWED_ORIGINS`. The tag makes these calls; you need them only for a page of your own. An unknown outcome is `202` with `verifying: true`: read on, do not send again.',
  Pages: 'For browsers.',
  Callbacks: 'For payment providers.',
  Operations: 'For whoever runs the proxy.',
  Documents: 'This document.',
} as const;

export type Group = keyof typeof groups;

/** Every code that the call can be answered with, in the order of the contract. */
export function problemCodesOf(operation: Operation): readonly ProblemCode[] {
  const { caller, body, method, idempotencyKey, problems } = operation;
  const readsNothing = caller === 'operator' || caller === 'reader';
  return [
    ...new Set<ProblemCode>([
      ...(caller === 'backend' ? (['unauthorized'] as const) : []),
      ...(caller === 'page' ? (['origin_not_allowed'] as const) : []),
      ...(body ? (['malformed_request', 'unsupported_media_type', 'validation_failed'] as const) : []),
      ...(method !== 'get' ? (['payload_too_large'] as const) : []),
      ...(idempotencyKey ? (['malformed_request'] as const) : []),
      ...(idempotencyKey === 'required' ? (['idempotency_key_required'] as const) : []),
      ...problems,
      ...(caller === 'backend' && problems.includes('psp_unavailable')
        ? (['psp_log_in_refused'] as const)
        : []),
      ...(readsNothing ? [] : (['store_unavailable'] as const)),
      'internal_error',
    ]),
  ];
}
