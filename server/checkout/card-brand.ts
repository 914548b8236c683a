/** The brand of a card by its first digits, in the words of card-validator (`visa`, `american-express`, `elo` …). */
import { cardNumber } from 'card-validator/dist/card-number.js';

/** `unknown` where no brand, or more than one, has the number. */
export function cardBrandOf(digits: string): string {
  return cardNumber(digits).card?.type ?? 'unknown';
}
