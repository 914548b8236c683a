/**
 * Keeps the caret where the shopper left it while a field is regrouped as they type. Positions are counted in letters
 * and digits, because separators come and go; key codes are not used, because Android keyboards send none.
 */

export interface Edit {
  readonly text: string;
  readonly caret: number;
}

const significant = /[\p{L}\p{Nd}]/u;

function count(text: string, counts: (character: string) => boolean): number {
  return [...text].filter(counts).length;
}

function isSignificant(character: string): boolean {
  return significant.test(character);
}

/** The position right behind the `wanted`th letter or digit. */
function positionBehind(text: string, wanted: number): number {
  let position = 0;
  for (let left = wanted; left > 0 && position < text.length; position++) {
    if (isSignificant(text.charAt(position))) left--;
  }
  return position;
}

/**
 * `format(text)`, with the caret behind the same letter or digit as before. At the end it stays at the end, behind a
 * separator that `format` appended.
 */
export function reformat(text: string, caret: number, format: (text: string) => string): Edit {
  const formatted = format(text);
  // A letter typed into a number is dropped, so it must not count either.
  const isKept = (character: string) => /\d/.test(character) || format(character) !== '';
  const before = count(text.slice(0, caret), isKept);
  const all = count(text, isKept);
  if (before === all) return { text: formatted, caret: formatted.length };
  // A format may put digits in front (5 becomes 05): they belong before the caret.
  const added = before > 0 ? Math.max(0, count(formatted, isSignificant) - all) : 0;
  return { text: formatted, caret: positionBehind(formatted, before + added) };
}

/**
 * Backspace or Delete that hit a separator would be undone by the next `reformat`, so it takes the neighbouring letter
 * or digit too. `previous` is the field before the edit, `current` after it; any other edit comes back as it is.
 */
export function deleteOverGap(previous: Edit, current: Edit): Edit {
  const { text, caret } = current;
  const gone = previous.text.charAt(caret);
  const onlyGone = previous.text.slice(0, caret) + previous.text.slice(caret + 1) === text;
  if (!onlyGone || gone === '' || isSignificant(gone)) return current;
  const backwards = previous.caret > caret;
  const end = positionBehind(text, count(text.slice(0, caret), isSignificant) + (backwards ? 0 : 1));
  if (!isSignificant(text.charAt(end - 1)) || (!backwards && end <= caret)) return current;
  return { text: text.slice(0, end - 1) + text.slice(end), caret: backwards ? end - 1 : caret };
}
