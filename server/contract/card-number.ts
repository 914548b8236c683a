/**
 * What is a card number, and which texts hold one. The same rules for the proxy and the tag, which loads them with the rules
 * of the card form: no import. ISO/IEC 7812-1: 12 to 19 digits, the last one a check digit (annex B, “Luhn”).
 */

const shortest = 12;
const longest = 19;

/** `digits` in ASCII, and nothing else. One digit repeated (`0000000000000000`) is nobody’s card, whatever its check says. */
export function isCardNumber(digits: string): boolean {
  return /^(\d)(?!\1+$)\d{11,18}$/.test(digits) && checkSum(digits) % 10 === 0;
}

/** Every second digit from the right counts twice; of a double of two digits, the sum of the two. */
function checkSum(digits: string): number {
  return [...digits].reduceRight((sum, digit, at) => {
    const value = Number(digit) * (1 + ((digits.length - 1 - at) % 2));
    return sum + value - (value > 9 ? 9 : 0);
  }, 0);
}

/**
 * For the text of a name: a card number may stand in it with anything between and around its digits, in the digits of any
 * script. No name has twelve digits, so a number that only seems to be one costs nobody anything.
 */
export function holdsCardNumber(name: string): boolean {
  const digits = decimalDigits(name);
  for (let from = 0; from + shortest <= digits.length; from++) {
    for (let length = shortest; length <= longest; length++)
      if (isCardNumber(digits.slice(from, from + length))) return true;
  }
  return false;
}

/** The decimal digits of a text, in ASCII. */
function decimalDigits(text: string): string {
  return (text.match(/\p{Nd}/gu) ?? []).map(digitValue).join('');
}

/** Unicode keeps the ten digits of a script together, and nothing but such tens side by side. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return before % 10;
}
