/**
 * Ids that hold a card number by mistake: an Idempotency-Key or a request id that somebody made of what the shopper typed.
 * Ids are full of digits, so this asks for more than a check digit: UUIDs, hashes, dates and counters must pass, or one call
 * in some thousands would be refused for nothing.
 */
import { isCardNumber } from './contract/card-number.ts';

/** How the numbers of the card schemes begin: 3 to 6, and of 16 digits 22 to 28 (Mastercard, Mir, Carnet). */
const ofScheme = /^(?:[3-6]\d{12,18}|2[2-8]\d{14})$/;
/** As it is printed: 4-4-4-4, up to three digits more, or 4-6-5 and 4-6-4 (American Express, Diners Club). */
const printed =
  /(?<![A-Za-z\d])\d{4}([ ._-])(?:\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,3})?|\d{6}\1\d{4,5})(?![A-Za-z\d])/g;
const hexWithLetter = /^(?=.*[a-f])[\da-f]+$/i;

export function holdsCardLikeNumber(id: string): boolean {
  const words = id.match(/[A-Za-z\d]+/g) ?? [];
  const runs = words.filter(word => !hexWithLetter.test(word)).flatMap(word => word.match(/\d+/g) ?? []);
  const groups = (id.match(printed) ?? []).map(text => text.replace(/\D/g, ''));
  return [...runs, ...groups].some(digits => ofScheme.test(digits) && isCardNumber(digits));
}
