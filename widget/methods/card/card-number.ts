/** A card number as people type, paste and autofill it, and as it is sent. */
import { type CardBrand, cardBrand, possibleBrands } from './brands.ts';

export type CardNumberReading =
  | { readonly ok: true; readonly digits: string; readonly brand: CardBrand | null }
  | { readonly ok: false; readonly code: 'required' | 'incomplete' | 'invalid' };

/** ISO/IEC 7812-1: at most 19 digits. The proxy takes 12 and more. */
const anyBrand = { gaps: [4, 8, 12], lengths: [12, 13, 14, 15, 16, 17, 18, 19] };

/** The digits of a text, in ASCII: full-width digits count, every separator falls away. */
export function digitsOf(text: string): string {
  return text.normalize('NFKC').replace(/\D/g, '');
}

/** Groups the digits by brand (4-4-4-4, Amex 4-6-5, Diners 4-6-4) and cuts what no number of the brand can hold. */
export function formatCardNumber(text: string): string {
  const digits = digitsOf(text);
  const brand = cardBrand(digits);
  const lengths = brand?.lengths ?? possibleBrands(digits).flatMap(({ lengths }) => lengths);
  const { gaps } = brand ?? anyBrand;
  return [...digits.slice(0, Math.max(...(lengths.length > 0 ? lengths : anyBrand.lengths)))]
    .map((digit, i) => (gaps.includes(i) ? ` ${digit}` : digit))
    .join('');
}

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 1; i <= digits.length; i++) {
    const digit = Number(digits.at(-i));
    sum += i % 2 === 0 ? ((digit * 2) % 10) + Number(digit > 4) : digit;
  }
  return sum % 10 === 0;
}

/** Checks length and check digit (ISO/IEC 7812-1 annex B, “Luhn”). UnionPay issues numbers without a check digit. */
export function readCardNumber(text: string): CardNumberReading {
  const digits = digitsOf(text);
  if (!digits) return { ok: false, code: 'required' };
  const brand = cardBrand(digits);
  const { lengths } = brand ?? anyBrand;
  if (!lengths.includes(digits.length)) {
    return { ok: false, code: digits.length < Math.max(...lengths) ? 'incomplete' : 'invalid' };
  }
  if (brand?.id !== 'unionpay' && !luhn(digits)) return { ok: false, code: 'invalid' };
  return { ok: true, digits, brand };
}
