/**
 * "Authentication": the body's fields without null and "", sorted by ASCII, `k=v` joined by `&`, `&key=` and the secret;
 * SHA-256, upper-case hex. A nested value counts as its compact JSON.
 */
import { createHash } from 'node:crypto';
import { credentials } from './account.ts';

export function sign(fields: Readonly<Record<string, unknown>>): string {
  const pairs = Object.keys(fields)
    .sort()
    .filter(name => fields[name] !== null && fields[name] !== undefined && fields[name] !== '')
    .map(name => {
      const value = fields[name];
      return `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`;
    });
  const text = pairs.concat(`key=${credentials.appSecret}`).join('&');
  return createHash('sha256').update(text, 'utf8').digest('hex').toUpperCase();
}
