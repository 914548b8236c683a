/** Why a call is refused, before a dialect words it. Codes are those of LetPay's table (`psp-api-facts.md` section 5). */

export interface Problem {
  readonly code: string;
  readonly description: string;
}

export type Refusal =
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'malformed_json' }
  /** Fields of the request are wrong. */
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'invalid_tax_id'; readonly field: string }
  | { readonly kind: 'contract_not_found'; readonly contractId: string }
  | { readonly kind: 'payment_not_found'; readonly token: string }
  | { readonly kind: 'stored_not_found'; readonly what: 'Person' | 'Card'; readonly id: string }
  | { readonly kind: 'route_not_found' }
  /** The request is well formed; the account, the country or the payment's state forbids it. */
  | { readonly kind: 'forbidden'; readonly status: 400 | 404 | 422; readonly problem: Problem }
  /** An answer that a fault asks for. */
  | { readonly kind: 'simulated'; readonly status: number };

/** A field's complaint in LetPay's way: `amount: must not be null`, all of them under one code. */
export const fieldProblem = (field: string, complaint: string): Problem => ({
  code: '00.01.0044',
  description: `${field}: ${complaint}`,
});

export function forbidden(code: string, description: string, status: 400 | 404 | 422 = 422): Refusal {
  return { kind: 'forbidden', status, problem: { code, description } };
}

/** Either a value or the reason why there is none. */
export type Result<T> =
  | { readonly value: T; readonly refusal?: undefined }
  | { readonly refusal: Refusal; readonly value?: undefined };
