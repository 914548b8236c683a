/** The merchant’s backend shows its key: `Authorization: Bearer $MERCHANT_API_KEY`. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { ProblemError } from '../problem.ts';

export function merchantKey(key: string): MiddlewareHandler {
  const expected = digest(key);
  return async (c, next) => {
    const given = /^Bearer (.+)$/i.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
    // Digests have one length, so the comparison takes the same time for every wrong key.
    if (!timingSafeEqual(digest(given), expected)) {
      c.header('WWW-Authenticate', 'Bearer');
      throw new ProblemError('unauthorized', 'Send Authorization: Bearer with the merchant key.');
    }
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
