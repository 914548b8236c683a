/**
 * The strictest policy under which a shop can embed the tag: its own files and the proxy's origin, no inline script, no
 * inline style. If the tag ever needed more, this shop would break.
 */
import type { MiddlewareHandler } from 'hono';

export function contentSecurityPolicy(proxyOrigin: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${proxyOrigin}`,
    "style-src 'self'",
    `connect-src 'self' ${proxyOrigin}`,
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function securityHeaders(proxyUrl: string): MiddlewareHandler {
  const policy = contentSecurityPolicy(new URL(proxyUrl).origin);
  return async (c, next) => {
    await next();
    c.header('Content-Security-Policy', policy);
    c.header('X-Content-Type-Options', 'nosniff');
    // Addresses of orders are secrets of their buyer.
    c.header('Referrer-Policy', 'same-origin');
  };
}
