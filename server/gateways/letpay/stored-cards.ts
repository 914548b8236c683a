/**
 * LetPay’s stored persons and cards, and quotes for them (facts section 3.2). The card’s number and code pass here, from
 * one object to the next, and are not kept. Charging a stored card is in one-step.ts.
 */
import type { StoredCardIds } from '../../checkout/checkout-record.ts';
import { cardStatuses } from '../../contract/person.ts';
import { fieldsOf } from '../fields.ts';
import type { CallContext, DeleteOutcome, Refused, StoredCards } from '../gateway.ts';
import { type Answer, causeOf, isOk, NotConnected } from '../psp-http.ts';
import type { LetPayClient } from './client.ts';
import { fieldProblems, readErrors, refusalOf } from './failure.ts';
import { readPrice } from './translate.ts';

const noSuchPerson = '00.01.0017';
const noSuchCard = '00.01.0034';

export function letpayStoredCards({
  call,
  contractFor,
}: Pick<LetPayClient, 'call' | 'contractFor'>): StoredCards {
  async function remove(route: string, id: string, context: CallContext): Promise<DeleteOutcome> {
    try {
      const answer = await call({ method: 'DELETE', route, ids: { id } }, context);
      if (isOk(answer)) return { kind: 'deleted' };
      return isMissing(answer)
        ? { kind: 'not_found' }
        : { kind: 'unreadable', cause: `status ${answer.status}` };
    } catch (error) {
      return { kind: 'unreadable', cause: causeOf(error) };
    }
  }

  return {
    async store(person, notificationUrl, context) {
      try {
        const contract_id = await contractFor({ ...person, methods: ['CREDITCARD'] }, context);
        const body = JSON.stringify({ notification_url: notificationUrl, ...person, contract_id });
        const answer = await call({ method: 'POST', route: '/token/person', body }, context);
        const ids = isOk(answer) ? readStoredCard(answer.body) : null;
        if (ids) return { kind: 'stored', ids };
        if (answer.status === 401 || answer.status === 429)
          return { kind: 'not_sent', cause: `status ${answer.status}` };
        return refusedPerson(answer) ?? { kind: 'unknown', cause: `status ${answer.status}` };
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },

    async statusOf(cardId, context) {
      try {
        const answer = await call({ method: 'GET', route: '/token/card/{id}', ids: { id: cardId } }, context);
        if (isMissing(answer)) return 'INACTIVE';
        const word = isOk(answer) ? fieldsOf(answer.body)['status'] : undefined;
        return cardStatuses.find(status => status === word) ?? 'UNKNOWN';
      } catch {
        return 'UNKNOWN';
      }
    },

    deletePerson: (id, context) => remove('/token/person/{id}', id, context),
    deleteCard: (id, context) => remove('/token/card/{id}', id, context),

    async quote(request, context) {
      try {
        const contract_id = await contractFor({ ...request, methods: ['CREDITCARD'] }, context);
        const body = JSON.stringify({ ...request, contract_id });
        const answer = await call({ method: 'POST', route: '/token/quote', body }, context);
        const price = readPrice(answer.body, request.asset);
        if (isOk(answer) && price.totals !== null) return { kind: 'quoted', price };
        const errors = readErrors(answer.body);
        if (answer.status === 404 && errors.every(({ code }) => code === null))
          return { kind: 'not_supported' };
        return refusedPerson(answer) ?? { kind: 'not_sent', cause: `status ${answer.status}` };
      } catch (error) {
        return { kind: 'not_sent', cause: causeOf(error) };
      }
    },
  };
}

/** The names in an answer that stored a card; null when it holds none. */
export function readStoredCard(body: unknown): StoredCardIds | null {
  const { public_person_id: personId, public_card_id: cardId } = fieldsOf(body);
  const named = typeof personId === 'string' && typeof cardId === 'string';
  return named && personId !== '' && cardId !== '' ? { personId, cardId } : null;
}

/** Classic validation errors are 500 and look like any other 500: without a code or a field they are the PSP’s. */
function refusedPerson(answer: Answer): Refused | null {
  return refusalOf(answer, fieldProblems(answer.body).length > 0 || isMissing(answer));
}

/** The classic dialect has no code for it and says so in a 500. */
function isMissing({ status, body }: Answer): boolean {
  const known = readErrors(body).some(({ code }) => code === noSuchPerson || code === noSuchCard);
  const message = fieldsOf(body)['message'];
  const told =
    status === 500 && typeof message === 'string' && /^(?:Person|Card) cannot be found/.test(message);
  return known || told;
}
