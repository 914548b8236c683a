/**
 * The linha digitável of a boleto: 47 digits of a bank (FEBRABAN “Layout Padrão do Código de Barras”), or 48 of a
 * collection slip (FEBRABAN “Layout Padrão de Arrecadação/Recebimento” v4). Positions in comments count from 1, as there.
 */

export type BoletoReading =
  | {
      readonly ok: true;
      /** The 44 digits that the bars carry. */
      readonly barcode: string;
      /** Clearing code of three digits; null on a collection slip. */
      readonly bank: string | null;
      /** In centavos; null when the line names none. */
      readonly amount: number | null;
      /** `YYYY-MM-DD`; null when the line names none. */
      readonly dueDate: string | null;
    }
  | { readonly ok: false; readonly code: 'length' | 'field_digit' | 'general_digit' };

const dayMs = 86_400_000;
/** Day 0 of the due factor. */
const factorEpoch = Date.UTC(1997, 9, 7);
/** After 9999 (2025-02-21) the factor started again at 1000. */
const factorCycle = 9000;

/** Sum over the digits from the right, each with its own weight. */
function weigh(digits: string, term: (digit: number, fromRight: number) => number): number {
  return [...digits].reduce((sum, digit, i) => sum + term(Number(digit), digits.length - 1 - i), 0);
}

/** Weights 2, 1, 2, 1 from the right; of a product of two digits both are added. */
function modulo10(digits: string): number {
  const sum = weigh(digits, (digit, i) => (i % 2 === 0 ? ((digit * 2) % 10) + Number(digit > 4) : digit));
  return (10 - (sum % 10)) % 10;
}

/** Weights 2 to 9 from the right; what stands for 0, 10 and 11 is left to the caller. */
function modulo11(digits: string): number {
  return 11 - (weigh(digits, (digit, i) => digit * (2 + (i % 8))) % 11);
}

/** FEBRABAN: a bank slip has no general check digit 0. */
function bankDigit(digits: string): number {
  const digit = modulo11(digits);
  return digit > 9 ? 1 : digit;
}

/** FEBRABAN collection slips: remainder 0 or 1 gives 0. (Remainder 10 gives 1 by the same subtraction.) */
function collectionDigit(digits: string): number {
  const digit = modulo11(digits);
  return digit > 9 ? 0 : digit;
}

function endsInDigit(field: string, digitOf: (digits: string) => number): boolean {
  return digitOf(field.slice(0, -1)) === Number(field.slice(-1));
}

/** The general check digit stands inside the code and covers all the other digits. */
function holdsDigit(barcode: string, position: number, digitOf: (digits: string) => number): boolean {
  return digitOf(barcode.slice(0, position) + barcode.slice(position + 1)) === Number(barcode[position]);
}

/** A factor names one day in every 9000: the one nearest to `near` is meant. */
function dueDateOf(factor: number, near: Date): string | null {
  if (factor === 0) return null;
  const first = factorEpoch + factor * dayMs;
  const cycle = Math.max(0, Math.round((near.getTime() - first) / (factorCycle * dayMs)));
  return new Date(first + cycle * factorCycle * dayMs).toISOString().slice(0, 10);
}

function readBankLine(digits: string, near: Date): BoletoReading {
  const fields = [digits.slice(0, 10), digits.slice(10, 21), digits.slice(21, 32)];
  if (!fields.every(field => endsInDigit(field, modulo10))) return { ok: false, code: 'field_digit' };
  const free = digits.slice(4, 9) + digits.slice(10, 20) + digits.slice(21, 31);
  const barcode = digits.slice(0, 4) + digits.slice(32) + free;
  if (!holdsDigit(barcode, 4, bankDigit)) return { ok: false, code: 'general_digit' };
  return {
    ok: true,
    barcode,
    bank: digits.slice(0, 3),
    amount: Number(barcode.slice(9, 19)) || null,
    dueDate: dueDateOf(Number(barcode.slice(5, 9)), near),
  };
}

/** Position 3: 6 and 8 carry reais, 7 and 9 something else; 6 and 7 check by modulo 10, 8 and 9 by modulo 11. */
function collectionDigitOf(barcode: string): (digits: string) => number {
  return /[67]/.test(barcode[2] ?? '') ? modulo10 : collectionDigit;
}

function readCollectionLine(digits: string): BoletoReading {
  const fields = [0, 12, 24, 36].map(at => digits.slice(at, at + 12));
  const barcode = fields.map(field => field.slice(0, -1)).join('');
  const digitOf = collectionDigitOf(barcode);
  if (!fields.every(field => endsInDigit(field, digitOf))) return { ok: false, code: 'field_digit' };
  if (!holdsDigit(barcode, 3, digitOf)) return { ok: false, code: 'general_digit' };
  const amount = /[68]/.test(barcode[2] ?? '') ? Number(barcode.slice(4, 15)) || null : null;
  return { ok: true, barcode, bank: null, amount, dueDate: null };
}

/** The line of a barcode of 44 digits: its digits in fields, each with a check digit of its own. */
function lineOf(barcode: string): string {
  if (barcode.startsWith('8')) {
    const digitOf = collectionDigitOf(barcode);
    return [0, 11, 22, 33].map(at => withDigit(barcode.slice(at, at + 11), digitOf)).join('');
  }
  const free = barcode.slice(19);
  const fields = [barcode.slice(0, 4) + free.slice(0, 5), free.slice(5, 15), free.slice(15)];
  return fields.map(field => withDigit(field, modulo10)).join('') + barcode.slice(4, 19);
}

function withDigit(field: string, digitOf: (digits: string) => number): string {
  return field + digitOf(field);
}

/** The digits of the line, also where the PSP gave those of the bars: apps and tills want the line. */
export function boletoLineDigits(text: string): string {
  const digits = text.replace(/\D/g, '');
  return digits.length === 44 ? lineOf(digits) : digits;
}

/** Reads a line, or the 44 digits of the bars, with or without dots, dashes and spaces. `near` is when it was issued, or now. */
export function readBoletoLine(text: string, near: Date): BoletoReading {
  const digits = boletoLineDigits(text);
  if (digits.length === 47) return readBankLine(digits, near);
  if (digits.length === 48 && digits.startsWith('8')) return readCollectionLine(digits);
  return { ok: false, code: 'length' };
}

/** As banks print it: `AAAAA.AAAAA BBBBB.BBBBBB CCCCC.CCCCCC D EEEEEEEEEEEEEE`, or four groups of a collection slip. */
export function formatBoletoLine(digits: string): string {
  return digits
    .replace(/^(\d{5})(\d{5})(\d{5})(\d{6})(\d{5})(\d{6})(\d)(\d{14})$/, '$1.$2 $3.$4 $5.$6 $7 $8')
    .replace(/^(\d{11})(\d)(\d{11})(\d)(\d{11})(\d)(\d{11})(\d)$/, '$1-$2 $3-$4 $5-$6 $7-$8');
}
