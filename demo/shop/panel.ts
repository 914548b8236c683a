/**
 * The test panel's own backend: it turns a few named choices into control calls of the emulator, so that the page never
 * talks to the emulator itself. A shop that goes live leaves this file out.
 */
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { EmulatorControls, Fault, LedgerEntry } from './emulator-controls.ts';
import type { Order } from './orders.ts';

export const settleStatuses = ['PAID', 'DECLINED', 'IN_ANALYSIS', 'CANCELED'] as const;

/** Decline codes worth seeing: each leads the shopper to another next step (LetPay, “Error response”). */
export const declineCodes = [
  '01.05.0014',
  '01.05.0027',
  '01.05.0021',
  '01.05.0012',
  '01.03.0002',
  '01.10.0001',
  '01.06.0003',
  '01.08.0001',
] as const;

const sendPayment = { path: '/payment/*/sendPayment', method: 'POST', times: 1 } as const;

/** What may go wrong with the next call that the proxy makes at the PSP. */
export const faultPresets = {
  answer_lost: { ...sendPayment, kind: 'drop_after' },
  never_arrived: { ...sendPayment, kind: 'drop_before' },
  slow: { ...sendPayment, kind: 'delay', ms: 5_000 },
  bad_gateway: { ...sendPayment, kind: 'status', status: 502 },
  bad_gateway_after: { ...sendPayment, kind: 'status_after', status: 502 },
  garbage: { ...sendPayment, kind: 'garbage' },
  status_down: { path: '/payment/*', method: 'GET', times: 3, kind: 'status', status: 503 },
} as const satisfies Readonly<Record<string, Fault>>;
export type FaultPreset = keyof typeof faultPresets;
export const faultNames = Object.keys(faultPresets) as FaultPreset[];

const minuteMs = 60_000;
export const clockSteps = {
  half_hour: 30 * minuteMs,
  day: 24 * 60 * minuteMs,
  /** A boleto and a Paycash reference live five days unless the order says otherwise. */
  six_days: 6 * 24 * 60 * minuteMs,
} as const;
export type ClockStep = keyof typeof clockSteps;
export const clockStepNames = Object.keys(clockSteps) as ClockStep[];

export const eras = ['current', 'classic'] as const;

/** What the page tells about a press of a button. */
export type PanelNote = 'done' | 'nothing_sent' | 'failed';

const settlement = z.object({
  payment_token: z.string().optional(),
  status: z.enum(settleStatuses),
  error_code: z.enum(declineCodes).optional(),
});
const fault = z.object({ fault: z.enum([...faultNames, 'none']) });
const clock = z.object({ advance: z.enum(clockStepNames) });
const dialect = z.object({ era: z.enum(eras) });

/** The attempt that was picked, or else the newest that was submitted; the others have nothing to settle yet. */
export function attemptToSettle(
  ledger: readonly LedgerEntry[],
  picked: string | undefined,
): LedgerEntry | undefined {
  const submitted = ledger.filter(entry => entry.send_accepted > 0);
  return picked === undefined ? submitted.at(-1) : submitted.find(entry => entry.payment_token === picked);
}

export function createPanel(emulator: EmulatorControls, findOrder: (id: string) => Order | undefined) {
  const panel = new Hono();

  /** Reads the form, does the deed, and answers the page's script with JSON or a plain form with a way back. */
  async function act<Form>(c: Context, schema: z.ZodType<Form>, deed: Deed<Form>): Promise<Response> {
    const fields = await c.req.parseBody();
    const order = findOrder(String(fields.order));
    const form = schema.safeParse(fields);
    if (!order || !form.success) return c.json({ note: 'failed' satisfies PanelNote }, 400);
    const note = await deed(form.data, order).catch((): PanelNote => 'failed');
    if (c.req.header('Accept')?.includes('application/json')) return c.json({ note });
    return c.redirect(`/pay/${order.id}`, 303);
  }

  panel.get('/ledger', async c => {
    const order = findOrder(c.req.query('order') ?? '');
    if (!order) return c.json({ payments: [] }, 404);
    const payments = await emulator.ledger(order.reference).catch(() => []);
    return c.json({ payments });
  });

  panel.post('/settle', c =>
    act(c, settlement, async ({ payment_token, status, error_code }, order) => {
      const attempt = attemptToSettle(await emulator.ledger(order.reference), payment_token);
      if (!attempt) return 'nothing_sent';
      await emulator.settle(attempt.payment_token, {
        status,
        ...(status === 'DECLINED' && error_code !== undefined && { error_code }),
      });
      return 'done';
    }),
  );

  panel.post('/faults', c =>
    act(c, fault, async ({ fault: name }) => {
      await emulator.clearFaults();
      if (name !== 'none') await emulator.addFault(faultPresets[name]);
      return 'done';
    }),
  );

  panel.post('/clock', c =>
    act(c, clock, async ({ advance }) => {
      await emulator.advanceClock(clockSteps[advance]);
      return 'done';
    }),
  );

  panel.post('/dialect', c =>
    act(c, dialect, async ({ era }) => {
      await emulator.setDialect(era);
      return 'done';
    }),
  );

  return panel;
}

type Deed<Form> = (form: Form, order: Order) => Promise<PanelNote>;
