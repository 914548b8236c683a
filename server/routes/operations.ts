/** For whoever runs the proxy: is it alive, can it work. */
import { Hono } from 'hono';
import type { Services } from '../services.ts';

export function operationRoutes(services: Services) {
  const { store } = services;
  return new Hono()
    .get('/healthz', c => c.json({ status: 'ok' }))
    .get('/readyz', async c => {
      try {
        await store.ready();
        return c.json({ status: 'ready' });
      } catch {
        return c.json({ status: 'store unavailable' }, 503);
      }
    });
}
