/** Names of people as they are sent. They go to the PSP in the clear and are shown in its pages: never a card’s number. */
import { z } from 'zod';
import { holdsCardNumber } from './card-number.ts';

/** At most `max` characters. */
export function personName(max: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine(name => !holdsCardNumber(name), { error: 'must be a name, not a card number', abort: true });
}

/** The holder’s name as it stands on the card. */
export const cardHolder = personName(100)
  .min(2)
  .refine(name => /\p{L}/u.test(name), 'must be a name: it has no letter');
