/**
 * Origins of pages, as browsers send them (RFC 6454, “ASCII serialization”): scheme, host and port, nothing more. Apps in a
 * web view have schemes of their own; the host’s letters are ASCII, so a name with accents comes in its punycode form.
 */

/** Schemes of web views whose pages have an origin: Capacitor, Ionic, Tauri, Electron. */
const appSchemes = ['capacitor', 'ionic', 'tauri', 'app'];
const appOrigin = new RegExp(`^(?:${appSchemes.join('|')})://[A-Za-z0-9._-]+(?::\\d{1,5})?$`);

const webOrigin = /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;
const longest = 260;

/** True for what a browser can send as the origin of a page; `null` is none. */
export function isOrigin(text: string): boolean {
  if (text.length > longest || !URL.canParse(text)) return false;
  return appOrigin.test(text) || (webOrigin.test(text) && new URL(text).origin === text);
}

/** What is wrong with an origin that an operator wrote; null when nothing is. User name and password are not repeated. */
export function originFault(text: string): string | null {
  if (isOrigin(text)) return null;
  if (text.includes('*')) return 'wildcards are not supported; name each origin by itself';
  if (text === 'null' || /^file:/i.test(text))
    return 'null and file: are the origin of any local or sandboxed page and cannot be allowed; serve the page over https';
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined || !['http', 'https', ...appSchemes].includes(scheme) || !URL.canParse(text))
    return `must be an origin like https://www.example.com; schemes: http, https, ${appSchemes.join(', ')}`;
  const { username, password, search, hash, pathname, origin, hostname } = new URL(text);
  if (hostname === '') return 'must name a host, as capacitor://localhost does';
  if (username + password !== '') return 'must not hold a user name or password';
  if (search + hash !== '' || /[?#]$/.test(text)) return 'must not hold a query or fragment';
  if (pathname !== '/' && pathname !== '') return 'must not hold a path: scheme, host and port only';
  if (/[^\x20-\x7e]/.test(text)) return `must name the host as browsers send it: ${hostname}`;
  return origin === 'null'
    ? 'must be scheme, host and port only, no slash at the end'
    : `must be written as browsers send it, no slash at the end: ${origin}`;
}

/** What is wrong with the address of a server that paths are put behind; null when nothing is. */
export function baseUrlFault(text: string): string | null {
  const { username, password, search, hash } = new URL(text);
  if (username + password !== '') return 'must not hold a user name or password';
  return search + hash !== '' || /[?#]/.test(text) ? 'must not hold a query or fragment' : null;
}
