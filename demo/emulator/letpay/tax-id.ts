/** Brazilian tax ids: CPF (11 digits) and CNPJ (14, letters allowed since July 2026, IN RFB 2.229/2024). */
import { sandboxTaxIds } from './outcome.ts';

/** Without the punctuation people write. */
export const normalTaxId = (text: string): string => text.replace(/[.\-/\s]/g, '').toUpperCase();

export function isBrazilianTaxId(taxId: string): boolean {
  if (sandboxTaxIds.has(taxId)) return true;
  if (/^(.)\1*$/.test(taxId)) return false;
  if (/^\d{11}$/.test(taxId)) return hasCheckDigits(taxId, length => length + 1);
  return /^[0-9A-Z]{12}\d{2}$/.test(taxId) && hasCheckDigits(taxId, () => 9);
}

/**
 * Both ids end in two mod 11 digits over what stands before them, with weights that rise from 2 at the right; they start
 * again after `top`, which for a CPF is never reached.
 */
function hasCheckDigits(taxId: string, top: (length: number) => number): boolean {
  return [taxId.length - 2, taxId.length - 1].every(length => {
    const cycle = top(length) - 1;
    const sum = [...taxId.slice(0, length)].reverse().reduce((total, character, index) => {
      return total + (character.charCodeAt(0) - 48) * ((index % cycle) + 2);
    }, 0);
    const remainder = sum % 11;
    return taxId[length] === String(remainder < 2 ? 0 : 11 - remainder);
  });
}
