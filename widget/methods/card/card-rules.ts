/**
 * What makes a CardEntry right: brands, check digits, dates, grouping. A file of its own in the build, loaded once the
 * fields are on screen: nobody needs a check digit before the first digit.
 */
import { holdsCardNumber } from '../../../server/contract/card-number.ts';
import type { FormSubmission } from '../../checkout/card-authentication.ts';
import type { Failure } from '../../checkout/state.ts';
import { brandTile } from '../../drawing/brand-tile.ts';
import { MaskedInput } from '../../fields/masked-input.ts';
import type { CardField, FieldErrorCode } from '../../i18n/texts.ts';
import { type CardBrand, cardBrand, possibleBrands } from './brands.ts';
import { type CardEntry, cardFields, type TypedField } from './card-entry.ts';
import { digitsOf, formatCardNumber, readCardNumber } from './card-number.ts';
import { formatExpiry, readExpiry } from './expiry.ts';
import { readPastedCard } from './pasted-card.ts';
import { readSecurityCode } from './security-code.ts';

export { chosenPlan } from './installment-offers.ts';
export { installmentSelect } from './installment-select.ts';

/** The proxy takes no more, and no less (server/contract/person-name.ts). */
const holderLength = { min: 2, max: 100 };

function brandOf(entry: CardEntry): CardBrand | null {
  return cardBrand(digitsOf(entry.card_number));
}

/** How many digits the security code has; three while the brand is not decided. */
export function codeLengthOf(entry: CardEntry): 3 | 4 {
  return brandOf(entry)?.codeLength ?? 3;
}

/** The brand’s picture; while there are several, a neutral one that says which they are. */
export function tileOf(entry: CardEntry, locale: string): unknown {
  return brandTile(brandOf(entry), possibleBrands(digitsOf(entry.card_number)), locale);
}

/** A field’s text as it is shown: grouped, cut to what the field can hold. */
export function formatField(entry: CardEntry, field: TypedField, text: string): string {
  switch (field) {
    case 'card_number':
      return formatCardNumber(text);
    case 'card_expiry':
      return formatExpiry(text);
    case 'card_cvv':
      // What stands there already is not cut when the number turns out to be a Visa’s: it is marked.
      return digitsOf(text).slice(0, text === entry.card_cvv ? 4 : (brandOf(entry)?.codeLength ?? 4));
    case 'card_holder':
      return text.slice(0, holderLength.max);
  }
}

/** Every field as it is shown. */
export function formatEntry(entry: CardEntry): CardEntry {
  return {
    ...entry,
    card_number: formatField(entry, 'card_number', entry.card_number),
    card_expiry: formatField(entry, 'card_expiry', entry.card_expiry),
    card_cvv: formatField(entry, 'card_cvv', entry.card_cvv),
    card_holder: formatField(entry, 'card_holder', entry.card_holder),
  };
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
      const name = entry.card_holder.trim();
      if (name === '') return 'required';
      if (holdsCardNumber(name)) return 'invalid';
      return name.length >= holderLength.min && /\p{L}/u.test(name) ? null : 'incomplete';
    }
    case 'card_installments':
      return null;
  }
}

const errorCodes: readonly FieldErrorCode[] = ['required', 'incomplete', 'invalid', 'expired', 'too_long'];

/** Our field for a JSON Pointer into the body that was sent; null for what the shopper cannot change here. */
function fieldOfPointer(pointer: string): CardField | null {
  const name = pointer.slice(1);
  if (name === 'card_month' || name === 'card_year') return 'card_expiry';
  return cardFields.find(field => field === name) ?? null;
}

/** What the proxy or the PSP did not accept, as far as it can be changed here. */
export function refusedFields(fields: Failure['fields']): Map<CardField, FieldErrorCode> {
  return new Map(
    fields.flatMap(({ pointer, code }) => {
      const name = fieldOfPointer(pointer);
      return name ? [[name, errorCodes.find(word => word === code) ?? 'invalid'] as const] : [];
    }),
  );
}

/** What is wrong by field; empty when all can be sent. */
export function fieldErrorsOf(entry: CardEntry, now: Date): Map<CardField, FieldErrorCode> {
  return new Map(
    cardFields.flatMap(name => {
      const code = fieldErrorOf(entry, name, now);
      return code ? [[name, code] as const] : [];
    }),
  );
}

/** The body to send; null while a field is wrong. */
export function cardSubmission(entry: CardEntry, now: Date, isDebit: boolean): FormSubmission | null {
  const number = readCardNumber(entry.card_number);
  const expiry = readExpiry(entry.card_expiry, now);
  const security = readSecurityCode(entry.card_cvv, brandOf(entry));
  if (!number.ok || !expiry.ok || !security.ok) return null;
  const card = {
    card_number: number.digits,
    card_holder: entry.card_holder.trim(),
    card_cvv: security.code,
    card_month: expiry.month,
    card_year: expiry.year,
  };
  return isDebit
    ? { method: 'DEBITCARD', ...card }
    : { method: 'CREDITCARD', ...card, card_installments: Number(entry.card_installments) };
}

/** Listeners that keep the fields grouped. `entry` is asked at every edit: the brand decides the code’s length. */
export function createMasks(
  entry: () => CardEntry,
  onText: (field: TypedField, text: string) => void,
): Readonly<Record<TypedField, MaskedInput>> {
  const mask = (field: TypedField, onPaste?: (text: string) => string) =>
    new MaskedInput(
      text => formatField(entry(), field, text),
      text => {
        // What the PSP refused stays marked until it is changed.
        if (text !== entry()[field]) onText(field, text);
      },
      onPaste,
    );
  const takeLine = (text: string) => {
    const { number, expiry } = readPastedCard(text);
    if (expiry && !entry().card_expiry) onText('card_expiry', formatExpiry(expiry));
    return number === digitsOf(text) ? text : number;
  };
  return {
    card_number: mask('card_number', takeLine),
    card_expiry: mask('card_expiry'),
    card_cvv: mask('card_cvv'),
    card_holder: mask('card_holder'),
  };
}
