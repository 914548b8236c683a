/** Which reverse proxies in front are believed about the client: `TRUST_PROXY` as a checked value. */
import { BlockList, isIP } from 'node:net';

export type TrustedProxies =
  | { readonly kind: 'none' }
  /** So many proxies stand in front, each of which appends to X-Forwarded-For. */
  | { readonly kind: 'hops'; readonly hops: number }
  /** Every proxy in these networks is believed. */
  | { readonly kind: 'networks'; readonly list: BlockList };

const mostHops = 16;

/** `false`, `true` (one proxy), a number of proxies, or addresses and CIDRs with commas between. Null: none of these. */
export function parseTrustedProxies(text: string): TrustedProxies | null {
  if (['', 'false', '0'].includes(text)) return { kind: 'none' };
  if (text === 'true') return { kind: 'hops', hops: 1 };
  if (/^\d+$/.test(text)) return Number(text) <= mostHops ? { kind: 'hops', hops: Number(text) } : null;
  const list = new BlockList();
  const isRead = text.split(',').every(part => addNetwork(list, part.trim()));
  return isRead ? { kind: 'networks', list } : null;
}

function addNetwork(list: BlockList, text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  const most = family === 4 ? 32 : 128;
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) return false;
  list.addSubnet(address, bits === undefined ? most : Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return true;
}
