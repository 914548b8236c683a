/**
 * What the merchant’s backend sends to take held money (product.md section 2.1; LetPay “Capture a pre-authorized
 * payment”). Strict: a misspelt `amount` must not take everything.
 */
import { z } from 'zod';
import { amount } from './amount.ts';

export const captureRequest = z.strictObject({
  /** Major units, at most what is held. Default: all that is held. */
  amount: amount.optional(),
});

export type CaptureRequest = z.infer<typeof captureRequest>;
