/**
 * An order as the merchant’s backend reads it (product.md section 2.1): the Checkout, and what only the merchant may see.
 * Amounts are JSON numbers in major units.
 */
import { z } from 'zod';
import { amountsUnreadable, checkout, decline, methods, money, statuses } from './checkout.ts';
import { refund } from './refund.ts';

const isoTime = z.iso.datetime({ precision: 3 });

/** The answer to a new order. */
export const createdOrder = checkout.extend({ checkout_url: z.url() });

/** What the merchant decided about held money: take it, or give it up. */
export const holdDecision = z.object({
  kind: z.enum(['capture', 'cancel']),
  amount: money.nullable(),
  decided_at: isoTime,
  request_id: z.string(),
});

/** One LetPay order behind the checkout. */
export const orderAttempt = z.object({
  payment_token: z.string(),
  status: z.enum(statuses),
  verifying: z.boolean(),
  method: z.enum(methods).nullable(),
  installments: z.int().nullable(),
  decline: decline.nullable(),
  amount_received: money.nullable(),
  refunded_amount: money.nullable(),
  amounts_unreadable: amountsUnreadable,
  hold_decision: holdDecision.nullable(),
  created_at: isoTime,
});

/** A person and a card that the PSP stored: what `POST /v1/persons` answers, and an order whose card was stored. */
export const storedCard = z.object({ public_person_id: z.string(), public_card_id: z.string() });

export const merchantOrder = checkout.extend({
  /** Of the newest webhook event whose content is in here; 0 before the first. */
  sequence: z.int().nonnegative(),
  amount_owed: money.nullable(),
  amount_received: money.nullable(),
  refunded_amount: money.nullable(),
  amounts_unreadable: amountsUnreadable,
  paid_twice: z.boolean(),
  /** For the shop to keep with its customer. */
  stored_card: storedCard.nullable(),
  attempts: z.array(orderAttempt).min(1),
});

export const orderList = z.object({ orders: z.array(merchantOrder) });

export const refundList = z.object({ refunds: z.array(refund) });

export type MerchantOrder = z.infer<typeof merchantOrder>;
