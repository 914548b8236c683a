import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deleteOverGap, type Edit, reformat } from '../../../widget/fields/caret.ts';
import { digitsOf, formatCardNumber } from '../../../widget/methods/card/card-number.ts';
import { formatExpiry } from '../../../widget/methods/card/expiry.ts';

type Format = (text: string) => string;

/** `ab|cd` is the text `abcd` with the caret behind `b`. */
const at = (marked: string): Edit => ({ text: marked.replace('|', ''), caret: marked.indexOf('|') });
const marked = ({ text, caret }: Edit) => `${text.slice(0, caret)}|${text.slice(caret)}`;

/** What a browser does to the field, and then what we do. */
function edit(before: string, after: string, format: Format): string {
  const { text, caret } = deleteOverGap(at(before), at(after));
  return marked(reformat(text, caret, format));
}

for (const [what, before, after, result] of [
  ['typing at the end', '4012|', '40120|', '4012 0|'],
  ['typing before a gap', '401|2 0010', '4019|2 0010', '4019| 2001 0'],
  ['typing behind a gap', '4012 |0010', '4012 9|0010', '4012 9|001 0'],
  ['backspace in a group', '4012 00|10', '4012 0|10', '4012 0|10'],
  ['backspace on a gap', '4012 |0010', '4012|0010', '401|0 010'],
  ['delete on a gap', '4012| 0010', '4012|0010', '4012| 010'],
  ['delete in a group', '40|12 0010', '40|2 0010', '40|20 010'],
  ['a paste in the middle', '4012 |0010', '4012 9999-9|0010', '4012 9999 9|001 0'],
  ['a letter in the middle', '40|12 0010', '40a|12 0010', '40|12 0010'],
  ['a full-width digit in the middle', '40|12', '40３|12', '403|1 2'],
  ['backspace at the start', '|4012', '|4012', '|4012'],
] as const) {
  test(`a card number keeps its caret through ${what}`, () =>
    assert.equal(edit(before, after, formatCardNumber), result));
}

for (const [what, before, after, result] of [
  ['the first digit of a late month', '|', '5|', '05/|'],
  ['the second digit of a month', '1|', '12|', '12/|'],
  ['backspace over the slash', '12/|', '12|', '1|'],
  ['backspace over the slash of a padded month', '05/|', '05|', '0|'],
  ['backspace over the slash before a year', '12/|29', '12|29', '1|2/9'],
  ['delete over the slash', '12|/29', '12|29', '12|/9'],
  ['a late month typed over the one that was there', '12|/29', '5|/29', '05|/29'],
  ['a digit before the month', '|05/29', '1|05/29', '1|0/52'],
  ['the first digit of another month over the one that was there', '|05/29', '1|/29', '1|/29'],
  ['the second digit of that month', '1|/29', '12|/29', '12|/29'],
  ['a zero over the month', '|12/29', '0|/29', '0|/29'],
  ['a month before the year that a password manager wrote', '|/2030', '1|/2030', '1|/2030'],
  ['the month being cut', '12|/29', '|/29', '|/29'],
  ['backspace at the end', '12/2|', '12/|', '12/|'],
] as const) {
  test(`an expiry date takes ${what}`, () => {
    assert.equal(edit(before, after, formatExpiry), result);
  });
}

test('letters count where the format keeps them', () => {
  const taxId = (text: string) =>
    text
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .replace(/(.{2})(?=.)/, '$1.');
  assert.equal(edit('AB|.12', 'ABc|.12', taxId), 'AB.C|12');
  assert.equal(edit('AB.|12', 'AB|12', taxId), 'A|1.2');
});

test('every expiry date can be deleted with backspace alone (braintree-web-drop-in #615)', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\d/]{1,7}$/), typed => {
      let field = reformat(typed, typed.length, formatExpiry);
      for (let presses = 0; field.text !== '' && presses < 10; presses++) {
        const pressed = { text: field.text.slice(0, -1), caret: field.text.length - 1 };
        const { text, caret } = deleteOverGap(field, pressed);
        field = reformat(text, caret, formatExpiry);
      }
      assert.equal(field.text, '');
    }),
  );
});

const cardText = fc.stringMatching(/^[45]\d{0,15}$/).map(formatCardNumber);

/** What people paste: digits of two kinds, and whatever separates them where they were copied. */
const pasted = fc.string({
  unit: fc.constantFrom(...'0123456789４７', ' ', '-', '.', '\u00a0', '\u2009', '\u3000', '–', '/'),
  maxLength: 24,
});

test('whatever is pasted wherever, the caret keeps the digit to its left, and no digit is lost or made', () => {
  fc.assert(
    fc.property(cardText, pasted, fc.nat(), fc.nat(), (text, paste, start, length) => {
      const from = start % (text.length + 1);
      const to = Math.min(text.length, from + (length % 6));
      const typed = text.slice(0, from) + paste + text.slice(to);
      const result = reformat(typed, from + paste.length, formatCardNumber);
      const wanted = digitsOf(typed);
      assert.ok(wanted.startsWith(digitsOf(result.text)));
      fc.pre(digitsOf(result.text) === wanted);
      assert.equal(
        digitsOf(result.text.slice(0, result.caret)),
        digitsOf(text.slice(0, from)) + digitsOf(paste),
      );
      assert.equal(reformat(result.text, result.caret, formatCardNumber).text, result.text);
    }),
  );
});

test('an insertion leaves the caret right behind what was inserted', () => {
  fc.assert(
    fc.property(cardText, fc.nat(), fc.stringMatching(/^\d{1,3}$/), (text, seed, inserted) => {
      const caret = seed % (text.length + 1);
      const typed = text.slice(0, caret) + inserted + text.slice(caret);
      fc.pre(digitsOf(typed).length <= 16);
      const result = reformat(typed, caret + inserted.length, formatCardNumber);
      assert.equal(digitsOf(result.text.slice(0, result.caret)), digitsOf(text.slice(0, caret)) + inserted);
    }),
  );
});

test('backspace always removes the digit before the caret, gap or not, and stays there', () => {
  fc.assert(
    fc.property(cardText, fc.nat(), (text, seed) => {
      const caret = (seed % text.length) + 1;
      const pressed = { text: text.slice(0, caret - 1) + text.slice(caret), caret: caret - 1 };
      const { text: left, caret: position } = deleteOverGap({ text, caret }, pressed);
      const result = reformat(left, position, formatCardNumber);
      const before = digitsOf(text.slice(0, caret));
      assert.equal(digitsOf(result.text), before.slice(0, -1) + digitsOf(text.slice(caret)));
      assert.equal(digitsOf(result.text.slice(0, result.caret)), before.slice(0, -1));
    }),
  );
});

test('the delete key always removes the digit behind the caret', () => {
  fc.assert(
    fc.property(cardText, fc.nat(), (text, seed) => {
      const caret = seed % text.length;
      const pressed = { text: text.slice(0, caret) + text.slice(caret + 1), caret };
      const { text: left } = deleteOverGap({ text, caret }, pressed);
      assert.equal(digitsOf(left), digitsOf(text.slice(0, caret)) + digitsOf(text.slice(caret)).slice(1));
    }),
  );
});

test('an edit that removes more than one separator comes back as it is', () => {
  const current = { text: '4012', caret: 4 };
  assert.deepEqual(deleteOverGap({ text: '4012 0010', caret: 9 }, current), current);
  assert.deepEqual(deleteOverGap({ text: '4012', caret: 4 }, current), current);
});
