/**
 * Persons and their stored cards, found by the person, so that a card can only be had by who names its person.
 */
import type { FiledCard } from '../checkout/filed-card.ts';

export interface CardFile {
  /** Files a card under its person. A card that is there already is left with its person. */
  add(personId: string, card: FiledCard): Promise<void>;
  /** Oldest first. Null: no such person; a person whose cards are all gone has none. */
  cardsOf(personId: string): Promise<FiledCard[] | null>;
  removeCard(cardId: string): Promise<void>;
  /** With all cards. */
  removePerson(personId: string): Promise<void>;
}

/** Cards as text, sealed where records are. */
export interface CardCodec {
  encodeCard(personId: string, card: FiledCard): string;
  /** Throws for a card that was sealed with another key, or for another person. */
  decodeCard(personId: string, text: string): FiledCard;
}

export function oldestFirst(cards: readonly FiledCard[]): FiledCard[] {
  return cards.toSorted((a, b) => a.storedAt - b.storedAt || (a.cardId < b.cardId ? -1 : 1));
}
