/**
 * What makes a CardEntry right: brands, check digits, dates, grouping. A file of its own in the build, loaded once the
 * fields are on screen: nobody needs a check digit before the first digit.
 */
import type { NewCardSubmission } from '../../../server/contract/submission.ts';
import { MaskedInput } from '../../fields/masked-input.ts';
import type { CardField, FieldErrorCode } from '../../i18n/texts.ts';
import { type CardBrand, possibleBrands } from './brands.ts';
import type { CardEntry, TypedField } from './card-entry.ts';
import { digitsOf, formatCardNumber, readCardNumber } from './card-number.ts';
import { formatExpiry, readExpiry } from './expiry.ts';
import { readSecurityCode } from './security-code.ts';

export { brandTile } from '../../drawing/brand-tile.ts';
export { offersOf, offerWords } from './installment-offers.ts';

/** The proxy takes no more, and no less (server/contract/submission.ts). */
const holderLength = { min: 2, max: 100 };

/** The likeliest brand so far; null while none is known. */
export function brandOf(entry: CardEntry): CardBrand | null {
  return possibleBrands(digitsOf(entry.card_number))[0] ?? null;
}

/** A field’s text as it is shown: grouped, cut to what the field can hold. */
export function formatField(entry: CardEntry, field: TypedField, text: string): string {
  switch (field) {
    case 'card_number':
      return formatCardNumber(text);
    case 'card_expiry':
      return formatExpiry(text);
    case 'card_cvv':
      return digitsOf(text).slice(0, brandOf(entry)?.codeLength ?? 4);
    case 'card_holder':
      return text.slice(0, holderLength.max);
  }
}

/** Null when the field can be sent as it is. */
export function fieldErrorOf(entry: CardEntry, field: CardField, now: Date): FieldErrorCode | null {
  switch (field) {
    case 'card_number': {
      const reading = readCardNumber(entry.card_number);
      return reading.ok ? null : reading.code;
    }
    case 'card_expiry': {
      const reading = readExpiry(entry.card_expiry, now);
      return reading.ok ? null : reading.code;
    }
    case 'card_cvv': {
      const reading = readSecurityCode(entry.card_cvv, brandOf(entry));
      return reading.ok ? null : reading.code;
    }
    case 'card_holder': {
      const { length } = entry.card_holder.trim();
      return length >= holderLength.min ? null : length === 0 ? 'required' : 'incomplete';
    }
    case 'card_installments':
      return null;
  }
}

/** The body to send, or null while a field is wrong. */
export function cardSubmission(entry: CardEntry, now: Date): NewCardSubmission | null {
  const number = readCardNumber(entry.card_number);
  const expiry = readExpiry(entry.card_expiry, now);
  const security = readSecurityCode(entry.card_cvv, brandOf(entry));
  if (!number.ok || !expiry.ok || !security.ok) return null;
  return {
    method: 'CREDITCARD',
    card_number: number.digits,
    card_holder: entry.card_holder.trim(),
    card_cvv: security.code,
    card_month: expiry.month,
    card_year: expiry.year,
    card_installments: Number(entry.card_installments),
  };
}

/** Listeners that keep the fields grouped. `entry` is asked at every edit: the brand decides the code’s length. */
export function createMasks(
  entry: () => CardEntry,
  onText: (field: TypedField, text: string) => void,
): Readonly<Record<TypedField, MaskedInput>> {
  const mask = (field: TypedField) =>
    new MaskedInput(
      text => formatField(entry(), field, text),
      text => onText(field, text),
    );
  return {
    card_number: mask('card_number'),
    card_expiry: mask('card_expiry'),
    card_cvv: mask('card_cvv'),
    card_holder: mask('card_holder'),
  };
}
