/** The merchant backend’s calls (product.md section 2.1). */
import { Hono } from 'hono';
import { type CheckoutRecord, isPaidTwice, shownAttempt } from '../checkout/checkout.ts';
import { isCheckoutWatched } from '../checkout/watch.ts';
import { orderRequest } from '../contract/order.ts';
import { idempotencyKey } from '../middleware/idempotency-key.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { merchantKey } from '../middleware/merchant-key.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { toMajor } from '../money.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

export function orderRoutes(services: Services) {
  const { config, store, creator, watcher, view } = services;

  /** The Checkout and what only the merchant may see. */
  function merchantView(record: CheckoutRecord) {
    const major = (minor: number | null) => (minor === null ? null : toMajor(minor, record.currency));
    const shown = shownAttempt(record);
    return {
      ...view(record),
      amount_received: major(shown.amountReceived),
      refunded_amount: major(shown.refundedAmount),
      paid_twice: isPaidTwice(record),
      attempts: record.attempts.map(attempt => ({
        payment_token: attempt.token,
        status: attempt.status,
        verifying: attempt.phase === 'sending',
        method: attempt.method,
        installments: attempt.installments,
        decline: attempt.decline,
        amount_received: major(attempt.amountReceived),
        refunded_amount: major(attempt.refundedAmount),
        created_at: new Date(attempt.createdAt).toISOString(),
      })),
    };
  }

  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(config.merchantApiKey))
    .post('/', async c => {
      const order = await jsonBody(c, () => orderRequest);
      const record = await creator.create(order, idempotencyKey(c), { requestId: c.get('requestId') });
      const checkout_url = `${config.publicUrl}/pay/${encodeURIComponent(record.token)}`;
      return c.json({ ...view(record), checkout_url }, 201);
    })
    .get('/', async c => {
      const reference = c.req.query('reference_id');
      if (!reference) {
        throw new ProblemError('validation_failed', 'Name a reference_id in the query.', {
          errors: [{ pointer: '/reference_id', code: 'required', detail: 'is required' }],
        });
      }
      const records = await store.findByReference(reference);
      return c.json({ orders: records.map(merchantView) });
    })
    .get('/:token', async c => {
      const known = await creator.findOrAdopt(c.req.param('token'), { requestId: c.get('requestId') });
      if (known === null) throw new ProblemError('not_found', 'No order has this token.');
      const read = isCheckoutWatched(known) ? await watcher.readSoon(known.token) : null;
      return c.json(merchantView(read?.record ?? known));
    });
}
