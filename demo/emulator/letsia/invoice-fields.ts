/** The fields of `POST /invoices`. Limits that the documents leave out are Laravel's usual ones. */
import { z } from 'zod';
import { parseAmount } from '../letpay/money.ts';
import { paymentMethods } from './account.ts';
import type { Refusal } from './bodies.ts';

export interface InvoiceFields {
  readonly email: string;
  /** Minor units. */
  readonly amount: number;
  readonly title: string;
  readonly methods: readonly number[];
}

const schema = z.object({
  customer_email: z.email('The customer email field must be a valid email address.'),
  amount: z.unknown().transform((value, context) => {
    const minor = parseAmount(value);
    if (minor !== null && minor > 0) return minor;
    context.addIssue({ code: 'custom', message: 'The amount field must be greater than 0.' });
    return z.NEVER;
  }),
  title: z.string('The title field is required.').trim().min(1, 'The title field is required.').max(255),
  payment_methods: z
    .array(
      z.number().refine(id => paymentMethods.has(id), 'The selected payment method is invalid.'),
      'The payment methods field is required.',
    )
    .min(1, 'The payment methods field is required.'),
});

export function readInvoiceFields(body: unknown): { value: InvoiceFields } | { refusal: Refusal } {
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    const { customer_email: email, amount, title, payment_methods: methods } = parsed.data;
    return { value: { email, amount, title, methods } };
  }
  const errors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path.join('.') || 'body';
    errors[field] = [...(errors[field] ?? []), message];
  }
  const message = parsed.error.issues[0]?.message ?? 'The given data was invalid.';
  return { refusal: { status: 422, message, errors } };
}
