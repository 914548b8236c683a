/**
 * Which brand a card number belongs to, from its first digits. card-validator decides; in front of it stands a table of
 * what Latin America uses and card-validator lacks. The proxy and the PSP have the last word: a brand here only chooses
 * grouping, lengths and a picture.
 */
import { cardNumber } from 'card-validator/dist/card-number.js';

export interface CardBrand {
  /** `visa`, `mastercard`, `american-express`, `elo`, … (credit-card-type’s words, and `aura`, `cabal`, `carnet`). */
  readonly id: string;
  readonly name: string;
  /** A space goes after this many digits. */
  readonly gaps: readonly number[];
  readonly lengths: readonly number[];
  readonly codeLength: 3 | 4;
}

interface LocalBrand extends CardBrand {
  /** First and last of six digits, both included; the first alone where it is the only one. */
  readonly ranges: readonly (readonly [first: number, last?: number])[];
}

/** Six digits decide every range of the table below. */
const binLength = 6;

function local(id: string, lengths: readonly number[], ranges: LocalBrand['ranges']): LocalBrand {
  const name = id.replace(/^./, first => first.toUpperCase());
  return { id, name, gaps: [4, 8, 12, 16], lengths, codeLength: 3, ranges };
}

/**
 * What credit-card-type 10.3.0, the ranges of card-validator, lacks or names otherwise, as of 2026-11-20.
 * Elo: 636369 from the bin-cc list, the others from credit-card-type’s own pull request 206 (it says Maestro and Discover).
 * Hipercard: the old numbers that start 3841, of 13, 16 or 19 digits (it says Diners Club).
 * Aura: bin-cc; `5078601870000127985` is a published test number. Cabal: bin-cc for Brazil, the others of Argentina.
 * Carnet: Prosa’s block 506199–506499 and the single ones before it.
 */
export const localBrands: readonly LocalBrand[] = [
  local('elo', [16], [[636369], [650057, 650081], [651680, 651704]]),
  local('hipercard', [13, 16, 19], [[384100, 384199]]),
  local('aura', [19], [[507860, 507864]]),
  local('cabal', [16], [[589657], [603522], [604201, 604400], [627170]]),
  local(
    'carnet',
    [16],
    [
      [286900],
      [502275],
      [506199, 506499],
      [588772],
      [604622],
      [606333],
      [627535],
      [636318],
      [636379],
      [639388],
      [639484],
      [639559],
    ],
  ),
];

/**
 * card-validator calls Maestro whatever starts with 5 or 6 and is nobody else’s: Credz, Sorocred, Banescard … Only what
 * Mastercard lists is named.
 */
const maestro = /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/;

/** Elo’s lists end before it or go through it; card-validator says Discover. */
const betweenBrands = /^6509(?:79|[89]\d)/;

/** Whether all numbers that start with `digits` are in one of the ranges, some are, or none is. */
function shareIn({ ranges }: LocalBrand, digits: string): 'all' | 'some' | 'none' {
  const bin = digits.slice(0, binLength);
  const lowest = Number(bin.padEnd(binLength, '0'));
  const highest = Number(bin.padEnd(binLength, '9'));
  if (ranges.some(([first, last = first]) => first <= lowest && highest <= last)) return 'all';
  return ranges.some(([first, last = first]) => lowest <= last && first <= highest) ? 'some' : 'none';
}

/** The brand, or null while more than one is possible or none is known; `isOpen` while more digits may decide. */
function read(digits: string): { readonly brand: CardBrand | null; readonly isOpen: boolean } {
  const own = localBrands.find(brand => shareIn(brand, digits) === 'all');
  if (own) return { brand: own, isOpen: false };
  if (localBrands.some(brand => shareIn(brand, digits) === 'some')) return { brand: null, isOpen: true };
  const { card, isPotentiallyValid } = cardNumber(digits);
  if (!card) return { brand: null, isOpen: isPotentiallyValid };
  const { type: id, niceType: name, gaps, lengths, code } = card;
  if ((id === 'maestro' && !maestro.test(digits)) || betweenBrands.test(digits))
    return { brand: null, isOpen: false };
  // Its gaps end with the twelfth digit, and leave the last seven of nineteen in one lump.
  // Numbers of thirteen digits are old, and some are in use.
  const allLengths = id === 'visa' ? [13, ...lengths] : lengths;
  const brand = {
    id,
    name,
    gaps: [...gaps, 16],
    lengths: allLengths,
    codeLength: code.size === 4 ? 4 : 3,
  } as const;
  return { brand, isOpen: false };
}

/** The brand, or null while more than one is possible or none is known. */
export function cardBrand(digits: string): CardBrand | null {
  return read(digits).brand;
}

/** With fewer digits too many brands are possible to be worth their names, or the search for them. */
const fewestDigits = 4;

/**
 * Every brand that a number that starts with `digits` (digits only) may be. While it may be of several: none before the
 * fourth digit, then those that any next digits lead to; card-validator tells a brand only when it is decided.
 */
export function possibleBrands(digits: string): CardBrand[] {
  const { brand, isOpen } = read(digits);
  if (brand) return [brand];
  if (!isOpen || digits.length < fewestDigits) return [];
  const led = [...'0123456789'].flatMap(next => possibleBrands(digits + next));
  return [...new Map(led.map(brand => [brand.id, brand])).values()];
}
