/**
 * The PSP says that something happened. Signed or not, it is never believed: it only makes the proxy read the status, of a
 * payment that the proxy knows. Every caller gets the same answer, but for one who should have signed and did not: a PSP
 * with another secret than ours has to notice, and a forger learns nothing new.
 */
import { Hono } from 'hono';
import { isUnnamed } from '../checkout/attempt.ts';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import type { CallbackReading } from '../gateways/gateway.ts';
import { bodyText } from '../middleware/body-text.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

export function callbackRoutes(services: Services) {
  const { store, watcher, metrics, log, findGateway } = services;

  /** A token that nobody knows may be that of a one-step payment whose answer was lost: then its reference is ours. */
  async function meant(reading: CallbackReading): Promise<CheckoutRecord[]> {
    if (reading.kind !== 'news') return [];
    const known = await store.findByAttempt(reading.token);
    if (known) return [known];
    if (reading.referenceId === null) return [];
    const records = await store.findByReference(reading.referenceId);
    return records.filter(({ attempts }) => attempts.some(isUnnamed));
  }

  return new Hono<{ Variables: RequestIdVariables }>().post('/:gateway', async c => {
    const gateway = findGateway(c.req.param('gateway'));
    if (!gateway) throw new ProblemError('not_found', 'No such gateway.');
    const { name, callbacks } = gateway;
    const reading = callbacks.read({
      body: await bodyText(c),
      header: wanted => c.req.header(wanted),
    });
    if (reading.kind === 'forged') {
      metrics.countForgedCallback(name);
      log('warn', 'callback', { request_id: c.get('requestId'), gateway: name, forged: true });
      throw new ProblemError(
        'signature_wrong',
        'This callback is not signed with the secret of this account.',
      );
    }
    const records = (await meant(reading)).filter(record => record.gateway === name);
    const known = records.length > 0;
    metrics.countCallback(known);
    log('info', 'callback', { request_id: c.get('requestId'), gateway: name, known });
    for (const { token } of records) watcher.nudge(token, 'all');
    return c.body(callbacks.receipt.body, 200, { 'Content-Type': callbacks.receipt.type });
  });
}
