/** What people paste into the field of a card number: the number, often with a label, an expiry or a code in the same line. */
import { digitsOf, readCardNumber } from './card-number.ts';

export interface PastedCard {
  /** Digits only. All digits of the text where no number stands by itself, so that none vanishes without a word. */
  readonly number: string;
  /** As it stands there (`12/29`); null where none is plain. */
  readonly expiry: string | null;
}

/** Digits with what is put between them. */
const numberRun = /^[\d\s.\-‐-―]+/;

/** A month, a slash or hyphen, a year. */
const plainExpiry = /(?<month>\b(?:0[1-9]|1[0-2]))\s*[/-]\s*(?<year>(?:20)?\d\d)\b/;

const isNumber = (digits: string) => readCardNumber(digits).ok;

/** The first groups that are a number by themselves, as many as can be; null where none are. */
function leadingNumber(groups: readonly string[], isFollowed: boolean): string | null {
  const [first = ''] = groups;
  // In one piece: what comes behind a blank is something else.
  if (isNumber(first)) return first;
  if (!isFollowed) return null;
  for (let count = groups.length; count > 1; count--) {
    const digits = groups.slice(0, count).join('');
    if (isNumber(digits)) return digits;
  }
  return null;
}

export function readPastedCard(text: string): PastedCard {
  const plain = text.normalize('NFKC');
  const line = plain.slice(Math.max(0, plain.search(/\d/)));
  const [run = ''] = numberRun.exec(line) ?? [];
  const rest = line.slice(run.length);
  const groups = run.split(/\D+/).filter(Boolean);
  const number = leadingNumber(groups, /\d/.test(rest));
  if (number === null) return { number: digitsOf(plain), expiry: null };
  const found = plainExpiry.exec(line.slice(groups[0]?.length));
  return { number, expiry: found ? `${found.groups?.['month']}/${found.groups?.['year']}` : null };
}
