/** The emulator's own calls under `/_emulator`, open to pages of any origin (product.md section 6). */
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { type FaultList, faultSchema } from './faults.ts';
import { type Era, eras } from './letpay/dialect.ts';
import type { Ledger } from './letpay/ledger.ts';
import type { Lifecycle } from './letpay/lifecycle.ts';
import { asNumber } from './letpay/money.ts';
import { amount } from './letpay/order-fields.ts';
import type { Payment } from './letpay/payment.ts';
import { type Refund, type Refunds, refundStatuses } from './letpay/refunds.ts';
import { parseStatus, statuses } from './letpay/status.ts';
import type { LedgerRow, Psp } from './psp.ts';
import type { Stats } from './stats.ts';

export interface ControlSettings {
  readonly clock: Clock;
  readonly faults: FaultList;
  readonly ledger: Ledger;
  readonly lifecycle: Lifecycle;
  readonly refunds: Refunds;
  readonly stats: Stats;
  readonly setEra: (era: Era) => void;
  /** The PSPs beside LetPay. */
  readonly others: readonly Psp[];
  readonly reset: () => void;
}

const settleBody = z.object({
  status: z.string().transform((word, context) => {
    const status = parseStatus(word);
    if (status !== undefined) return status;
    context.addIssue({ code: 'custom', message: `must be one of ${statuses.join(', ')}` });
    return z.NEVER;
  }),
  amount_received: amount.optional(),
  refunded_amount: amount.optional(),
  error_code: z.string().optional(),
});
const refundSettleBody = z.object({ status: z.enum(refundStatuses) });
const clockBody = z.object({ advance_ms: z.number().int().nonnegative() });
const dialectBody = z.object({ era: z.enum(eras) });

export function controlRoutes(settings: ControlSettings): Hono {
  const { clock, faults, ledger, lifecycle, refunds, stats, setEra, others, reset } = settings;
  const app = new Hono();
  app.use(cors({ origin: '*', allowMethods: ['GET', 'POST', 'DELETE'], allowHeaders: ['content-type'] }));

  app.get('/payments', c => {
    const reference = c.req.query('reference_id');
    const elsewhere = others.flatMap(psp => psp.ledger(reference));
    return c.json({ payments: [...ledger.list(reference).map(ledgerRow), ...elsewhere] });
  });

  app.post('/payments/:token/settle', async c => {
    const body = await read(c, settleBody);
    if ('complaint' in body) return c.json({ message: body.complaint }, 400);
    const { status, amount_received, refunded_amount, error_code } = body.value;
    const token = c.req.param('token');
    const elsewhere = others
      .map(psp => psp.settle(token, status, amount_received))
      .find(answer => answer !== undefined);
    if (elsewhere === 'no_such_word') return c.json({ message: `status: that PSP has no ${status}` }, 400);
    if (elsewhere) return c.json(elsewhere);
    const payment = lifecycle.move(token, status, {
      ...(amount_received !== undefined && { amountReceived: amount_received }),
      ...(refunded_amount !== undefined && { refundedAmount: refunded_amount }),
      ...(error_code !== undefined && { errorCode: error_code }),
    });
    return payment ? c.json(ledgerRow(payment)) : c.json({ message: 'no payment has this token' }, 404);
  });

  app.get('/refunds', c => c.json({ refunds: refunds.list().map(refundRow) }));
  app.post('/refunds/:id/settle', async c => {
    const body = await read(c, refundSettleBody);
    if ('complaint' in body) return c.json({ message: body.complaint }, 400);
    const refund = refunds.settle(Number(c.req.param('id')), body.value.status);
    return refund ? c.json(refundRow(refund)) : c.json({ message: 'no refund has this id' }, 404);
  });

  app.get('/faults', c => c.json({ faults: faults.list() }));
  app.post('/faults', async c => {
    const body = await read(c, faultSchema);
    if ('complaint' in body) return c.json({ message: body.complaint }, 400);
    faults.add(body.value);
    return c.json({ faults: faults.list() }, 201);
  });
  app.delete('/faults', c => {
    faults.clear();
    return c.json({ faults: [] });
  });

  app.get('/stats', c => c.json(stats.read()));

  app.post('/clock', async c => {
    const body = await read(c, clockBody);
    if ('complaint' in body) return c.json({ message: body.complaint }, 400);
    await clock.advance(body.value.advance_ms);
    return c.json({ now: new Date(clock.now()).toISOString() });
  });

  app.post('/dialect', async c => {
    const body = await read(c, dialectBody);
    if ('complaint' in body) return c.json({ message: body.complaint }, 400);
    setEra(body.value.era);
    return c.json(body.value);
  });

  app.post('/reset', c => {
    reset();
    return c.json({ payments: [] });
  });

  for (const psp of others) app.route(psp.path, psp.controls);
  app.all('*', c => c.json({ message: 'the emulator has no such control' }, 404));
  return app;
}

function ledgerRow(payment: Payment): Omit<LedgerRow, 'card_last4'> & { card_last4: string | null } {
  return {
    payment_token: payment.token,
    gateway: 'letpay',
    reference_id: payment.order.referenceId,
    status: payment.status,
    method: payment.method,
    send_received: payment.sendReceived,
    send_accepted: payment.sendAccepted,
    amount_received: asNumber(payment.amountReceived),
    refunded_amount: asNumber(payment.refundedAmount),
    card_last4: payment.cardLast4,
  };
}

function refundRow(refund: Refund) {
  return {
    refund_id: refund.id,
    payment_token: refund.paymentToken,
    amount: asNumber(refund.amount),
    status: refund.status,
  };
}

/** The value, or what is wrong with it, by field. */
async function read<T>(c: Context, schema: z.ZodType<T>): Promise<{ value: T } | { complaint: string }> {
  const json: unknown = await c.req.json().catch(() => undefined);
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  const complaints = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'body'}: ${message}`,
  );
  return { complaint: complaints.join('; ') };
}
