/**
 * Where a request comes from, for limits. Null where that says nothing about a client: a peer on loopback or in a private
 * network is the operator’s own reverse proxy, and a limit on it would be a limit on all shoppers together.
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';
import type { RequestIdVariables } from './request-id.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/** Loopback, private and link-local networks (RFC 1918, 4193, 3927), and the shared one of carriers and clouds (RFC 6598). */
const internal = new BlockList();
for (const [network, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
] as const)
  internal.addSubnet(network, bits, 'ipv4');
internal.addAddress('::1', 'ipv6');
internal.addSubnet('fc00::', 7, 'ipv6');
internal.addSubnet('fe80::', 10, 'ipv6');

/** The name under which a client is counted: an IPv4 address, or the /64 network of an IPv6 address. */
export function clientAddress(c: Context, trusted: TrustedProxies): string | null {
  const peer = plainAddress(peerOf(c) ?? '');
  const header = c.req.header('X-Forwarded-For');
  const isTold = header !== undefined && isBelieved(peer, trusted);
  const client = isTold ? forwardedClient(header, trusted) : peer;
  return client === null || isInternal(client) ? null : countedAs(client);
}

function isBelieved(peer: string | null, trusted: TrustedProxies): boolean {
  if (trusted.kind === 'networks') return peer !== null && isIn(trusted.list, peer);
  return trusted.kind === 'hops';
}

/**
 * The client that the trusted proxies name. Each appends the address that it was asked from, so the list is read from its
 * end. What a client wrote itself stands before that and is never reached. Null: they name none, and then nobody is counted,
 * for the peer is a proxy of all shoppers.
 */
function forwardedClient(header: string, trusted: TrustedProxies): string | null {
  const entries = header.split(',').map(entry => entry.trim());
  if (trusted.kind === 'hops') return plainAddress(entries.at(-trusted.hops) ?? '');
  const seen = entries.toReversed().map(plainAddress);
  const isOurs = (address: string | null) =>
    trusted.kind === 'networks' && address !== null && isIn(trusted.list, address);
  return seen.find(address => !isOurs(address)) ?? null;
}

/**
 * An address without what proxies put around it: a port (Azure), brackets, a zone, quotes (RFC 7239). An IPv4 address that is
 * mapped into IPv6 is the IPv4 address. Null: no address.
 */
export function plainAddress(text: string): string | null {
  const bare = text.replace(/^"|"$/g, '');
  const inner = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(bare)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(bare)?.[1] ?? bare;
  const address = inner.replace(/%.*$/, '').toLowerCase();
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every(group => group === 0) && groups[5] === 0xffff;
  if (!isMapped) return address;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** One shopper has a whole /64 network to choose from, so that is what is counted. */
function countedAs(address: string): string {
  if (isIPv4(address)) return address;
  const groups = groupsOf(address).slice(0, 4);
  return `${groups.map(group => group.toString(16)).join(':')}::/64`;
}

/** The eight groups of an IPv6 address. `address` is a valid one. */
function groupsOf(address: string): number[] {
  // The URL parser writes the shortest form, without an IPv4 part.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map(group => Number.parseInt(group, 16));
  const [front, back] = [read(head), read(tail ?? '')];
  const zeros = tail === undefined ? 0 : 8 - front.length - back.length;
  return [...front, ...Array.from({ length: zeros }, () => 0), ...back];
}

const isIn = (list: BlockList, address: string) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
const isInternal = (address: string) => isIn(internal, address);

function peerOf(c: Context): string | null {
  try {
    return getConnInfo(c).remote.address ?? null;
  } catch {
    // Mounted in a server that is not Node’s: nothing is known about the peer.
    return null;
  }
}

/** What a look-up of an unknown token is counted by, and the id that goes along. */
export function visitorOf(
  c: Context<{ Variables: RequestIdVariables }>,
  trusted: TrustedProxies,
): { readonly requestId: string; readonly client: string | null } {
  return { requestId: c.get('requestId'), client: clientAddress(c, trusted) };
}
