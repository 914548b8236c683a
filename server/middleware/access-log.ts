/** One line per request: the route’s pattern and not the address, because an address can hold what somebody typed. */
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Log } from '../log.ts';
import type { RequestIdVariables } from './request-id.ts';

export function accessLog(log: Log, now: () => number): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  return async (c, next) => {
    const started = now();
    await next();
    const route = matchedRoutes(c).at(-1)?.path ?? '-';
    log('info', 'request', {
      request_id: c.get('requestId'),
      method: c.req.method.slice(0, 10),
      route,
      status: c.res.status,
      ms: now() - started,
    });
  };
}
