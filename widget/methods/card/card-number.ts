/** A card number as people type, paste and autofill it, and as it is sent. */
import { cardNumber } from 'card-validator/dist/card-number.js';
import { isCardNumber } from '../../../server/contract/card-number.ts';
import { type CardBrand, cardBrand } from './brands.ts';

export type CardNumberReading =
  | { readonly ok: true; readonly digits: string; readonly brand: CardBrand | null }
  | { readonly ok: false; readonly code: 'required' | 'incomplete' | 'invalid' };

/** ISO/IEC 7812-1: at most 19 digits. The proxy takes 12 and more. */
const anyBrand = { gaps: [4, 8, 12, 16], lengths: [12, 13, 14, 15, 16, 17, 18, 19] };

/** The digits of a text, in ASCII: full-width digits count, every separator falls away. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

/**
 * Groups the digits by brand (4-4-4-4, Amex 4-6-5, Diners 4-6-4) and cuts what no number of the brand can hold. A number
 * whose brand is not decided yet has fewer digits than any.
 */
export function formatCardNumber(text: string): string {
  const digits = digitsOf(text);
  const { gaps, lengths } = cardBrand(digits) ?? anyBrand;
  return [...digits.slice(0, Math.max(...lengths))]
    .map((digit, i) => (gaps.includes(i) ? ` ${digit}` : digit))
    .join('');
}

/**
 * Checks length and check digit (ISO/IEC 7812-1 annex B, “Luhn”). card-validator lets UnionPay pass without one, as its
 * issuers do; of the brands that it does not know it checks nothing, so they are held to the digit alone.
 */
export function readCardNumber(text: string): CardNumberReading {
  const digits = digitsOf(text);
  if (!digits) return { ok: false, code: 'required' };
  const brand = cardBrand(digits);
  const { lengths } = brand ?? anyBrand;
  if (!lengths.includes(digits.length)) {
    return { ok: false, code: digits.length < Math.max(...lengths) ? 'incomplete' : 'invalid' };
  }
  if (!cardNumber(digits).isValid && !isCardNumber(digits)) return { ok: false, code: 'invalid' };
  return { ok: true, digits, brand };
}
