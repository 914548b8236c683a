/**
 * CPF and CNPJ, the Brazilian tax ids: what is wrong with one, how it is written, how it is sent.
 *
 * The CNPJ has had letters since July 2026 (Instrução Normativa RFB 2.229/2024): twelve of `0-9A-Z` and two check digits. A
 * character counts as its code less that of `0`, and the weights are those of before, so that old numbers stay as they are.
 */

export type TaxIdKind = 'CPF' | 'CNPJ';

export type TaxIdReading =
  | { readonly ok: true; readonly kind: TaxIdKind; readonly value: string }
  /** `kind` is what it was meant to be, null where its length does not tell. */
  | { readonly ok: false; readonly kind: TaxIdKind | null; readonly wrong: 'length' | 'digits' };

/** LetPay’s sandbox decides by these what becomes of a payment (“Simulate status”, classic). They are nobody’s CPF. */
const sandboxIds: readonly string[] = ['00000000000', '11111111111', '22222222222'];

/** Letters and digits alone, upper case, as LetPay takes them. */
export function bareTaxId(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase();
}

/** Modulo 11 with weights that count up from 2 at the right and begin again after `highest`. */
function checkDigit(characters: string, highest: number): number {
  const sum = [...characters]
    .reverse()
    .reduce((total, character, at) => total + (character.charCodeAt(0) - 48) * (2 + (at % (highest - 1))), 0);
  const rest = sum % 11;
  return rest < 2 ? 0 : 11 - rest;
}

function hasCheckDigits(value: string, highest: number): boolean {
  const body = value.slice(0, -2);
  const first = checkDigit(body, highest);
  return value.endsWith(`${first}${checkDigit(`${body}${first}`, highest)}`);
}

/** A number of one digit repeated passes the arithmetic, and is nobody’s. */
function isRepeated(value: string): boolean {
  return new Set(value).size === 1;
}

/** `allowsSandbox`: the ids by which the sandbox decides count too. */
export function readTaxId(text: string, allowsSandbox: boolean): TaxIdReading {
  const value = bareTaxId(text);
  if (/^\d{11}$/.test(value)) {
    const isGood = hasCheckDigits(value, 11) && !isRepeated(value);
    return isGood || (allowsSandbox && sandboxIds.includes(value))
      ? { ok: true, kind: 'CPF', value }
      : { ok: false, kind: 'CPF', wrong: 'digits' };
  }
  if (/^[0-9A-Z]{12}\d\d$/.test(value)) {
    return hasCheckDigits(value, 9) && !isRepeated(value)
      ? { ok: true, kind: 'CNPJ', value }
      : { ok: false, kind: 'CNPJ', wrong: 'digits' };
  }
  // Who writes a letter, or more than a CPF has, means a CNPJ.
  return { ok: false, kind: /[A-Z]|.{12}/.test(value) ? 'CNPJ' : null, wrong: 'length' };
}

/** `397.840.450-87`, `12.ABC.345/01DE-35`; what is neither comes back as it was typed. */
export function formatTaxId(text: string): string {
  const value = bareTaxId(text);
  if (/^\d{11}$/.test(value)) return value.replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4');
  if (/^[0-9A-Z]{12}\d\d$/.test(value)) return value.replace(/(..)(...)(...)(....)(..)/, '$1.$2.$3/$4-$5');
  return text;
}
