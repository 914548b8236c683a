/**
 * Keyed hashes: what may be kept of a text that has to be recognized later and must not be guessed back. A plain hash of a
 * short text (a card number, a tax id) is found by trying all of them; without the key nobody can try.
 */
import { createHmac } from 'node:crypto';

/**
 * The same text gives the same hash for as long as the merchant’s key stays. `purpose` keeps hashes for different uses
 * apart. Returns 43 characters of base64url (256 bits).
 */
export type KeyedHash = (purpose: string, text: string) => string;

export function createKeyedHash(secret: string): KeyedHash {
  return (purpose, text) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([purpose, text]))
      .digest('base64url');
}
