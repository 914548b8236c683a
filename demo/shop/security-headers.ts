/**
 * The strictest policy under which a shop can embed the tag: its own files and the proxy's origin, no inline script, no
 * inline style. If the tag ever needed more, this shop would break. The nonce is for Safari before 16.4, where the tag’s
 * style sheets are elements.
 */
import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';

export interface SecurityVariables {
  readonly styleNonce: string;
}

export function contentSecurityPolicy(proxyOrigin: string, styleNonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${proxyOrigin}`,
    `style-src 'self' 'nonce-${styleNonce}'`,
    `connect-src 'self' ${proxyOrigin}`,
    "img-src 'self' data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export function securityHeaders(proxyUrl: string): MiddlewareHandler<{ Variables: SecurityVariables }> {
  const { origin } = new URL(proxyUrl);
  return async (c, next) => {
    const styleNonce = randomBytes(16).toString('base64url');
    c.set('styleNonce', styleNonce);
    await next();
    c.header('Content-Security-Policy', contentSecurityPolicy(origin, styleNonce));
    c.header('X-Content-Type-Options', 'nosniff');
    // Addresses of orders are secrets of their buyer.
    c.header('Referrer-Policy', 'same-origin');
  };
}
