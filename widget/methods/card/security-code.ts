/** The security code of a card (CVV, CVC, CID, CVE). */
import type { CardBrand } from './brands.ts';
import { digitsOf } from './card-number.ts';

export type SecurityCodeReading =
  | { readonly ok: true; readonly code: string }
  | { readonly ok: false; readonly code: 'required' | 'incomplete' };

/**
 * Three digits; four for American Express and while the brand is unknown. Three pass for American Express too:
 * LetPay’s own test card has three (GIT:docs/credit-card-testing.md), and the issuer decides anyway.
 */
export function readSecurityCode(text: string, brand: CardBrand | null): SecurityCodeReading {
  const code = digitsOf(text);
  if (!code) return { ok: false, code: 'required' };
  const longest = brand?.codeLength ?? 4;
  if (code.length < 3 || code.length > longest) return { ok: false, code: 'incomplete' };
  return { ok: true, code };
}
