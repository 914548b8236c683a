/**
 * Records as text. With a STORE_KEY the record is sealed, bound to its checkout, so that a copied database file tells nobody
 * who bought what: the payer’s name and tax id stand in the order, and again in a boleto’s page. Stored cards likewise, bound
 * to their person.
 */
import type { CheckoutRecord } from '../checkout/checkout-record.ts';
import type { FiledCard } from '../checkout/filed-card.ts';
import type { CardCodec } from './card-file.ts';
import { createSealing, type SealedText, type Sealing } from './sealing.ts';

/** A store unlocks `sealing` before it encodes or decodes anything. */
export interface RecordCodec extends CardCodec {
  readonly sealing: Sealing;
  encode(record: CheckoutRecord): string;
  /** Throws for a record that was sealed with another key, or for another checkout. */
  decode(text: string): CheckoutRecord;
  /** The same record sealed with the first key; null when it is already. */
  resealed(text: string): string | null;
  /** The same for a card. */
  resealedCard(personId: string, text: string): string | null;
  /** What is sealed in the text of a record or of a person’s card; null when it is not sealed. */
  sealedIn(text: string, personId?: string): SealedText | null;
}

interface Sealed {
  readonly token: string;
  /** By `Sealing.seal`. */
  readonly sealed: string;
}

/** `key`: STORE_KEY. Null keeps the data as it is. */
export function recordCodec(key: string | null): RecordCodec {
  const sealing = createSealing(key);
  const sealedRecord = (token: string, text: string) =>
    JSON.stringify({ token, sealed: sealing.seal(text, token) } satisfies Sealed);
  const sealedCard = (personId: string, text: string) =>
    JSON.stringify({ sealed: sealing.seal(text, boundToPerson(personId)) });

  function sealedIn(text: string, personId?: string): SealedText | null {
    const stored: Partial<Sealed> = JSON.parse(text);
    if (stored.sealed === undefined) return null;
    return {
      sealed: stored.sealed,
      boundTo: personId === undefined ? (stored.token ?? '') : boundToPerson(personId),
    };
  }

  function opened(text: string, personId?: string): string {
    const sealed = sealedIn(text, personId);
    return sealed ? sealing.open(sealed) : text;
  }

  function isCurrent(text: string, personId?: string): boolean {
    const sealed = sealedIn(text, personId);
    return sealed === null ? !sealing.isOn : sealing.isCurrent(sealed);
  }

  return {
    sealing,
    encode(record) {
      const text = JSON.stringify(record);
      return sealing.isOn ? sealedRecord(record.token, text) : text;
    },
    decode: text => JSON.parse(opened(text)),
    encodeCard(personId, card) {
      const text = JSON.stringify(card);
      return sealing.isOn ? sealedCard(personId, text) : text;
    },
    decodeCard: (personId, text): FiledCard => JSON.parse(opened(text, personId)),
    resealed(text) {
      if (isCurrent(text)) return null;
      const { token }: Pick<Sealed, 'token'> = JSON.parse(text);
      return sealedRecord(token, opened(text));
    },
    resealedCard: (personId, text) =>
      isCurrent(text, personId) ? null : sealedCard(personId, opened(text, personId)),
    sealedIn,
  };
}

/** Null for a record that cannot be read: among many, one of them must not stop the work on the others. */
export function readable(codec: RecordCodec, text: string): CheckoutRecord | null {
  try {
    return codec.decode(text);
  } catch {
    return null;
  }
}

function boundToPerson(personId: string): string {
  return `person ${personId}`;
}
