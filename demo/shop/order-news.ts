/** A page that shows an order hears when the shop was told something about it: server-sent events, without content. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { OrderEvents } from './order-events.ts';

/** Some networks close what is silent for a minute. */
const heartbeatMs = 25_000;

export function orderNews(c: Context, events: OrderEvents, paymentToken: string): Response {
  return streamSSE(c, async stream => {
    const ended = new Promise<void>(resolve => stream.onAbort(resolve));
    const unsubscribe = events.subscribe(
      paymentToken,
      () => void stream.writeSSE({ event: 'news', data: '' }),
    );
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), heartbeatMs);
    await stream.write(': connected\n\n');
    await ended;
    clearInterval(heartbeat);
    unsubscribe();
  });
}
