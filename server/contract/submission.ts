/**
 * What the browser sends to `sendPayment`: LetPay’s own field names for the method (product.md section 2.2,
 * LetPay “Process Payment”). Unknown fields are dropped, so that a page cannot choose what only the merchant may
 * (`delay_capture`).
 */
import { z } from 'zod';
import { isLeftOut } from './left-out.ts';
import { cardHolder } from './person-name.ts';

/** What people and password managers put between the digits of a card number. */
const digitSeparators = /[\s.\-\u00a0\u2010-\u2015]/g;

/**
 * What a 3-D Secure check elsewhere brought (LetPay “Process external 3DS payment”: all five are required). None of it is
 * kept, because card schemes forbid to keep a `cavv` once it was used.
 */
export const cardAuthentication = z.object({
  cavv: z.string().min(1).max(200),
  xid: z.string().min(1).max(200),
  /** The scheme’s two digits: `05`, `02` … */
  eci: z.string().regex(/^\d{1,2}$/, 'must be 1 or 2 digits'),
  /** Of 3-D Secure: `2.2.0`. */
  version: z.string().min(1).max(20),
  /** The directory server’s id of the check. */
  dstrans_id: z.string().min(1).max(100),
});

const cardData = {
  card_number: z
    .string()
    .transform(text => text.replace(digitSeparators, ''))
    .pipe(z.string().regex(/^\d{12,19}$/, 'must be 12 to 19 digits')),
  card_holder: cardHolder,
  card_cvv: z.string().regex(/^\d{3,4}$/, 'must be 3 or 4 digits'),
  card_month: z.coerce.number().int().min(1).max(12),
  card_year: z.coerce.number().int().min(2000).max(2099),
};

export const newCardSubmission = z.object({
  method: z.literal('CREDITCARD'),
  ...cardData,
  /** 0 and 1 both mean one payment (LetPay classic, “Process Payment”). */
  card_installments: z.coerce.number().int().min(0).max(99).default(1),
  /** The shopper’s own tick; counts only where the merchant offers it. */
  save_card: z.boolean().optional(),
  authentication: cardAuthentication.optional(),
});

/** Whole, at once and authenticated: LetPay refuses all else (`00.01.0065`, `00.01.0066`, `00.04.0008`). */
export const debitCardSubmission = z.object({
  method: z.literal('DEBITCARD'),
  ...cardData,
  authentication: cardAuthentication,
});

export const savedCardSubmission = z.object({
  method: z.literal('CREDITCARD'),
  public_card_id: z.string().min(1).max(100),
  card_installments: z.coerce.number().int().min(0).max(99).default(1),
});

/** Methods that need no field: the PSP knows all it needs from the order. */
export const plainSubmission = z.object({ method: z.enum(['BOLETO', 'PIX', 'PAYCASH', 'REDIRECT']) });

export type CardAuthentication = z.infer<typeof cardAuthentication>;
export type NewCardSubmission = z.infer<typeof newCardSubmission>;
export type DebitCardSubmission = z.infer<typeof debitCardSubmission>;
export type SavedCardSubmission = z.infer<typeof savedCardSubmission>;
export type PlainSubmission = z.infer<typeof plainSubmission>;
export type Submission = NewCardSubmission | DebitCardSubmission | SavedCardSubmission | PlainSubmission;

/**
 * The schema that a body has to meet. Chosen by hand instead of a union, because a union that fails cannot say which
 * field is wrong.
 */
export function submissionSchema(body: unknown): z.ZodType<Submission> {
  const { method, public_card_id } = (body ?? {}) as { method?: unknown; public_card_id?: unknown };
  if (method === 'DEBITCARD') return debitCardSubmission;
  if (method !== 'CREDITCARD') return plainSubmission;
  return isLeftOut(public_card_id) ? newCardSubmission : savedCardSubmission;
}
