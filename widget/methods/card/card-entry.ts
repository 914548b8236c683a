/**
 * What the shopper entered about a card. Card number and security code live in this object, in the fields on screen, and
 * in the one request: nowhere else.
 */
import type { CardField } from '../../i18n/texts.ts';

export interface CardEntry {
  readonly card_number: string;
  readonly card_expiry: string;
  readonly card_cvv: string;
  readonly card_holder: string;
  /** A whole number as text, as a select holds it. */
  readonly card_installments: string;
}

/** The fields that are typed into. */
export type TypedField = Exclude<CardField, 'card_installments'>;

/** In the order on screen. */
export const emptyEntry: CardEntry = {
  card_number: '',
  card_expiry: '',
  card_cvv: '',
  card_holder: '',
  card_installments: '1',
};

export const cardFields = Object.keys(emptyEntry) as CardField[];
