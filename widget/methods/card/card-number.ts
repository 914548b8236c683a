/** A card number as people type, paste and autofill it, and as it is sent. */
import { isCardNumber } from '../../../server/contract/card-number.ts';
import { type CardBrand, cardBrand } from './brands.ts';

export type CardNumberReading =
  | { readonly ok: true; readonly digits: string; readonly brand: CardBrand | null }
  | { readonly ok: false; readonly code: 'required' | 'incomplete' | 'invalid' | 'too_long' };

/** ISO/IEC 7812-1: at most 19 digits. The proxy takes 12 and more. */
const anyBrand = { gaps: [4, 8, 12, 16], lengths: [12, 13, 14, 15, 16, 17, 18, 19] };

/** Two numbers in one field can be seen; a whole page cannot. */
const mostShown = 40;

/** The digits of a text, in ASCII: full-width digits count, every separator falls away. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

/**
 * Groups the digits by brand (4-4-4-4, Amex 4-6-5, Diners 4-6-4). What no number can hold stays visible: cut, it would be
 * another number.
 */
export function formatCardNumber(text: string): string {
  const digits = digitsOf(text);
  const { gaps } = cardBrand(digits) ?? anyBrand;
  return [...digits.slice(0, mostShown)].map((digit, i) => (gaps.includes(i) ? ` ${digit}` : digit)).join('');
}

/**
 * Checks length and check digit (ISO/IEC 7812-1 annex B, “Luhn”), by the rule of the proxy. Some numbers of UnionPay have
 * none; LetPay takes no UnionPay.
 */
export function readCardNumber(text: string): CardNumberReading {
  const digits = digitsOf(text);
  if (!digits) return { ok: false, code: 'required' };
  const brand = cardBrand(digits);
  const { lengths } = brand ?? anyBrand;
  if (!lengths.includes(digits.length)) {
    return { ok: false, code: digits.length < Math.max(...lengths) ? 'incomplete' : 'too_long' };
  }
  if (!isCardNumber(digits)) return { ok: false, code: 'invalid' };
  return { ok: true, digits, brand };
}
