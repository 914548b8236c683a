/** Stored persons and cards for the merchant’s backend (product.md section 2.1). Charging them is in token-payments.ts. */
import { type Context, Hono } from 'hono';
import { assertCardIsPlausible } from '../checkout/card-check.ts';
import { filedCard, notDeleted, viewCard } from '../checkout/stored-cards.ts';
import { nothingSent } from '../checkout/submit.ts';
import { type PersonView, personRequest } from '../contract/person.ts';
import type { DeleteOutcome, StoredCards } from '../gateways/gateway.ts';
import { jsonBody } from '../middleware/json-body.ts';
import { merchantKey } from '../middleware/merchant-key.ts';
import type { RequestIdVariables } from '../middleware/request-id.ts';
import { ProblemError } from '../problem.ts';
import type { Services } from '../services.ts';

const gatewayName = 'letpay';

/** Throws where the PSP stores no cards. */
export function storedCardsOf({ gatewayOf }: Pick<Services, 'gatewayOf'>): StoredCards {
  const { storedCards } = gatewayOf(gatewayName);
  if (storedCards) return storedCards;
  throw new ProblemError('not_supported', 'This payment provider stores no cards.');
}

export function personRoutes(services: Services) {
  const { config, store, now } = services;

  /** Null: no such person is known here. */
  async function personView(personId: string, requestId: string): Promise<PersonView | null> {
    const cards = await store.cards.cardsOf(personId);
    if (cards === null) return null;
    const { statusOf } = storedCardsOf(services);
    const shown = cards.map(async card => ({
      ...viewCard(card),
      status: await statusOf(card.cardId, { requestId }),
    }));
    return { public_person_id: personId, cards: await Promise.all(shown) };
  }

  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(config.merchantApiKey))
    .post('/', async c => {
      const requestId = c.get('requestId');
      const person = await jsonBody(c, () => personRequest);
      assertCardIsPlausible(person, now());
      const notificationUrl = `${config.publicUrl}/v1/callbacks/${gatewayName}`;
      const outcome = await storedCardsOf(services).store(person, notificationUrl, { requestId });
      if (outcome.kind === 'not_sent') throw nothingSent(outcome);
      if (outcome.kind === 'unknown')
        throw new ProblemError(
          'outcome_unknown',
          'The person may have been stored: the payment provider’s answer was lost or cannot be read. Nothing was charged.',
          { retryAfterSeconds: 5 },
        );
      if (outcome.kind === 'refused')
        throw new ProblemError('psp_refused', outcome.detail, { errors: outcome.errors });
      const { personId, cardId } = outcome.ids;
      await store.cards.add(personId, filedCard(person, cardId, now()));
      return c.json({ public_person_id: personId, public_card_id: cardId }, 201);
    })
    .get('/:id', async c => {
      const view = await personView(c.req.param('id'), c.get('requestId'));
      if (view === null) throw new ProblemError('not_found', 'No person of this name is known here.');
      return c.json(view);
    })
    .delete('/:id', async c => {
      const id = c.req.param('id');
      const isKnown = (await store.cards.cardsOf(id)) !== null;
      const outcome = await storedCardsOf(services).deletePerson(id, { requestId: c.get('requestId') });
      return forget(c, outcome, isKnown, () => store.cards.removePerson(id));
    });
}

export function cardRoutes(services: Services) {
  const { config, store } = services;

  return new Hono<{ Variables: RequestIdVariables }>()
    .use(merchantKey(config.merchantApiKey))
    .delete('/:id', async c => {
      const id = c.req.param('id');
      const outcome = await storedCardsOf(services).deleteCard(id, { requestId: c.get('requestId') });
      return forget(c, outcome, false, () => store.cards.removeCard(id));
    });
}

/** What the PSP does not have is forgotten here too. */
async function forget(c: Context, outcome: DeleteOutcome, isKnown: boolean, remove: () => Promise<void>) {
  if (outcome.kind === 'unreadable') throw notDeleted(outcome);
  await remove();
  if (outcome.kind === 'not_found' && !isKnown)
    throw new ProblemError('not_found', 'The payment provider knows nothing of this name.');
  return c.body(null, 204);
}
