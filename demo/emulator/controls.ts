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
import { parseStatus, statuses } from './letpay/status.ts';
import type { Stats } from './stats.ts';

export interface ControlSettings {
  readonly clock: Clock;
  readonly faults: FaultList;
  readonly ledger: Ledger;
  readonly lifecycle: Lifecycle;
  readonly stats: Stats;
  readonly setEra: (era: Era) => void;
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
const clockBody = z.object({ advance_ms: z.number().int().nonnegative() });
const dialectBody = z.object({ era: z.enum(eras) });

export function controlRoutes(settings: ControlSettings): Hono {
  const { clock, faults, ledger, lifecycle, stats, setEra, reset } = settings;
  const app = new Hono();
  app.use(cors({ origin: '*', allowMethods: ['GET', 'POST', 'DELETE'], allowHeaders: ['content-type'] }));

  app.get('/payments', c => c.json({ payments: ledger.list(c.req.query('reference_id')).map(ledgerRow) }));

  app.post('/payments/:token/settle', async c => {
    const body = await read(c, settleBody);
    if ('complaint' in body) return c.json({ message: body.complaint }, 400);
    const { status, amount_received, refunded_amount, error_code } = body.value;
    const payment = lifecycle.move(c.req.param('token'), status, {
      ...(amount_received !== undefined && { amountReceived: amount_received }),
      ...(refunded_amount !== undefined && { refundedAmount: refunded_amount }),
      ...(error_code !== undefined && { errorCode: error_code }),
    });
    return payment ? c.json(ledgerRow(payment)) : c.json({ message: 'no payment has this token' }, 404);
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

  app.all('*', c => c.json({ message: 'the emulator has no such control' }, 404));
  return app;
}

function ledgerRow(payment: Payment) {
  return {
    payment_token: payment.token,
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
