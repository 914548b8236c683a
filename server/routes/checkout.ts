/** The browser’s calls (product.md section 2.2): read, submit, renew, forget a card. The feed is in events.ts. */
import { type Context, Hono } from 'hono';
import { assertCardIsPlausible } from '../checkout/card-check.ts';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';

import type { LookUpContext } from '../checkout/create.ts';
import { notDeleted, offeredCards } from '../checkout/stored-cards.ts';
import { isCheckoutWatched } from '../checkout/watch-schedule.ts';
import { isCardMethod } from '../contract/checkout.ts';
import { submissionSchema } from '../contract/submission.ts';
import { clientAddress, visitorOf } from '../middleware/client-address.ts';
import { requiredIdempotencyKey } from '../middleware/idempotency-key.ts';
import { jsonBody } from '../middleware/json-body.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { hideCredentials, ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';
import { isAnnounced } from '../webhooks/announcement.ts';
import { within } from '../within.ts';

/** How long a read waits for the PSP’s newest word before it answers with what is known. */
const freshenForMs = 800;

/** Mobile networks put thousands of shoppers behind one address: this stops programs, not a busy evening. */
const cardTriesPerAddress = 100;
const addressWindowMs = 10 * 60_000;

export function checkoutRoutes(services: Services) {
  const { config, store, creator, watcher, submitter, renewer, gatewayOf, view, viewDone, now } = services;

  const visitor = (c: Context<{ Variables: RequestIdVariables }>) => visitorOf(c, config.trustedProxies);

  async function known(token: string, visitor: LookUpContext): Promise<CheckoutRecord> {
    const record = await creator.findOrAdopt(token, visitor);
    if (record === null) throw new ProblemError('not_found', 'No checkout has this token.');
    return record;
  }

  /** A shopper who comes back from the bank’s app asks once, and should see what the PSP knows by now. */
  async function freshened(record: CheckoutRecord): Promise<CheckoutRecord> {
    if (!isCheckoutWatched(record) && isAnnounced(record)) return record;
    const read = watcher.readSoon(record.token).then(result => result?.record ?? record);
    return within(freshenForMs, read, record);
  }

  /** Somebody who tries many cards does it on many checkouts (product.md section 2.2, “Too many card tries”). */
  async function assertAddressHasTries(address: string | null): Promise<void> {
    if (address === null) return;
    const tries = await store.countTry(`cards ${address}`, now(), addressWindowMs);
    if (tries <= cardTriesPerAddress) return;
    throw new ProblemError('too_many_tries', 'Too many cards were tried from this address.', {
      retryAfterSeconds: addressWindowMs / 1000,
    });
  }

  return new Hono<{ Variables: RequestIdVariables }>()
    .get('/:token', async c => {
      const record = await freshened(await known(c.req.param('token'), visitor(c)));
      return c.json(await view(record));
    })
    .post('/:token/sendPayment', async c => {
      const key = requiredIdempotencyKey(c);
      const submission = await jsonBody(c, submissionSchema);
      assertCardIsPlausible(submission, now());
      const { token } = await known(c.req.param('token'), visitor(c));
      if (isCardMethod(submission.method))
        await assertAddressHasTries(clientAddress(c, config.trustedProxies));
      const record = await submitter.submit({ token, key, submission, requestId: c.get('requestId') });
      const shown = await viewDone(record);
      // In doubt: the first question to the PSP is asked now and not at the next turn.
      if (shown.verifying) watcher.nudge(token, 'awaited');
      return c.json(shown, shown.verifying ? 202 : 200);
    })
    .post('/:token/renew', async c => {
      const key = requiredIdempotencyKey(c);
      const { token } = await known(c.req.param('token'), visitor(c));
      return c.json(await viewDone(await renewer.renew({ token, key, requestId: c.get('requestId') })));
    })
    .delete('/:token/saved-cards/:card', async c => {
      const requestId = c.get('requestId');
      const record = await known(c.req.param('token'), visitor(c));
      const { storedCards } = gatewayOf(record.gateway);
      const offered = await offeredCards({ store, gatewayOf, now }, record);
      const card = offered.find(({ cardId }) => cardId === c.req.param('card'));
      if (!card || !storedCards) throw new ProblemError('not_found', 'This checkout offers no such card.');
      const outcome = await storedCards.deleteCard(card.cardId, { requestId });
      if (outcome.kind === 'unreadable') throw notDeleted(outcome);
      await store.cards.removeCard(card.cardId);
      return c.json(await viewDone(record));
    })
    .onError(hideCredentials);
}
