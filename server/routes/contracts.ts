/** The contracts of the merchant’s account at a PSP (product.md section 2.1). */
import { Hono } from 'hono';
import { nothingChanged } from '../checkout/submit.ts';
import { merchantKey } from '../middleware/merchant-key.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { gatewayNotConfigured, ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

export function contractRoutes({ config, findGateway }: Services) {
  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(config.merchantApiKey))
    .get('/', async c => {
      const gateway = findGateway(c.req.query('gateway') ?? 'letpay');
      if (!gateway) throw gatewayNotConfigured();
      const { contracts } = gateway;
      if (!contracts) throw new ProblemError('not_supported', 'This payment provider has no contracts.');
      const outcome = await contracts.list({ requestId: c.get('requestId') });
      if (outcome.kind !== 'known') throw nothingChanged(outcome);
      return c.json({ contracts: outcome.contracts });
    });
}
