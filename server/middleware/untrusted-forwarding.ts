/**
 * The warning about a reverse proxy that nobody trusts: `X-Forwarded-For` comes, and TRUST_PROXY is off. Then limits see the
 * proxy’s address where they should see the shopper’s. Said once.
 */
import type { MiddlewareHandler } from 'hono';
import type { TrustedProxies } from './trusted-proxies.ts';

export function untrustedForwarding(trusted: TrustedProxies, warn: () => void): MiddlewareHandler {
  let isQuiet = trusted.kind !== 'none';
  return (c, next) => {
    if (!isQuiet && c.req.header('X-Forwarded-For') !== undefined) {
      isQuiet = true;
      warn();
    }
    return next();
  };
}
