/** The fields of create-order ("Card Payment", cashier mode) and of query-order ("Fetch Payin"). */
import { z } from 'zod';
import { parseAmount } from '../letpay/money.ts';

const text = z.string().min(1);
const address = z.url({ protocol: /^https?$/ });

const createSchema = z.object({
  request_id: text.max(64),
  target_amount: z.string().transform((value, context) => {
    const minor = parseAmount(value);
    if (minor !== null && minor > 0) return minor;
    context.addIssue({ code: 'custom', message: 'must be an amount as text' });
    return z.NEVER;
  }),
  target_currency: z.string().regex(/^[A-Z]{3,4}$/),
  transaction_type: z.literal('PAY_IN'),
  notify_url: address,
  success_url: address,
  fail_url: address,
  product_name: text,
  description: text,
  way_type: z.literal('CARD_PAYMENT'),
  api_version: z.literal('V2'),
  /** 1 is the cashier; the emulator has no direct card mode. */
  pay_access_type: z.literal(1),
});

const digits = z.string().regex(/^\d+$/);
const querySchema = z.object({
  page: digits.transform(Number),
  page_size: digits.transform(Number),
  start_time: z
    .string()
    .regex(/^\d{13}$/)
    .transform(Number),
  end_time: z
    .string()
    .regex(/^\d{13}$/)
    .transform(Number),
  request_id: text.optional(),
  pay_order_id: text.optional(),
});

export type CreateFields = z.infer<typeof createSchema>;
export type QueryFields = z.infer<typeof querySchema>;

/** The fields, or what is wrong with the first one. */
export type Reading<T> = { readonly value: T } | { readonly complaint: string };

export const readCreate = (body: unknown): Reading<CreateFields> => read(createSchema, body);
export const readQuery = (body: unknown): Reading<QueryFields> => read(querySchema, body);

function read<T>(schema: z.ZodType<T>, body: unknown): Reading<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return { value: parsed.data };
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'is wrong' };
  return { complaint: `${path.join('.') || 'body'}: ${message}` };
}
