/** Stored persons and cards for tests, and what the PSP’s books say of payments. */
import { strict as assert } from 'node:assert';
import type { SavedCard } from '../../server/contract/checkout.ts';
import { card, checkoutOf, order, type Stack } from './stack.ts';

const { method: _method, card_installments: _installments, ...cardData } = card;
const { amount: _amount, asset: _asset, reference_id: _reference, ...payer } = order;

/** What `POST /v1/persons` takes. */
export const personData = { ...payer, ...cardData, person_birth: '1978-08-21' };

/** The usual card as it is shown. */
export const cardOf = (cardId: string): SavedCard => ({
  public_card_id: cardId,
  brand: 'visa',
  last4: '2097',
  exp_month: 12,
  exp_year: 2030,
});

export const savedCard = (cardId: string, installments = 1) => ({
  method: 'CREDITCARD',
  public_card_id: cardId,
  card_installments: installments,
});

export function storedCards(stack: Stack) {
  return {
    async store(changes: Readonly<Record<string, unknown>> = {}) {
      const reply = await stack.merchant('POST', '/v1/persons', { ...personData, ...changes });
      assert.equal(reply.status, 201, reply.text);
      const { public_person_id, public_card_id } = reply.body as Record<string, string>;
      return { personId: public_person_id ?? '', cardId: public_card_id ?? '' };
    },
    /** A person with a card whose payments are paid, and the token of an order that offers it. */
    async withOrder(changes: Readonly<Record<string, unknown>> = {}, firstName = 'PAID') {
      const ids = await this.store({ person_firstname: firstName });
      const token = await stack.orderToken({ public_person_id: ids.personId, ...changes });
      return { ...ids, token };
    },
    offered: async (token: string) => checkoutOf(await stack.read(token)).saved_cards,
    /** Payments that took effect at the PSP. */
    taken: async (reference: string = order.reference_id) =>
      (await stack.payments(reference)).filter(({ send_accepted }) => send_accepted > 0),
  };
}
