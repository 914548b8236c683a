/** For whoever runs the proxy: is it alive, can it work, what is it doing. */
import { Hono } from 'hono';
import type { Services } from '../services.ts';

export function operationRoutes(services: Services) {
  const { store, metrics } = services;
  return new Hono()
    .get('/healthz', c => c.json({ status: 'ok' }))
    .get('/metrics', async c => {
      const { text, type } = await metrics.render();
      return c.body(text, 200, { 'Content-Type': type });
    })
    .get('/readyz', async c => {
      try {
        await store.ready();
        return c.json({ status: 'ready' });
      } catch {
        return c.json({ status: 'store unavailable' }, 503);
      }
    });
}
