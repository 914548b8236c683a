import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { begin, cardRoad, cardRoadTable, end } from './card-road.ts';

const root = join(import.meta.dirname, '../..');

/** Files that know the fields’ names and never see a value: words, styles, codes of the PSP. */
const namesOnly = [
  'widget/i18n/',
  'widget/letpay-checkout.styles.ts',
  'widget/api/errors.ts',
  'server/contract/problem.ts',
  'server/gateways/letpay/failure.ts',
  'server/openapi/',
];

it('every file that touches a card number or CVV is a stop of the card’s road', () => {
  const stops = new Set(cardRoad.map(stop => stop.file));
  const touching = globSync('{widget,server}/**/*.ts', { cwd: root }).filter(
    file =>
      /card_number|card_cvv|cardNumber|\bcvv\b/.test(readFileSync(join(root, file), 'utf8')) &&
      !namesOnly.some(prefix => file.startsWith(prefix)),
  );
  assert.deepEqual(
    touching.filter(file => !stops.has(file)),
    [],
  );
});

it('CONTRIBUTING shows the card’s road, and every line to read is where the table says', () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
  const shown = text.split(begin)[1]?.split(end)[0];
  assert.equal(shown, cardRoadTable(), 'run: node test/repository/card-road.ts --write');
});
