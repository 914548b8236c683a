/** Links to pages of a PSP: what may be shown to a shopper (product.md section 2.4). */

/** The link, when it is https, or http on this machine in test mode; null for anything else. */
export function readRedirectLink(value: unknown, testMode: boolean): string | null {
  if (typeof value !== 'string' || !URL.canParse(value)) return null;
  const { protocol, hostname, username, password } = new URL(value);
  const isAllowed = protocol === 'https:' || (protocol === 'http:' && testMode && isLoopback(hostname));
  return isAllowed && username + password === '' ? value : null;
}

export function isLoopback(hostname: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
