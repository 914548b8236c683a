/** The merchant backend’s calls about money: orders that are held or paid, and what the PSP’s books say of them. */
import { strict as assert } from 'node:assert';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { type MerchantOrder, merchantOrder } from '../../server/contract/merchant-order.ts';
import { type RefundView, refund } from '../../server/contract/refund.ts';
import { card, merchantKey, type Reply, type Stack, until } from './stack.ts';

export const eras = ['current', 'classic'] as const;
export type Era = (typeof eras)[number];

/** One test for each of LetPay’s dialects. */
export function forEachDialect(title: string, run: (t: TestContext, era: Era) => Promise<void>): void {
  for (const era of eras) test(`${title} (${era})`, t => run(t, era));
}

export function orderOf(reply: Reply, status = 200): MerchantOrder {
  assert.equal(reply.status, status, reply.text);
  return merchantOrder.parse(reply.body);
}

export function refundOf(reply: Reply, status = 201): RefundView {
  assert.equal(reply.status, status, reply.text);
  return refund.parse(reply.body);
}

interface PspRefundRow {
  readonly refund_id: number;
  readonly payment_token: string;
  readonly amount: number;
  readonly status: string;
}

export function merchantCalls(stack: Stack) {
  const call = (method: string, path: string, body?: unknown, key?: string) =>
    stack.call(method, path, {
      body,
      headers: {
        Authorization: `Bearer ${merchantKey}`,
        ...(key !== undefined && { 'Idempotency-Key': key }),
      },
    });

  async function sent(submission: unknown, changes: Readonly<Record<string, unknown>>): Promise<string> {
    const token = await stack.orderToken(changes);
    const reply = await stack.send(token, submission);
    assert.equal(reply.status, 200, reply.text);
    return token;
  }

  return {
    capture: (token: string, body?: unknown, key?: string) =>
      call('POST', `/v1/orders/${token}/capture`, body, key),
    cancel: (token: string, key?: string) => call('POST', `/v1/orders/${token}/cancel`, undefined, key),
    refund: (token: string, body?: unknown, key?: string) =>
      call('POST', `/v1/orders/${token}/refunds`, body, key),
    order: async (token: string) => orderOf(await call('GET', `/v1/orders/${token}`)),
    refundById: (id: string) => call('GET', `/v1/refunds/${id}`),
    async refunds(token: string): Promise<RefundView[]> {
      const reply = await call('GET', `/v1/orders/${token}/refunds`);
      assert.equal(reply.status, 200, reply.text);
      return z.object({ refunds: z.array(refund) }).parse(reply.body).refunds;
    },
    contracts: (query = '') => call('GET', `/v1/contracts${query}`),

    /** An order whose card’s money the PSP holds. */
    async held(changes: Readonly<Record<string, unknown>> = {}): Promise<string> {
      const token = await sent(card, { delay_capture: true, ...changes });
      await stack.settle(token, 'PRE_AUTHORIZED');
      await this.orderWhen(token, ({ status }) => status === 'PRE_AUTHORIZED');
      return token;
    },
    async paid(submission: unknown = card, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
      const token = await sent(submission, {});
      await stack.settle(token, 'PAID', more);
      await this.orderWhen(token, ({ status }) => status === 'PAID');
      return token;
    },
    /** The order once `condition` holds for it. Time passes quickly, so that the proxy may ask the PSP again soon. */
    orderWhen(token: string, condition: (order: MerchantOrder) => boolean): Promise<MerchantOrder> {
      return until(async () => {
        const seen = await this.order(token);
        if (condition(seen)) return seen;
        stack.clock.advance(500);
        return null;
      });
    },
    refundWhen(id: string, condition: (view: RefundView) => boolean): Promise<RefundView> {
      return until(async () => {
        const seen = refundOf(await this.refundById(id), 200);
        if (condition(seen)) return seen;
        stack.clock.advance(500);
        return null;
      });
    },
    /** The refunds in the PSP’s books. */
    async pspRefunds(token: string): Promise<PspRefundRow[]> {
      const { refunds } = (await stack.control('GET', '/refunds')) as { refunds: PspRefundRow[] };
      return refunds.filter(({ payment_token }) => payment_token === token);
    },
    settleRefund: (id: number, status: string) => stack.control('POST', `/refunds/${id}/settle`, { status }),
    /** How often the PSP was called for it. */
    calls: async (name: string) => (await stack.stats()).calls[name] ?? 0,
  };
}

export type MerchantCalls = ReturnType<typeof merchantCalls>;
