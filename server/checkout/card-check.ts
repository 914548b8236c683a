/**
 * What can be told about a card without asking anybody: check digit, length of the code, expiry. Saves the shopper a
 * round trip and the merchant a declined try.
 */
import { isCardNumber } from '../contract/card-number.ts';
import type { FieldProblem } from '../contract/problem.ts';
import type { NewCardSubmission, Submission } from '../contract/submission.ts';
import { ProblemError } from '../problem.ts';

type CardData = Pick<NewCardSubmission, 'card_number' | 'card_month' | 'card_year'>;

/** Throws `validation_failed` with every wrong field at once. `now` in ms. */
export function assertCardIsPlausible(submission: Submission | CardData, now: number): void {
  if (!('card_number' in submission)) return;
  const errors: FieldProblem[] = [];
  // Only the check digit: the library’s brand table lacks Latin American ranges, and the PSP knows its brands.
  if (!isCardNumber(submission.card_number)) {
    errors.push({ pointer: '/card_number', code: 'invalid', detail: 'is not a card number' });
  }
  if (!lastsUntil(submission.card_year, submission.card_month, now)) {
    errors.push({ pointer: '/card_year', code: 'expired', detail: 'lies in the past' });
  }
  if (errors.length > 0)
    throw new ProblemError('validation_failed', 'The card cannot be right; `errors` says why.', { errors });
}

/** A card is good through the last day of its month, wherever on Earth that day ends last. */
export function lastsUntil(year: number, month: number, now: number): boolean {
  const twelveHours = 12 * 60 * 60_000;
  return Date.UTC(year, month, 1) + twelveHours > now;
}
