/**
 * The warning about pages whose origin is not allowed: most often a forgotten entry of ALLOWED_ORIGINS, and the shop does not
 * work until its operator reads of it. Once a minute for each origin, because such a page asks again and again.
 */
import type { Log } from '../log.ts';
import { isOrigin } from '../origin.ts';

const quietForMs = 60_000;
/** Anybody can send made-up origins: so many a minute are named, the others not. */
const namedPerMinute = 50;

/** Nobody’s host, and perhaps a card number. */
const longNumber = /\d{12}/;

/** The header is text from outside: what is no origin is logged as `null`. `now` in ms. */
export function refusedOrigins(log: Log, now: () => number): (origin: string) => void {
  const named = new Map<string | null, number>();
  return header => {
    const origin = isOrigin(header) && !longNumber.test(header) ? header : null;
    const at = now();
    for (const [known, since] of named) if (at - since >= quietForMs) named.delete(known);
    if (named.has(origin) || named.size >= namedPerMinute) return;
    named.set(origin, at);
    log('warn', 'origin_not_allowed', { origin });
  };
}
