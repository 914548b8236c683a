/** Persons and their stored cards ("Token Payments"). Of a card only the last four digits are kept. */
import { type Random, uuid } from '../random.ts';
import type { Payer } from './payment.ts';

export interface SavedCard {
  /** `PER-` and a UUID. */
  readonly personId: string;
  /** `CAR-` and a UUID. */
  readonly cardId: string;
  readonly last4: string;
  readonly payer: Payer;
}

export interface SavedCards {
  /** Stores a card for a new person. */
  readonly add: (payer: Payer, last4: string) => SavedCard;
  readonly card: (cardId: string) => SavedCard | undefined;
  readonly cardsOf: (personId: string) => readonly SavedCard[];
  /** False for a person that is not known; a person whose cards are all gone is still known. */
  readonly knowsPerson: (personId: string) => boolean;
  readonly removeCard: (cardId: string) => void;
  readonly removePerson: (personId: string) => void;
  readonly clear: () => void;
}

export function createSavedCards(random: Random): SavedCards {
  const persons = new Set<string>();
  const cards = new Map<string, SavedCard>();
  const cardsOf = (personId: string) => [...cards.values()].filter(card => card.personId === personId);
  return {
    add(payer, last4) {
      const card = { personId: `PER-${uuid(random)}`, cardId: `CAR-${uuid(random)}`, last4, payer };
      persons.add(card.personId);
      cards.set(card.cardId, card);
      return card;
    },
    card: cardId => cards.get(cardId),
    cardsOf,
    knowsPerson: personId => persons.has(personId),
    removeCard(cardId) {
      cards.delete(cardId);
    },
    removePerson(personId) {
      persons.delete(personId);
      for (const { cardId } of cardsOf(personId)) cards.delete(cardId);
    },
    clear() {
      persons.clear();
      cards.clear();
    },
  };
}
