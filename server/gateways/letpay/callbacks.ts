/** LetPay’s callbacks: a payment’s token and its order’s reference, no signature (facts section 4.4). */
import { z } from 'zod';
import type { Callbacks } from '../gateway.ts';

const message = z.object({
  payment_token: z.string().max(64),
  /** Longer than LetPay takes: its own sample is (facts section 4.4). */
  reference_id: z.string().max(100).optional().catch(undefined),
});

export const letpayCallbacks: Callbacks = {
  read({ body }) {
    const parsed = message.safeParse(parseJson(body));
    if (!parsed.success) return { kind: 'unreadable' };
    const { payment_token, reference_id } = parsed.data;
    return { kind: 'news', token: payment_token, referenceId: reference_id || null };
  },
  receipt: { type: 'application/json', body: '{"received":true}' },
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
