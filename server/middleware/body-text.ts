/**
 * A body as text. Only UTF-8: a name in another encoding would be read as “Jo�o” and stand so on a boleto, and nobody would
 * be told.
 */
import type { Context } from 'hono';
import { ProblemError } from '../problem.ts';

/** A byte order mark is taken off. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** May be called more than once. */
export async function bodyText(c: Context): Promise<string> {
  assertUtf8(c.req.header('Content-Type') ?? '');
  const bytes = await c.req.arrayBuffer();
  try {
    return utf8.decode(bytes);
  } catch {
    throw new ProblemError('malformed_request', 'The body is not UTF-8.');
  }
}

function assertUtf8(contentType: string): void {
  for (const [, charset = ''] of contentType.matchAll(/;\s*charset\s*=\s*("[^"]*"|[^\s;]*)/gi)) {
    if (!/^"?utf-?8"?$/i.test(charset))
      throw new ProblemError('unsupported_media_type', 'Send the body in UTF-8, with no other charset.');
  }
}
