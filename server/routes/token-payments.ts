/** Quotes for stored cards, and charges that the merchant makes without the shopper (product.md section 2.1). */
import { Hono } from 'hono';
import { viewPrice } from '../checkout/checkout-view.ts';
import { viewOrder } from '../checkout/order-view.ts';
import { nothingChanged } from '../checkout/submit.ts';
import { quoteRequest, tokenPaymentRequest } from '../contract/person.ts';
import { requiredIdempotencyKey } from '../middleware/idempotency-key.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { merchantKey } from '../middleware/merchant-key.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';
import { storedCardsOf } from './persons.ts';

export function quoteRoutes(services: Services) {
  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(services.config.merchantApiKey))
    .post('/', async c => {
      const request = await jsonBody(c, () => quoteRequest);
      const outcome = await storedCardsOf(services).quote(request, { requestId: c.get('requestId') });
      if (outcome.kind === 'not_sent') throw nothingChanged(outcome);
      if (outcome.kind === 'not_supported')
        throw new ProblemError('not_supported', 'This payment provider makes no quotes for stored cards.');
      if (outcome.kind === 'refused')
        throw new ProblemError('psp_refused', outcome.detail, { errors: outcome.errors });
      return c.json(viewPrice(outcome.price));
    });
}

export function tokenPaymentRoutes(services: Services) {
  const { config, charger, watcher, viewDone } = services;

  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(config.merchantApiKey))
    .post('/', async c => {
      const key = requiredIdempotencyKey(c);
      const request = await jsonBody(c, () => tokenPaymentRequest);
      const { record, isNew } = await charger.charge({ request, key, requestId: c.get('requestId') });
      const checkout = await viewDone(record);
      // In doubt: the first question to the PSP is asked now and not at the next turn.
      if (checkout.verifying) watcher.nudge(record.token, 'awaited');
      return c.json(viewOrder(record, checkout), checkout.verifying ? 202 : isNew ? 201 : 200);
    });
}
