/**
 * Pages of other sites may not use the browser calls. A request without `Origin` is no page of another site and passes:
 * this guards shoppers against foreign pages, not the proxy against programs (product.md section 2.2).
 */
import type { Context, MiddlewareHandler } from 'hono';
import { ProblemError } from '../problem.ts';

const exposed = 'X-Request-Id, Retry-After';
const ownHeaders = ['Content-Type', 'Idempotency-Key', 'Last-Event-ID', 'X-Request-Id'];

/** `allowed`: exact origins. `onRefused` hears the `Origin` header as it came. */
export function allowedOrigins(
  allowed: ReadonlySet<string>,
  onRefused: (origin: string) => void,
): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('Origin');
    if (origin === undefined) return next();
    c.header('Vary', 'Origin', { append: true });
    if (!allowed.has(origin)) {
      onRefused(origin);
      return refuse(c);
    }
    // Set before the handler runs, so that error replies can be read by the page too.
    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Expose-Headers', exposed);
    if (c.req.method !== 'OPTIONS') return next();
    c.header('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    grantHeaders(c, ownHeaders);
    c.header('Access-Control-Max-Age', '7200');
    return c.body(null, 204);
  };
}

/**
 * Any page may read this refusal, which holds nothing but our words, so that its developer learns what is wrong. Tracing
 * scripts turn a `GET` into one with a preflight: that passes too, and the `GET` itself is refused. No other call passes.
 */
function refuse(c: Context): Response {
  c.header('Access-Control-Allow-Origin', '*');
  c.header('Access-Control-Expose-Headers', exposed);
  const isPreflightOfRead =
    c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method') === 'GET';
  if (!isPreflightOfRead)
    throw new ProblemError('origin_not_allowed', 'Add the page’s origin to ALLOWED_ORIGINS.');
  grantHeaders(c, []);
  return c.body(null, 204);
}

/**
 * Monitoring scripts add headers of their own (`traceparent`, `sentry-trace`, `baggage` …) to every request of a page. The
 * proxy ignores them, so a preflight may grant what it asks for: header names only, and not without end.
 */
function grantHeaders(c: Context, own: readonly string[]): void {
  const known = new Set(own.map(name => name.toLowerCase()));
  const asked = (c.req.header('Access-Control-Request-Headers') ?? '')
    .slice(0, askedLength)
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => headerName.test(name) && !known.has(name));
  const granted = [...own, ...new Set(asked)].slice(0, headersGranted);
  if (granted.length > 0) c.header('Access-Control-Allow-Headers', granted.join(', '));
  c.header('Vary', 'Access-Control-Request-Headers', { append: true });
}

/** Without `*`, which would grant every header. */
const headerName = /^[a-z0-9!#$%&'+.^_`|~-]{1,64}$/;
const askedLength = 2_048;
const headersGranted = 50;
