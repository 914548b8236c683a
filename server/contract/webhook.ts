/**
 * What the proxy posts to MERCHANT_WEBHOOK_URL (product.md section 2.5), signed as Standard Webhooks. Amounts are JSON
 * numbers in major units. No personal data and no instrument: who needs them reads the order.
 */
import { z } from 'zod';
import { amountsUnreadable, decline, methods, money, statuses } from './checkout.ts';
import { refund } from './refund.ts';

/**
 * `order.` and the status in lower case when the status changed. Beside those: `order.renewed`, a new attempt after one
 * that ended or was left; `order.paid_twice`, one payment has to be given back; `order.updated`, something else that a
 * merchant can see (an amount, the method, the end of `verifying`).
 */
export const orderEventTypes = [
  'order.processing',
  'order.pre_authorized',
  'order.paid',
  'order.partially_refunded',
  'order.refunded',
  'order.declined',
  'order.canceled',
  'order.error',
  'order.in_analysis',
  'order.dispute',
  'order.dispute_refunded',
  'order.dispute_recovered',
  'order.dispute_final',
  'order.post_refund_dispute',
  'order.unknown',
  'order.renewed',
  'order.paid_twice',
  'order.updated',
] as const;

/** `refund.` and the refund’s status in lower case. */
export const refundEventTypes = [
  'refund.requested',
  'refund.processing',
  'refund.completed',
  'refund.failed',
] as const;

export const webhookEventTypes = [...orderEventTypes, ...refundEventTypes] as const;

export const webhookEvent = z.object({
  /** A newer proxy may send types that are not in this list: ignore what you do not know. */
  type: z.enum(webhookEventTypes),
  /** When the proxy learned of it. */
  timestamp: z.iso.datetime({ precision: 3 }),
  data: z.object({
    /** Names the order, whatever number of attempts it had. */
    payment_token: z.string(),
    reference_id: z.string(),
    gateway: z.string(),
    /** Counts the events of this order from 1, without gaps: a receiver can tell what is missing or came late. */
    sequence: z.int().positive(),
    status: z.enum(statuses),
    /** The status in the event before; null when nothing was known of the order before. */
    previous_status: z.enum(statuses).nullable(),
    verifying: z.boolean(),
    attempt: z.int().positive(),
    /** The PSP’s token of the attempt that counts: the one that was paid, else the newest. */
    attempt_token: z.string(),
    method: z.enum(methods).nullable(),
    currency: z.string(),
    amount_received: money.nullable(),
    refunded_amount: money.nullable(),
    amounts_unreadable: amountsUnreadable,
    paid_twice: z.boolean(),
    decline: decline.nullable(),
    /** Of `refund.` events: the refund that the event tells of. */
    refund: refund
      .pick({ refund_id: true, attempt_token: true, amount: true, status: true, failure: true })
      .optional(),
  }),
});

export type WebhookEventType = (typeof webhookEventTypes)[number];
export type WebhookEvent = z.infer<typeof webhookEvent>;
