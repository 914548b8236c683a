/** One line per request: the route’s pattern and not the address, because an address can hold what somebody typed. */
import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { RequestIdVariables } from './request-id.ts';

export interface AccessLogDeps {
  readonly log: Log;
  readonly monotonic: Clock;
  readonly observe: (method: string, route: string, status: number, ms: number) => void;
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

export function accessLog(deps: AccessLogDeps): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  const { log, monotonic, observe } = deps;
  return async (c, next) => {
    const started = monotonic();
    await next();
    const route = matchedRoutes(c).at(-1)?.path ?? '-';
    // A method is text from outside: one that nobody knows must not become a label.
    const method = methods.has(c.req.method) ? c.req.method : 'other';
    const ms = monotonic() - started;
    observe(method, route, c.res.status, ms);
    log('info', 'request', { request_id: c.get('requestId'), method, route, status: c.res.status, ms });
  };
}
