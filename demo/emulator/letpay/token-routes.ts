/** LetPay's token calls: store a person with a card, and charge it later without the card's data. */
import { Hono } from 'hono';
import type { Clock } from '../clock.ts';
import { type Answers, readJson } from './answers.ts';
import type { Dialect } from './dialect.ts';
import type { Ledger } from './ledger.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { SavedCards } from './saved-cards.ts';
import { cardNotFound, personNotFound, readCharge, readPersonWithCard, readQuote } from './token-fields.ts';

export interface TokenSettings extends Answers {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly lifecycle: Lifecycle;
  readonly savedCards: SavedCards;
  readonly dialect: () => Dialect;
}

export function tokenRoutes(settings: TokenSettings): Hono {
  const { clock, ledger, lifecycle, savedCards, dialect, accept, refuse } = settings;
  const app = new Hono();

  app.post('/token/person', async c => {
    const body = await readJson(c);
    const read = body.refusal ? body : readPersonWithCard(body.value, clock.now());
    if (read.refusal) return refuse(c, read.refusal);
    const { personId, cardId } = savedCards.add(read.value.payer, read.value.card.last4);
    return accept(c, dialect().noted({ public_person_id: personId, public_card_id: cardId }));
  });

  app.get('/token/person/:person', c => {
    const person = c.req.param('person');
    if (!savedCards.knowsPerson(person)) return refuse(c, personNotFound(person).refusal);
    return accept(c, { cards: savedCards.cardsOf(person).map(({ cardId }) => cardId.replace('CAR-', '')) });
  });

  app.delete('/token/person/:person', c => {
    const person = c.req.param('person');
    if (!savedCards.knowsPerson(person)) return refuse(c, personNotFound(person).refusal);
    savedCards.removePerson(person);
    return accept(c, dialect().deleted({ public_person_id: person }));
  });

  app.get('/token/card/:card', c => {
    const card = c.req.param('card');
    if (!savedCards.card(card)) return refuse(c, cardNotFound(card).refusal);
    return accept(c, { status: 'ACTIVE' });
  });

  app.delete('/token/card/:card', c => {
    const card = c.req.param('card');
    if (!savedCards.card(card)) return refuse(c, cardNotFound(card).refusal);
    savedCards.removeCard(card);
    return accept(c, dialect().deleted({ public_card_id: card }));
  });

  /** The classic document has it, the current pages do not. */
  app.post('/token/quote', async c => {
    if (!dialect().quotes) return refuse(c, { kind: 'route_not_found' });
    const body = await readJson(c);
    const totals = body.refusal ? body : readQuote(body.value, savedCards);
    return totals.refusal ? refuse(c, totals.refusal) : accept(c, dialect().quote(totals.value));
  });

  /** The documents write both. */
  app.on('POST', ['/token', '/token/'], async c => {
    const body = await readJson(c);
    const read = body.refusal ? body : readCharge(body.value, savedCards);
    if (read.refusal) return refuse(c, read.refusal);
    const { order, card, savedCard } = read.value;
    const opened = lifecycle.open(order);
    ledger.update(opened.token, () => ({ sendReceived: 1 }));
    const charged = lifecycle.submit(opened, { method: 'CREDITCARD', card });
    return accept(c, {
      ...dialect().sent(charged, { kind: 'card', savedCard }),
      ...dialect().quote(order.totals),
    });
  });

  return app;
}
