/**
 * Records as text. With a STORE_KEY the record is sealed with AES-256-GCM, bound to its checkout, so that a copied
 * database file tells nobody who bought what: the payer’s name and tax id stand in the order, and again in a boleto’s page.
 * Stored cards likewise, bound to their person.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import type { FiledCard } from '../checkout/filed-card.ts';
import type { CardCodec } from './card-file.ts';

export interface RecordCodec extends CardCodec {
  encode(record: CheckoutRecord): string;
  /** Throws for a record that was sealed with another key, or for another checkout. */
  decode(text: string): CheckoutRecord;
}

interface Sealed {
  readonly token: string;
  /** Base64 of nonce (12 bytes), tag (16 bytes) and the record. */
  readonly sealed: string;
}

/** `key`: any secret text; its SHA-256 is the AES key. Null keeps the data as it is. */
export function recordCodec(key: string | null): RecordCodec {
  const aesKey = key === null ? null : createHash('sha256').update(key).digest();

  function seal(aes: Buffer, text: string, boundTo: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', aes, iv).setAAD(Buffer.from(boundTo));
    const body = Buffer.concat([cipher.update(text), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
  }

  function open(sealed: string, boundTo: string): string {
    if (aesKey === null) throw new Error('This record is sealed, and no STORE_KEY is set.');
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', aesKey, bytes.subarray(0, 12))
      .setAAD(Buffer.from(boundTo))
      .setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
  }

  return {
    encode(record) {
      const text = JSON.stringify(record);
      if (aesKey === null) return text;
      const { token } = record;
      return JSON.stringify({ token, sealed: seal(aesKey, text, token) } satisfies Sealed);
    },
    decode(text) {
      const stored: CheckoutRecord | Sealed = JSON.parse(text);
      return 'sealed' in stored ? JSON.parse(open(stored.sealed, stored.token)) : stored;
    },
    encodeCard(personId, card) {
      const text = JSON.stringify(card);
      return aesKey === null ? text : JSON.stringify({ sealed: seal(aesKey, text, `person ${personId}`) });
    },
    decodeCard(personId, text) {
      const stored: FiledCard | Pick<Sealed, 'sealed'> = JSON.parse(text);
      return 'sealed' in stored ? JSON.parse(open(stored.sealed, `person ${personId}`)) : stored;
    },
  };
}
