/** Every answer carries `X-Request-Id`; one that came in is kept when it looks like an id. */
import type { MiddlewareHandler } from 'hono';
import { holdsCardLikeNumber } from '../card-like.ts';

export interface RequestIdVariables {
  requestId: string;
}

/**
 * Header values go into logs and to the PSP: nothing but letters, digits and a few marks, not too long, and with a letter, as
 * digits alone may be anybody’s number.
 */
const acceptable = /^(?=.*[A-Za-z])[\w-]{8,64}$/;

function isAcceptable(id: string): boolean {
  return acceptable.test(id) && !holdsCardLikeNumber(id);
}

export function requestId(newId: () => string): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  return async (c, next) => {
    const given = c.req.header('X-Request-Id');
    const id = given !== undefined && isAcceptable(given) ? given : newId();
    c.set('requestId', id);
    await next();
    c.header('X-Request-Id', id);
  };
}
