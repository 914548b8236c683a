/**
 * Lesspay’s signature, for what is sent and for what arrives. Source: facts section 7.1 (AF:7768724m0, AF:7770673m0): the
 * body’s fields without null and "", sorted, as `k=v` joined by `&`, then `&key=` and the secret; plain SHA-256 in
 * upper-case hex.
 *
 * The documents leave open how a nested value is written; here it is the value’s JSON text, byte for byte as it stands in
 * the body. No published example of a whole request could be computed again, so this file is the one to correct.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { rawFields } from './raw-fields.ts';

/** The signature of a body; null when it is no JSON object. */
export function signatureOf(body: string, secret: string): string | null {
  const fields = rawFields(body);
  if (fields === null) return null;
  const pairs = [...fields]
    .map(([name, value]) => [name, signedValue(value)] as const)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const text = [...pairs, `key=${secret}`].join('&');
  return createHash('sha256').update(text).digest('hex').toUpperCase();
}

/** A text without its quotes, everything else as it stands in the body. */
function signedValue(raw: string): string {
  if (raw === 'null') return '';
  return raw.startsWith('"') ? String(JSON.parse(raw)) : raw;
}

/** In constant time, so that nobody can find a signature letter by letter. */
export function isSignedWith(body: string, secret: string, signature: string | undefined): boolean {
  const expected = signatureOf(body, secret);
  if (expected === null || signature === undefined) return false;
  const [wanted, given] = [expected, signature.trim().toUpperCase()].map(text => Buffer.from(text));
  return wanted !== undefined && given?.length === wanted.length && timingSafeEqual(wanted, given);
}
