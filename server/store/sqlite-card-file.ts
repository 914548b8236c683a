/** Stored cards on SQLite. */
import { type CardCodec, type CardFile, oldestFirst } from './card-file.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS persons (person TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS cards (
    card TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    record TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS cards_person ON cards (person);
`;

export function openSqliteCardFile({ database, read, write }: SqliteConnection, codec: CardCodec): CardFile {
  database.exec(schema);
  const insertPerson = database.prepare('INSERT INTO persons (person) VALUES (?) ON CONFLICT DO NOTHING');
  const insertCard = database.prepare(
    'INSERT INTO cards (card, person, record) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const selectPerson = database.prepare<[string], unknown>('SELECT 1 FROM persons WHERE person = ?');
  const selectCards = database.prepare<[string], { record: string }>(
    'SELECT record FROM cards WHERE person = ?',
  );
  const deleteCard = database.prepare('DELETE FROM cards WHERE card = ?');
  const deletePerson = database.prepare('DELETE FROM persons WHERE person = ?');
  const deleteCards = database.prepare('DELETE FROM cards WHERE person = ?');

  return {
    add: (personId, card) =>
      write(() => {
        insertPerson.run(personId);
        insertCard.run(card.cardId, personId, codec.encodeCard(personId, card));
      }),
    cardsOf: personId =>
      read(() => {
        if (selectPerson.get(personId) === undefined) return null;
        return oldestFirst(selectCards.all(personId).map(({ record }) => codec.decodeCard(personId, record)));
      }),
    removeCard: cardId =>
      write(() => {
        deleteCard.run(cardId);
      }),
    removePerson: personId =>
      write(() => {
        deleteCards.run(personId);
        deletePerson.run(personId);
      }),
  };
}
