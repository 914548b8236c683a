/**
 * Looks for the cards of a run where no card may be: plain, with separators, base64 in its three alignments, URL-encoded,
 * and as an unkeyed hash (product.md 2.6, rule 4).
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { amexCvv, cards } from './cards.ts';

export interface Haystack {
  readonly name: string;
  readonly bytes: Buffer;
}

interface Needle {
  readonly name: string;
  readonly text: string;
}

/** The middle of a base64 text that holds `text` at any of the three alignments: what its neighbours cannot change. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].map(lead => {
    const encoded = Buffer.from('\0'.repeat(lead) + text)
      .toString('base64')
      .replace(/=+$/, '');
    // The first characters mix with the bytes before, the last one with those that follow.
    return encoded.slice(lead === 0 ? 0 : lead + 1, -1);
  });
}

function grouped(digits: string, separator: string): string[] {
  const fours = digits.replace(/(\d{4})(?=\d)/g, `$1${separator}`);
  const amex = `${digits.slice(0, 4)}${separator}${digits.slice(4, 10)}${separator}${digits.slice(10)}`;
  return digits.length === 15 ? [fours, amex] : [fours];
}

function formsOf(digits: string): Needle[] {
  const named = (name: string, texts: readonly string[]) =>
    texts.map(text => ({ name: `${name} of a number that ends in ${digits.slice(-4)}`, text }));
  const hashes = ['sha1', 'sha256', 'sha512', 'md5'].flatMap(algorithm => {
    const digest = createHash(algorithm).update(digits).digest();
    // The last characters of base64 differ by padding and alphabet.
    return [
      digest.toString('hex'),
      digest.toString('base64').slice(0, 20),
      digest.toString('base64url').slice(0, 20),
    ];
  });
  return [
    ...named('plain text', [digits]),
    ...named(
      'groups',
      [' ', '-', '.', '+', '%20', '\u00a0'].flatMap(separator => grouped(digits, separator)),
    ),
    ...named('percent-encoding', [digits.replace(/\d/g, digit => `%3${digit}`)]),
    ...named('base64', [...base64Forms(digits), ...grouped(digits, ' ').flatMap(base64Forms)]),
    ...named('hex', [Buffer.from(digits).toString('hex')]),
    ...named('hash', hashes),
  ];
}

const needles = cards.flatMap(card => formsOf(card.number));

/**
 * A four-digit code as a text of its own; not a bare JSON number, which is an amount (the code is sent as a text), and not
 * a length in Redis’s protocol (`$7391`). Three digits only beside their field’s name.
 */
const patterns: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'the Amex security code', pattern: new RegExp(`(?<![\\w.$:-])${amexCvv}(?![\\w.-])`) },
  { name: 'the field card_cvv', pattern: /"card_cvv"|card_cvv["']?\s*[:=]\s*["']?\d{3}/ },
  { name: 'the field card_number', pattern: /"card_number"|card_number["']?\s*[:=]\s*["']?\d{4}/ },
];

/** Every find, in words that do not repeat the card. */
export function findCards(haystacks: readonly Haystack[]): string[] {
  return haystacks.flatMap(({ name, bytes }) => {
    const text = bytes.toString('latin1');
    const lower = text.toLowerCase();
    return [
      ...needles
        .filter(needle => bytes.includes(needle.text) || lower.includes(needle.text.toLowerCase()))
        .map(needle => `${needle.name} in ${name}`),
      ...patterns.flatMap(found => {
        const at = text.search(found.pattern);
        return at < 0
          ? []
          : [`${found.name} in ${name}: ${JSON.stringify(text.slice(Math.max(0, at - 20), at + 24))}`];
      }),
    ];
  });
}

/** Every file below a folder, whatever it is. */
export async function filesBelow(folder: string): Promise<Haystack[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter(entry => entry.isFile())
      .map(async entry => ({
        name: entry.name,
        bytes: await readFile(join(entry.parentPath, entry.name)),
      })),
  );
}
