import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { texts as english } from '../../../../widget/i18n/en.ts';
import { texts as spanish } from '../../../../widget/i18n/es.ts';
import { texts as portuguese } from '../../../../widget/i18n/pt-br.ts';
import { emptyEntry } from '../../../../widget/methods/card/card-entry.ts';
import { fieldErrorOf } from '../../../../widget/methods/card/card-rules.ts';

const now = new Date('2026-11-27T12:00:00Z');
const holderError = (card_holder: string) => fieldErrorOf({ ...emptyEntry, card_holder }, 'card_holder', now);

test('a card number as the holder is an error, with text around it and in any digits', () => {
  for (const holder of [
    '4539620659922097',
    '4539 6206 5992 2097',
    '4539-6206-5992-2097',
    '4539620659922097 123',
    'ANA 4539.6206.5992.2097 12/29',
    '４５３９６２０６５９９２２０９７',
    '٤٥٣٩٦٢٠٦٥٩٩٢٢٠٩٧',
  ])
    assert.equal(holderError(holder), 'invalid', holder);
});

test('a holder without a letter is no name', () => {
  for (const holder of ['12345', '\u200b\u200b', '--', '😀😀'])
    assert.equal(holderError(holder), 'incomplete');
  assert.equal(holderError('  '), 'required');
});

test('names of people are taken', () => {
  for (const holder of ['MARIA 2ª', "D'ÁVILA", 'ÑANDÚ', 'JOSÉ 3º', '李 小龙', 'O’NEIL-LÓPEZ'])
    assert.equal(holderError(holder), null, holder);
});

test('the words say that the number is in the wrong field, in each language', () => {
  const words = [portuguese, spanish, english].map(texts => texts.fieldError('card_holder', 'invalid', 3));
  assert.deepEqual(words, [
    'Digite o nome como está no cartão, não o número',
    'Escribe el nombre como está en la tarjeta, no el número',
    'Enter the name as it is on the card, not the number',
  ]);
});

test('sixteen zeros are no card number', () => {
  const entry = { ...emptyEntry, card_number: '0000 0000 0000 0000' };
  assert.equal(fieldErrorOf(entry, 'card_number', now), 'invalid');
});
