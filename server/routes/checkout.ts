/** The browser’s calls (product.md section 2.2): read, submit, renew. The feed is in events.ts. */
import { Hono } from 'hono';
import { assertCardIsPlausible } from '../checkout/card-check.ts';
import { type CheckoutRecord, newestAttempt } from '../checkout/checkout.ts';
import { submissionSchema } from '../contract/submission.ts';
import { requiredIdempotencyKey } from '../middleware/idempotency-key.ts';
import { jsonBody } from '../middleware/json-body.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

/** How long a read waits for the PSP’s newest word before it answers with what is known. */
const freshenForMs = 800;

export function checkoutRoutes(services: Services) {
  const { creator, watcher, submitter, renewer, view, now } = services;

  async function known(token: string, requestId: string): Promise<CheckoutRecord> {
    const record = await creator.findOrAdopt(token, { requestId });
    if (record === null) throw new ProblemError('not_found', 'No checkout has this token.');
    return record;
  }

  /** A shopper who comes back from the bank’s app asks once, and should see what the PSP knows by now. */
  async function freshened(record: CheckoutRecord): Promise<CheckoutRecord> {
    if (record.dueAt === null) return record;
    const read = watcher.readSoon(record.token).then(result => result?.record ?? record);
    const { promise: waited, resolve } = Promise.withResolvers<CheckoutRecord>();
    const timer = setTimeout(() => resolve(record), freshenForMs);
    return Promise.race([read, waited]).finally(() => clearTimeout(timer));
  }

  return new Hono<{ Variables: RequestIdVariables }>()
    .get('/:token', async c => {
      const record = await freshened(await known(c.req.param('token'), c.get('requestId')));
      return c.json(view(record));
    })
    .post('/:token/sendPayment', async c => {
      const key = requiredIdempotencyKey(c);
      const submission = await jsonBody(c, submissionSchema);
      assertCardIsPlausible(submission, now());
      const { token } = await known(c.req.param('token'), c.get('requestId'));
      const record = await submitter.submit({ token, key, submission, requestId: c.get('requestId') });
      const verifying = newestAttempt(record).phase === 'sending';
      // In doubt: the first question to the PSP is asked now and not at the next turn.
      if (verifying) watcher.nudge(token, 'awaited');
      return c.json(view(record), verifying ? 202 : 200);
    })
    .post('/:token/renew', async c => {
      const key = requiredIdempotencyKey(c);
      const { token } = await known(c.req.param('token'), c.get('requestId'));
      return c.json(view(await renewer.renew({ token, key, requestId: c.get('requestId') })));
    });
}
