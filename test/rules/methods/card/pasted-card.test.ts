import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { digitsOf, formatCardNumber, readCardNumber } from '../../../../widget/methods/card/card-number.ts';
import { readPastedCard } from '../../../../widget/methods/card/pasted-card.ts';

for (const [text, number, expiry] of [
  ['4539620659922097', '4539620659922097', null],
  ['4539 6206 5992 2097', '4539620659922097', null],
  ['4539620659922097 12/29 123', '4539620659922097', '12/29'],
  ['4539 6206 5992 2097 12/29 123', '4539620659922097', '12/29'],
  ['4539-6206-5992-2097 - 12/2029', '4539620659922097', '12/2029'],
  ['4111111111111111 05/28 123', '4111111111111111', '05/28'],
  ['5031433215406351 03/28 123', '5031433215406351', '03/28'],
  ['4539620659922097 123', '4539620659922097', null],
  ['Visa: 4539620659922097, val. 12/29', '4539620659922097', '12/29'],
  ['４５３９６２０６５９９２２０９７', '4539620659922097', null],
  ['3764 490473 33005\n12/29', '376449047333005', '12/29'],
] as const) {
  test(`takes ${number} out of ${JSON.stringify(text)}`, () =>
    assert.deepEqual(readPastedCard(text), { number, expiry }));
}

test('where two numbers could be meant, the first one that stands by itself is taken', () => {
  assert.equal(readPastedCard('5555555555554444 5105105105105100').number, '5555555555554444');
});

test('keeps every digit where no number stands by itself, so that it is an error', () => {
  for (const text of ['4539 6206 5992 2098 12/29 123', '1234 5678', '12/29 123 4539620659922097']) {
    const { number } = readPastedCard(text);
    assert.equal(number, digitsOf(text));
    assert.equal(readCardNumber(formatCardNumber(number)).ok, false, text);
  }
});

test('whatever is pasted, what would be sent is a run of digits that stands in the text, or there is an error', () => {
  const cards = ['4539620659922097', '376449047333005', '5240082975622454', '5078601870000127985'];
  const piece = fc.oneof(
    fc.constantFrom(...cards, ...cards.map(formatCardNumber)),
    fc.constantFrom('12/29', '05/2030', '123', '1234', ' ', '-', '/', '\n', 'CVV ', 'Val. ', 'MARINA', '.'),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), pieces => {
      const text = pieces.join('');
      const reading = readCardNumber(formatCardNumber(readPastedCard(text).number));
      if (reading.ok) assert.ok(digitsOf(text).includes(reading.digits), text);
    }),
    { numRuns: 5000 },
  );
});
