/**
 * The boleto's 47-digit line and 44-digit bar code (FEBRABAN collection layout; `research/psp-api-facts.md` section 9.1).
 * Bank 001 is the one in LetPay's own samples.
 */
import { dayMs } from './dates.ts';

const bank = '001';
const real = '9';

export interface Boleto {
  /** 44 digits. */
  readonly barcode: string;
  /** 47 digits without punctuation (the linha digitável). */
  readonly line: string;
}

/** @param amount minor units, at most ten digits. @param dueDate `YYYY-MM-DD`. @param freeField 25 digits. */
export function boleto(amount: number, dueDate: string, freeField: string): Boleto {
  const tail = dueFactor(dueDate) + String(amount).padStart(10, '0') + freeField;
  const general = mod11(bank + real + tail);
  const fields = [bank + real + freeField.slice(0, 5), freeField.slice(5, 15), freeField.slice(15)];
  return {
    barcode: bank + real + general + tail,
    line: `${fields.map(digits => digits + mod10(digits)).join('')}${general}${tail.slice(0, 14)}`,
  };
}

/** `AAAAA.AAAAA BBBBB.BBBBBB CCCCC.CCCCCC D EEEEEEEEEEEEEE`, as printed on paper. */
export function printedLine(line: string): string {
  return line.replace(/^(.{5})(.{5})(.{5})(.{6})(.{5})(.{6})(.)(.{14})$/, '$1.$2 $3.$4 $5.$6 $7 $8');
}

/** Days since 1997-10-07; after 9999 (2025-02-21) the count starts again at 1000. */
function dueFactor(date: string): string {
  const days = Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse('1997-10-07T00:00:00Z')) / dayMs);
  return String(days > 9_999 ? ((days - 1_000) % 9_000) + 1_000 : days).padStart(4, '0');
}

function mod10(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const product = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

/** Weights 2 to 9 from the right; 0, 10 and 11 become 1, so that this digit is never 0. */
function mod11(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * ((index % 8) + 2), 0);
  const digit = 11 - (sum % 11);
  return String(digit > 9 ? 1 : digit);
}
