/**
 * Records as text. With a STORE_KEY the payer’s data (names, tax id, address) is sealed with AES-256-GCM, bound to its
 * checkout, so that a copied database file tells nobody who bought what.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { CheckoutRecord } from '../checkout/checkout.ts';

export interface RecordCodec {
  encode(record: CheckoutRecord): string;
  decode(text: string): CheckoutRecord;
}

/** `key`: any secret text; its SHA-256 is the AES key. Null keeps the data as it is. */
export function recordCodec(key: string | null): RecordCodec {
  if (key === null) return { encode: record => JSON.stringify(record), decode: text => JSON.parse(text) };
  const aesKey = createHash('sha256').update(key).digest();
  return {
    encode(record) {
      if (record.order === null) return JSON.stringify(record);
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', aesKey, iv).setAAD(Buffer.from(record.token));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(record.order)), cipher.final()]);
      return JSON.stringify({
        ...record,
        order: Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64'),
      });
    },
    decode(text) {
      const record: CheckoutRecord & { order: unknown } = JSON.parse(text);
      if (typeof record.order !== 'string') return record;
      const bytes = Buffer.from(record.order, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', aesKey, bytes.subarray(0, 12))
        .setAAD(Buffer.from(record.token))
        .setAuthTag(bytes.subarray(12, 28));
      const order = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString();
      return { ...record, order: JSON.parse(order) };
    },
  };
}
