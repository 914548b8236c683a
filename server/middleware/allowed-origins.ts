/**
 * Pages of other sites may not use the browser calls. A request without `Origin` is no page of another site and passes:
 * this guards shoppers against foreign pages, not the proxy against programs (product.md section 2.2).
 */
import type { MiddlewareHandler } from 'hono';
import { ProblemError } from '../problem.ts';

/** `allowed`: exact origins. */
export function allowedOrigins(allowed: ReadonlySet<string>): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('Origin');
    if (origin === undefined) return next();
    if (!allowed.has(origin))
      throw new ProblemError('origin_not_allowed', 'Add the page’s origin to ALLOWED_ORIGINS.');
    // Set before the handler runs, so that error replies can be read by the page too.
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Vary', 'Origin', { append: true });
    c.header('Access-Control-Expose-Headers', 'X-Request-Id, Retry-After');
    if (c.req.method !== 'OPTIONS') return next();
    c.header('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    c.header('Access-Control-Allow-Headers', 'Content-Type, Idempotency-Key, Last-Event-ID, X-Request-Id');
    c.header('Access-Control-Max-Age', '7200');
    return c.body(null, 204);
  };
}
