/** Every answer carries `X-Request-Id`; one that came in is kept when it looks like an id. */
import type { MiddlewareHandler } from 'hono';

export interface RequestIdVariables {
  requestId: string;
}

/** Header values go into logs: nothing but letters, digits and a few marks, and not too long. */
const acceptable = /^[\w-]{8,64}$/;

export function requestId(newId: () => string): MiddlewareHandler<{ Variables: RequestIdVariables }> {
  return async (c, next) => {
    const given = c.req.header('X-Request-Id');
    const id = given !== undefined && acceptable.test(given) ? given : newId();
    c.set('requestId', id);
    await next();
    c.header('X-Request-Id', id);
  };
}
