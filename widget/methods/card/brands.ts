/**
 * Which brand a card number belongs to, from its first digits. card-validator knows the international brands; the
 * table below adds what it lacks and Latin America uses. The proxy and the PSP have the last word: a brand here only
 * chooses grouping and lengths.
 */
import { cardNumber } from 'card-validator/dist/card-number.js';

export interface CardBrand {
  /** `visa`, `mastercard`, `american-express`, `elo`, … (credit-card-type’s words, and `aura`, `cabal`). */
  readonly id: string;
  readonly name: string;
  /** A space goes after this many digits. */
  readonly gaps: readonly number[];
  readonly lengths: readonly number[];
  readonly codeLength: 3 | 4;
}

interface LocalBrand extends CardBrand {
  /** Six-digit ranges, both ends included: first, last, first, last, … */
  readonly ranges: readonly number[];
}

/** Six digits decide: no range below needs more. */
const binLength = 6;

function local(id: string, lengths: readonly number[], ranges: readonly number[]): LocalBrand {
  const name = id.replace(/^./, first => first.toUpperCase());
  return { id, name, gaps: [4, 8, 12], lengths, codeLength: 3, ranges };
}

/**
 * What credit-card-type 10.3 lacks, as of 2026-11-20: new Elo ranges (636369 from public lists, the others from its own
 * pull request 206), the old Hipercard numbers that start 3841 (13, 16 or 19 digits; the package calls them Diners
 * Club), Aura (`5078601870000127985` is a published test number) and Cabal.
 */
const localBrands: readonly LocalBrand[] = [
  local('elo', [16], [636369, 636369, 650057, 650081, 651680, 651704]),
  local('hipercard', [13, 16, 19], [384100, 384199]),
  local('aura', [19], [507860, 507864]),
  local('cabal', [16], [589657, 589657, 603522, 603522, 604201, 604400, 627170, 627170]),
];

/**
 * For numbers too short for card-validator to name one brand: how they start, and digits that it does know as the brand
 * that they may become.
 */
const heads: readonly (readonly [RegExp, string])[] = [
  [/^4/, '41'],
  [/^(5$|5[1-5]|2$|2[2-7])/, '51'],
  [/^3$/, '34'],
  [/^(3$|30)/, '36'],
  [/^(4$|4[0135]|5$|50|6$|6[235])/, '401178'],
  [/^(6$|60|64|65)/, '6011'],
  [/^(6$|60)/, '606282'],
  [/^(6$|63)/, '637095'],
  [/^(5$|50|5[6-9]|6)/, '56'],
  [/^(6$|62)/, '6250'],
];

function known(digits: string): CardBrand | null {
  const { card } = cardNumber(digits);
  return (
    card && {
      id: card.type,
      name: card.niceType,
      gaps: card.gaps,
      lengths: card.lengths,
      codeLength: card.code.size === 4 ? 4 : 3,
    }
  );
}

function mayBe(digits: string, { ranges }: LocalBrand): boolean {
  const bin = digits.slice(0, binLength);
  const lowest = +bin.padEnd(binLength, '0');
  const highest = +bin.padEnd(binLength, '9');
  return ranges.some((first, i) => i % 2 === 0 && lowest <= (ranges[i + 1] ?? 0) && highest >= first);
}

/** Every brand that a number that starts with `digits` (digits only) may be. None for `''`. */
export function possibleBrands(digits: string): CardBrand[] {
  if (!digits) return [];
  const locals = localBrands.filter(brand => mayBe(digits, brand));
  if (locals.length > 0 && digits.length >= binLength) return locals;
  const decided = known(digits);
  const others = decided
    ? [decided]
    : heads.flatMap(([head, sample]) => (head.test(digits) ? (known(sample) ?? []) : []));
  return [...others, ...locals.filter(({ id }) => !others.some(other => other.id === id))];
}

/** The brand, or null while more than one is possible or none is known. */
export function cardBrand(digits: string): CardBrand | null {
  if (!digits) return null;
  const local = localBrands.find(brand => mayBe(digits, brand));
  if (local) return digits.length >= binLength ? local : null;
  return known(digits);
}
