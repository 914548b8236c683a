/**
 * Which stored cards a checkout offers: those of the person that the merchant named in the order, as long as they are good
 * and the order can still be paid. Nobody else’s can be seen, charged or removed from it.
 */
import type { SavedCard } from '../contract/checkout.ts';
import type { NewCardSubmission, Submission } from '../contract/submission.ts';
import type { Gateway } from '../gateways/gateway.ts';
import type { ProblemError } from '../problem.ts';
import type { Store } from '../store/store.ts';
import { cardBrandOf } from './card-brand.ts';
import { lastsUntil } from './card-check.ts';
import { isCheckoutPaid } from './checkout.ts';
import type { Charged, CheckoutRecord } from './checkout-record.ts';
import type { FiledCard } from './filed-card.ts';
import { pspUnavailable } from './psp-unavailable.ts';

export interface StoredCardDeps {
  readonly store: Store;
  readonly gatewayOf: (name: string) => Gateway;
  readonly now: () => number;
}

/** Oldest first. */
export async function offeredCards(
  { store, gatewayOf, now }: StoredCardDeps,
  record: CheckoutRecord,
): Promise<FiledCard[]> {
  const { publicPersonId: personId, order, methods } = record;
  // Without the order nothing can be charged, and a paid checkout has no use for cards.
  if (personId === null || order === null || isCheckoutPaid(record)) return [];
  if (!methods.includes('CREDITCARD') || gatewayOf(record.gateway).oneStep === null) return [];
  const cards = (await store.cards.cardsOf(personId)) ?? [];
  return cards.filter(card => lastsUntil(card.expYear, card.expMonth, now()));
}

/** What is kept of a card. The number is looked at here and goes no further. */
export function filedCard(
  card: Pick<NewCardSubmission, 'card_number' | 'card_month' | 'card_year'>,
  cardId: string,
  now: number,
): FiledCard {
  return {
    cardId,
    brand: cardBrandOf(card.card_number),
    last4: card.card_number.slice(-4),
    expMonth: card.card_month,
    expYear: card.card_year,
    storedAt: now,
  };
}

/** What may be shown of the card that a submission charges; undefined for what is no card, or not filed here. */
export async function shownCard(
  store: Store,
  { publicPersonId, tokenPayment }: CheckoutRecord,
  submission: Submission,
): Promise<Charged['card']> {
  if ('card_number' in submission) {
    const { card_number: number } = submission;
    return { brand: cardBrandOf(number), last4: number.slice(-4) };
  }
  const personId = publicPersonId ?? tokenPayment?.public_person_id;
  if (!('public_card_id' in submission) || !personId) return undefined;
  const cards = (await store.cards.cardsOf(personId)) ?? [];
  const filed = cards.find(({ cardId }) => cardId === submission.public_card_id);
  return filed && { brand: filed.brand, last4: filed.last4 };
}

export function viewCard({ cardId, brand, last4, expMonth, expYear }: FiledCard): SavedCard {
  return { public_card_id: cardId, brand, last4, exp_month: expMonth, exp_year: expYear };
}

/** The PSP did not say that it deleted a card or a person. */
export function notDeleted({ cause }: { readonly cause: string }): ProblemError {
  return pspUnavailable('It may be there still: it is safe to try again.', cause);
}
