/** The merchant backend’s calls (product.md section 2.1). */
import { Hono } from 'hono';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import { viewOrder } from '../checkout/order-view.ts';
import { refundsOf, viewRefund } from '../checkout/refunds.ts';
import { isCheckoutWatched } from '../checkout/watch-schedule.ts';
import { captureRequest } from '../contract/capture.ts';
import { orderRequest } from '../contract/order.ts';
import { refundRequest } from '../contract/refund.ts';
import { idempotencyKey } from '../middleware/idempotency-key.ts';
import { jsonBody, optionalJsonBody } from '../middleware/json-body.ts';
import { merchantKey } from '../middleware/merchant-key.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';
import { within } from '../within.ts';

/** How long the answer waits for news of an order that had ended: a slow PSP is no reason to keep what is known back. */
const newsWithinMs = 2_000;
/** One reference names a few orders. Of a reference that all orders share, the newest are read anew. */
const readAtOnce = 20;

export function orderRoutes(services: Services) {
  const { config, store, creator, decider, refunder, watcher, view, viewDone } = services;

  /** The Checkout and what only the merchant may see. */
  async function merchantView(record: CheckoutRecord) {
    return viewOrder(record, await view(record));
  }

  /** As the PSP has it now, whatever we think of it: a dispute, or the money of an expired boleto, may have come. */
  async function freshened(known: CheckoutRecord): Promise<CheckoutRecord> {
    const read = watcher.readSoon(known.token, 'all').then(result => result?.record ?? known);
    return isCheckoutWatched(known) ? read : within(newsWithinMs, read, known);
  }

  async function freshOrder(token: string, requestId: string): Promise<CheckoutRecord> {
    const known = await creator.findOrAdopt(token, { requestId });
    if (known === null) throw new ProblemError('not_found', 'No order has this token.');
    return freshened(known);
  }

  async function knownToken(token: string, requestId: string): Promise<string> {
    const known = await creator.findOrAdopt(token, { requestId });
    if (known === null) throw new ProblemError('not_found', 'No order has this token.');
    return known.token;
  }

  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(config.merchantApiKey))
    .post('/', async c => {
      const order = await jsonBody(c, () => orderRequest);
      const record = await creator.create(order, idempotencyKey(c), { requestId: c.get('requestId') });
      const checkout_url = services.pageUrl(record.token);
      return c.json({ ...(await viewDone(record)), checkout_url }, 201);
    })
    .get('/', async c => {
      const reference = c.req.query('reference_id');
      if (!reference) {
        throw new ProblemError('validation_failed', 'Name a reference_id in the query.', {
          errors: [{ pointer: '/reference_id', code: 'required', detail: 'is required' }],
        });
      }
      const known = await store.findByReference(reference);
      const records = await Promise.all([
        ...known.slice(0, -readAtOnce),
        ...known.slice(-readAtOnce).map(freshened),
      ]);
      return c.json({ orders: await Promise.all(records.map(merchantView)) });
    })
    .get('/:token', async c =>
      c.json(await merchantView(await freshOrder(c.req.param('token'), c.get('requestId')))),
    )
    .post('/:token/capture', async c => {
      const requestId = c.get('requestId');
      const key = idempotencyKey(c);
      const { amount = null } = await optionalJsonBody(c, captureRequest);
      const token = await knownToken(c.req.param('token'), requestId);
      const { record, known } = await decider.decide({ token, kind: 'capture', amount, key, requestId });
      return c.json(viewOrder(record, await viewDone(record)), known ? 200 : 202);
    })
    .post('/:token/cancel', async c => {
      const requestId = c.get('requestId');
      const key = idempotencyKey(c);
      const token = await knownToken(c.req.param('token'), requestId);
      const { record, known } = await decider.decide({ token, kind: 'cancel', amount: null, key, requestId });
      return c.json(viewOrder(record, await viewDone(record)), known ? 200 : 202);
    })
    .post('/:token/refunds', async c => {
      const requestId = c.get('requestId');
      const key = idempotencyKey(c);
      const { amount = null, attempt_token, ...given } = await optionalJsonBody(c, refundRequest);
      const account = Object.fromEntries(
        Object.entries(given).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
      );
      const token = await knownToken(c.req.param('token'), requestId);
      const call = { token, amount, attemptToken: attempt_token ?? null, account, key, requestId };
      const { record, refund } = await refunder.refund(call);
      const shown = viewRefund(record, refund);
      return c.json(shown, shown.verifying ? 202 : 201);
    })
    .get('/:token/refunds', async c => {
      const record = await freshOrder(c.req.param('token'), c.get('requestId'));
      return c.json({ refunds: refundsOf(record).map(refund => viewRefund(record, refund)) });
    });
}
