/**
 * Records as text. With a STORE_KEY the record is sealed with AES-256-GCM, bound to its checkout, so that a copied
 * database file tells nobody who bought what: the payer’s name and tax id stand in the order, and again in a boleto’s page.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { CheckoutRecord } from '../checkout/checkout.ts';

export interface RecordCodec {
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
  return {
    encode(record) {
      const text = JSON.stringify(record);
      if (aesKey === null) return text;
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', aesKey, iv).setAAD(Buffer.from(record.token));
      const body = Buffer.concat([cipher.update(text), cipher.final()]);
      const sealed = Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
      return JSON.stringify({ token: record.token, sealed } satisfies Sealed);
    },
    decode(text) {
      const stored: CheckoutRecord | Sealed = JSON.parse(text);
      if (!('sealed' in stored)) return stored;
      if (aesKey === null) throw new Error('This record is sealed, and no STORE_KEY is set.');
      const bytes = Buffer.from(stored.sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', aesKey, bytes.subarray(0, 12))
        .setAAD(Buffer.from(stored.token))
        .setAuthTag(bytes.subarray(12, 28));
      return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString());
    },
  };
}
