/** One refund by its id (product.md section 2.1). Asking for one and listing them is in orders.ts. */
import { Hono } from 'hono';
import { findRefund, isRefundOpen, parseRefundId, viewRefund } from '../checkout/refunds.ts';
import { merchantKey } from '../middleware/merchant-key.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

export function refundRoutes(services: Services) {
  const { config, store, watcher } = services;

  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(config.merchantApiKey))
    .get('/:id', async c => {
      const id = parseRefundId(c.req.param('id'));
      const found = id && (await store.find(id.token));
      const known = found && findRefund(found, id.number);
      if (!known) throw new ProblemError('not_found', 'No refund has this id.');
      // One that never arrived may have turned up after all.
      const mayMove = isRefundOpen(known) || known.phase === 'not_taken';
      const read = mayMove ? await watcher.readSoon(found.token, 'all') : null;
      const record = read?.record ?? found;
      return c.json(viewRefund(record, findRefund(record, id.number) ?? known));
    });
}
