/**
 * No body larger than `maxBytes`. A body that says its length is judged by that, as Node’s parser holds it to its word;
 * only one that does not say goes through Hono’s counting, which is slower by a whole web-standard Request.
 */
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { ProblemError } from '../problem.ts';

export function bodyCap(maxBytes: number): MiddlewareHandler {
  const tooLarge = (): never => {
    throw new ProblemError('payload_too_large', `A body may have at most ${maxBytes} bytes.`);
  };
  const count = bodyLimit({ maxSize: maxBytes, onError: tooLarge });
  return (c, next) => {
    const length = c.req.header('Content-Length');
    const untold = length === undefined && c.req.method !== 'GET' && c.req.method !== 'HEAD';
    if (untold || c.req.header('Transfer-Encoding') !== undefined) return count(c, next);
    return Number(length ?? 0) > maxBytes ? tooLarge() : next();
  };
}
