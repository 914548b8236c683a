/**
 * Sealing of what the store keeps: AES-256-GCM under a key that scrypt makes of STORE_KEY, which may be any secret text.
 *
 * The store holds a header: the salt, and one check value for each key that something in the store may be sealed with. A
 * check value opens with its own key only, so a wrong or a missing key is noticed at the start. `STORE_KEY="new old"` seals
 * with the first key and opens with both.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import { StoreUnusable } from './store.ts';

/** A sealed text, and what it was bound to. */
export interface SealedText {
  readonly sealed: string;
  readonly boundTo: string;
}

export interface Sealing {
  /** False without a key: texts are kept as they are. */
  readonly isOn: boolean;
  /**
   * Derives the keys. `header` is what the store holds; null for a store of before there were headers, of which `sample`
   * is any sealed text. `where` decides what a new header costs to guess at. Returns the header that the store has to hold; null for none. Throws `StoreUnusable` when something
   * in the store is sealed with a key that was not given.
   */
  unlock(header: string | null, sample: SealedText | null, where: 'disk' | 'memory'): string | null;
  seal(text: string, boundTo: string): string;
  /** Throws for a text that no key opens, or that is bound to something else. */
  open(text: SealedText): string;
  /** Sealed as `seal` would seal it now. */
  isCurrent(text: SealedText): boolean;
  /** The header of a store in which everything is sealed with the first key. */
  headerOfFirstKey(header: string): string;
  /** The key that the proxy seals with, by its last start, is our first one. */
  isFirstKeyOf(header: string): boolean;
}

interface Key {
  readonly current: Buffer;
  /** SHA-256 of the text: how version 0.1.0 made keys. */
  readonly before: Buffer;
}

/**
 * 32 MiB and a quarter of a second for each key at each start, as OWASP advises for scrypt. The header holds the cost, so
 * that it can be raised for new stores.
 */
const cost = { N: 2 ** 15, r: 8, p: 3 };
/** For a store in memory there is no copied file to guess at. */
const costInMemory = { N: 2, r: 1, p: 1 };

const headerSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.base64(),
  /** First the one of the key that the proxy seals with. */
  checks: z.array(z.string()).min(1),
});
type Header = z.infer<typeof headerSchema>;

const checkText = 'STORE_KEY';
const checkBinding = 'check of STORE_KEY';
/** Before a text that was sealed with a key of scrypt. No base64 has a point in it. */
const prefix = '2.';

/** The keys in STORE_KEY, the sealing one first; null when the text holds none or more than two. */
export function parseStoreKeys(text: string): readonly [string, ...string[]] | null {
  const [first, ...others] = text.split(/\s+/).filter(part => part !== '');
  return first === undefined || others.length > 1 ? null : [first, ...others];
}

/** `storeKey`: STORE_KEY; null keeps texts as they are. */
export function createSealing(storeKey: string | null): Sealing {
  const texts = storeKey === null ? [] : (parseStoreKeys(storeKey) ?? []);
  if (storeKey !== null && texts.length === 0)
    throw new StoreUnusable(
      'STORE_KEY must be one key, or two with a space between: the new one, then the old one.',
    );
  let keys: readonly Key[] = [];

  function derive({ salt, N, r, p }: Omit<Header, 'checks'>): void {
    keys = texts.map(text => ({
      current: scryptSync(text, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem: 128 * 2 ** 20 }),
      before: createHash('sha256').update(text).digest(),
    }));
  }

  function firstKey(): Key {
    const [key] = keys;
    if (key === undefined) throw new Error('The store has not been unlocked.');
    return key;
  }

  const seal = (text: string, boundTo: string) => prefix + encrypt(firstKey().current, text, boundTo);
  const isCheckOf = (check: string, key: Key) =>
    openedWith([key], { sealed: check, boundTo: checkBinding }) === checkText;
  const isOpened = (check: string) => keys.some(key => isCheckOf(check, key));

  function newHeader(sample: SealedText | null, prices: typeof cost): Header {
    const made = { kdf: 'scrypt' as const, ...prices };
    const salt = randomBytes(16).toString('base64');
    derive({ ...made, salt });
    const owner = sample && keys.find(key => openedWith([key], sample) !== null);
    if (sample && !owner) throw wrongKey(texts.length);
    const others = owner && owner !== firstKey() ? [owner] : [];
    const checks = [firstKey(), ...others].map(key => prefix + encrypt(key.current, checkText, checkBinding));
    return { ...made, salt, checks };
  }

  return {
    isOn: texts.length > 0,
    unlock(text, sample, where) {
      if (texts.length === 0) {
        if (text !== null || sample !== null) throw wrongKey(0);
        return null;
      }
      if (text === null) return JSON.stringify(newHeader(sample, where === 'disk' ? cost : costInMemory));
      const header = headerSchema.parse(JSON.parse(text));
      derive(header);
      if (!header.checks.every(isOpened)) throw wrongKey(texts.length);
      const own = header.checks.find(check => isCheckOf(check, firstKey())) ?? seal(checkText, checkBinding);
      if (own === header.checks[0]) return text;
      return JSON.stringify({ ...header, checks: [own, ...header.checks.filter(check => check !== own)] });
    },
    seal,
    open(text) {
      const opened = openedWith(keys, text);
      if (opened === null) throw new Error('No key of STORE_KEY opens this.');
      return opened;
    },
    isCurrent: text => text.sealed.startsWith(prefix) && openedWith([firstKey()], text) !== null,
    headerOfFirstKey(text) {
      const header = headerSchema.parse(JSON.parse(text));
      return JSON.stringify({
        ...header,
        checks: header.checks.filter(check => isCheckOf(check, firstKey())),
      });
    },
    isFirstKeyOf(text) {
      const [check] = headerSchema.parse(JSON.parse(text)).checks;
      return check !== undefined && isCheckOf(check, firstKey());
    },
  };
}

function wrongKey(given: number): StoreUnusable {
  return new StoreUnusable(
    given === 0
      ? 'The store is sealed, and STORE_KEY is not set. Set it to the key that the store was sealed with.'
      : 'STORE_KEY is not the key that the store was sealed with. To change the key, set STORE_KEY="new old" and run npm run store -- reseal.',
  );
}

/** Nonce (12 bytes), tag (16 bytes) and the text, in base64. */
function encrypt(key: Buffer, text: string, boundTo: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(boundTo));
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

/** Null when no key opens it. */
function openedWith(keys: readonly Key[], { sealed, boundTo }: SealedText): string | null {
  const isCurrent = sealed.startsWith(prefix);
  const bytes = Buffer.from(isCurrent ? sealed.slice(prefix.length) : sealed, 'base64');
  for (const key of keys) {
    const opened = decrypt(isCurrent ? key.current : key.before, bytes, boundTo);
    if (opened !== null) return opened;
  }
  return null;
}

function decrypt(key: Buffer, bytes: Buffer, boundTo: string): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 })
      .setAAD(Buffer.from(boundTo))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
  } catch {
    // The tag does not fit: another key, another binding, or changed bytes.
    return null;
  }
}
