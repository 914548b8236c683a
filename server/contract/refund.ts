/**
 * Refunds on the wire (product.md section 2.1; LetPay “Request a refund”). Amounts are JSON numbers in major units.
 */
import { z } from 'zod';
import { amount } from './amount.ts';
import { money } from './checkout.ts';

/** The PSP’s words (facts section 4.6). */
export const refundStatuses = ['REQUESTED', 'PROCESSING', 'COMPLETED', 'FAILED'] as const;
export type RefundStatus = (typeof refundStatuses)[number];

const text = (max: number) => z.string().trim().min(1).max(max);
/** Account numbers come as numbers from some banks’ files; they are passed on as they came. */
const digitsOrText = z.union([z.int().nonnegative(), text(30)]);

/** Where the money of a boleto goes: the classic dialect’s bank account, or the current one’s Pix key. */
export const refundAccount = {
  type: z.enum(['CHECKING', 'SAVINGS']).optional(),
  bank_number: digitsOrText.optional(),
  agency_number: digitsOrText.optional(),
  agency_check_digit: digitsOrText.optional(),
  account_number: digitsOrText.optional(),
  account_check_digit: digitsOrText.optional(),
  pix_key: text(100).optional(),
};

/** Strict: a misspelt `amount` must not give everything back. */
export const refundRequest = z.strictObject({
  /** Default: all that is left. */
  amount: amount.optional(),
  /** An attempt’s token; needed only when two attempts were paid. */
  attempt_token: text(64).optional(),
  ...refundAccount,
});

/** One refund as the merchant sees it. */
export const refund = z.object({
  refund_id: z.string(),
  /** The order’s token. */
  payment_token: z.string(),
  /** The PSP’s token of the payment that is given back. */
  attempt_token: z.string(),
  amount: money,
  currency: z.string(),
  /** UNKNOWN: it left and its answer was lost; only the PSP’s word ends that, and no other refund leaves before. */
  status: z.enum([...refundStatuses, 'UNKNOWN']),
  verifying: z.boolean(),
  /** `failed_at_psp`: the PSP took it and it failed. `never_arrived`: the PSP knows of none; it can be asked for again. */
  failure: z.enum(['failed_at_psp', 'never_arrived']).nullable(),
  psp_refund_id: z.string().nullable(),
  created_at: z.iso.datetime({ precision: 3 }),
});

export type RefundRequest = z.infer<typeof refundRequest>;
export type RefundView = z.infer<typeof refund>;
