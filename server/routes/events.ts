/**
 * The feed: server-sent events, one `checkout` event at the start and on every change (product.md section 2.2). The event
 * id is the record’s version, so that a page that comes back with the newest one is not told it again.
 */
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

/** Shorter than the idle time-outs of common proxies (60 s) and of mobile networks (about 30 s). */
const heartbeatEveryMs = 15_000;

export function eventRoutes(services: Services) {
  const { creator, hub, store, view, closing } = services;

  return new Hono<{ Variables: RequestIdVariables }>().get('/:token/events', async c => {
    const known = await creator.findOrAdopt(c.req.param('token'), { requestId: c.get('requestId') });
    if (known === null) throw new ProblemError('not_found', 'No checkout has this token.');
    // nginx holds back what it thinks is a page.
    c.header('X-Accel-Buffering', 'no');

    const feed = streamSSE(c, async stream => {
      let sent = Number(c.req.header('Last-Event-ID') ?? 0);
      let writing = Promise.resolve();
      const tell = (record: CheckoutRecord) => {
        if (record.version <= sent) return;
        sent = record.version;
        writing = writing.then(async () => {
          const data = JSON.stringify(await view(record));
          await stream.writeSSE({ event: 'checkout', id: String(record.version), data });
        });
      };
      const unsubscribe = hub.subscribe(known.token, tell);
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      stream.onAbort(end);
      const stop = () => end();
      closing.addEventListener('abort', stop);
      if (closing.aborted) stop();
      const heartbeat = setInterval(() => {
        writing = writing.then(() => stream.write(': still here\n\n')).then(() => undefined);
      }, heartbeatEveryMs);
      try {
        await stream.write('retry: 3000\n\n');
        // Read after subscribing: a change in between is told by one of the two.
        const newest = await store.find(known.token);
        if (newest) tell(newest);
        await ended;
      } finally {
        clearInterval(heartbeat);
        closing.removeEventListener('abort', stop);
        unsubscribe();
      }
    });
    // streamSSE says no-cache, which lets a cache keep the answer.
    feed.headers.set('Cache-Control', 'no-store');
    return feed;
  });
}
