/**
 * The feed: server-sent events, one `checkout` event at the start and on every change (product.md section 2.2). The event
 * id is the record’s version, so that a page that comes back with the newest one is not told it again.
 */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import { nameOf } from '../failure.ts';
import { visitorOf } from '../middleware/client-address.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { hideCredentials, ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

/** Shorter than the idle time-outs of common proxies (60 s) and of mobile networks (about 30 s). */
const heartbeatEveryMs = 15_000;

export function eventRoutes(services: Services) {
  const { config, creator, hub, store, view, closing, log } = services;

  return new Hono<{ Variables: RequestIdVariables }>()
    .get('/:token/events', async c => {
      const known = await creator.findOrAdopt(c.req.param('token'), visitorOf(c, config.trustedProxies));
      if (known === null) throw new ProblemError('not_found', 'No checkout has this token.');
      // nginx holds back what it thinks is a page.
      c.header('X-Accel-Buffering', 'no');

      const { token } = known;
      const feed = streamSSE(c, async stream => {
        const { promise: ended, resolve: end, reject: fail } = Promise.withResolvers<void>();
        /** One after the other, and none after one that failed. */
        let writing = Promise.resolve();
        const write = (work: () => Promise<unknown>) => {
          writing = writing.then(work).then(() => undefined);
          writing.catch(fail);
        };
        let sent = Number(c.req.header('Last-Event-ID') ?? 0);
        const tell = (record: CheckoutRecord) => {
          if (record.version <= sent) return;
          sent = record.version;
          write(async () => {
            const data = JSON.stringify(await view(record));
            await stream.writeSSE({ event: 'checkout', id: String(record.version), data });
          });
        };
        const begin = async () => {
          await stream.write('retry: 3000\n\n');
          // Read after subscribing: a change in between is told by one of the two.
          const newest = await store.find(token);
          if (newest) tell(newest);
        };
        const unsubscribe = hub.subscribe(token, tell);
        const stop = () => end();
        stream.onAbort(stop);
        closing.addEventListener('abort', stop);
        if (closing.aborted) stop();
        const heartbeat = setInterval(() => write(() => stream.write(': still here\n\n')), heartbeatEveryMs);
        try {
          await Promise.all([begin(), ended]);
        } catch (error) {
          // The page connects again by itself.
          const name = nameOf(error);
          log('warn', 'feed_ended', { request_id: c.get('requestId'), payment_token: token, name });
        } finally {
          clearInterval(heartbeat);
          closing.removeEventListener('abort', stop);
          unsubscribe();
        }
      });
      // streamSSE says no-cache, which lets a cache keep the answer. A proxy that compresses would hold events back.
      feed.headers.set('Cache-Control', 'no-store, no-transform');
      return feed;
    })
    .onError(hideCredentials);
}
