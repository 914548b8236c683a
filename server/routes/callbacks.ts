/**
 * The PSP says that something happened. It carries no signature (facts section 4.4), so it is never believed: it only
 * makes the proxy read the status, of a payment that the proxy knows. Every caller gets the same answer.
 */
import { Hono } from 'hono';
import { z } from 'zod';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

const callback = z.object({ payment_token: z.string().max(64) });

export function callbackRoutes(services: Services) {
  const { store, watcher, metrics, log } = services;

  return new Hono<{ Variables: RequestIdVariables }>().post('/:gateway', async c => {
    if (c.req.param('gateway') !== 'letpay') throw new ProblemError('not_found', 'No such gateway.');
    const parsed = callback.safeParse(await c.req.json().catch(() => null));
    const record = parsed.success ? await store.findByAttempt(parsed.data.payment_token) : null;
    metrics.countCallback(record !== null);
    log('info', 'callback', { request_id: c.get('requestId'), known: record !== null });
    if (record) watcher.nudge(record.token, 'all');
    return c.json({ received: true });
  });
}
