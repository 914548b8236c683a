/**
 * Where a request comes from, for limits. Null where that says nothing about a client: a loopback peer is the operator’s
 * own reverse proxy (or a test), and a limit on it would be a limit on all shoppers together.
 */
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

const loopback = /^(?:127\.|::1$|::ffff:127\.)/;

/** `trustProxy`: the last entry of X-Forwarded-For is the reverse proxy’s word and is taken; what is before it is anybody’s. */
export function clientAddress(c: Context, trustProxy: boolean): string | null {
  const address = (trustProxy ? forwardedFor(c) : null) ?? peerOf(c);
  return address === null || loopback.test(address) ? null : address;
}

function forwardedFor(c: Context): string | null {
  const last = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim();
  return last && /^[\d.:a-fA-F]{2,45}$/.test(last) ? last : null;
}

function peerOf(c: Context): string | null {
  try {
    return getConnInfo(c).remote.address ?? null;
  } catch {
    // Mounted in a server that is not Node’s: nothing is known about the peer.
    return null;
  }
}
