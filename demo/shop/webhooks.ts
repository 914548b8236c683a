/**
 * Where the proxy tells the shop what became of its orders. Only what the signature vouches for is believed (Standard
 * Webhooks); the library also refuses what is more than five minutes old, so that nothing can be played back later.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { Webhook } from 'standardwebhooks';
import { type OrderEvents, orderEvent } from './order-events.ts';

/** An event has less than one KB. */
const maxSize = 64 * 1024;

/** `secret` is the proxy's MERCHANT_WEBHOOK_SECRET. */
export function createWebhooks(secret: string, events: OrderEvents): Hono {
  const webhook = new Webhook(secret);
  const webhooks = new Hono();

  webhooks.post('/letpay', bodyLimit({ maxSize }), async c => {
    const body = await c.req.text();
    const headers = c.req.header();
    try {
      webhook.verify(body, headers);
    } catch {
      return c.text('The signature does not fit.', 401);
    }
    const event = orderEvent.safeParse(JSON.parse(body));
    // A newer proxy may tell of things that this shop knows nothing of. Another try would not change that.
    if (event.success) events.take(headers['webhook-id'] ?? '', event.data);
    return c.body(null, 204);
  });

  return webhooks;
}
