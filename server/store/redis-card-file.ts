/**
 * Stored cards on Redis: one hash for each person, and one key for each card that leads to it. The key comes first: found
 * with nothing behind it, the card counts as not there.
 */
import type { Redis } from 'ioredis';
import { type CardCodec, type CardFile, oldestFirst } from './card-file.ts';

const keys = {
  person: (personId: string) => `letpay:person:{${personId}}`,
  card: (cardId: string) => `letpay:card:{${cardId}}`,
};
/** A field of every person’s hash, so that it is there without cards; no card is called so. */
const known = '';

export function openRedisCardFile(
  redis: Redis,
  codec: CardCodec,
  run: <T>(work: () => Promise<T>) => Promise<T>,
): CardFile {
  return {
    add: (personId, card) =>
      run(async () => {
        await redis.set(keys.card(card.cardId), personId, 'NX');
        const text = codec.encodeCard(personId, card);
        const owner = await redis.get(keys.card(card.cardId));
        await redis.hset(
          keys.person(personId),
          known,
          '',
          ...(owner === personId ? [card.cardId, text] : []),
        );
      }),
    cardsOf: personId =>
      run(async () => {
        const fields = await redis.hgetall(keys.person(personId));
        if (fields[known] === undefined) return null;
        const cards = Object.entries(fields).filter(([cardId]) => cardId !== known);
        return oldestFirst(cards.map(([, text]) => codec.decodeCard(personId, text)));
      }),
    removeCard: cardId =>
      run(async () => {
        const personId = await redis.get(keys.card(cardId));
        if (personId !== null) await redis.hdel(keys.person(personId), cardId);
        await redis.del(keys.card(cardId));
      }),
    removePerson: personId =>
      run(async () => {
        const cardIds = (await redis.hkeys(keys.person(personId))).filter(cardId => cardId !== known);
        await redis.del(keys.person(personId));
        await Promise.all(cardIds.map(cardId => redis.del(keys.card(cardId))));
      }),
  };
}
