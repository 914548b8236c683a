/**
 * The reference in groups of four, to be read aloud and typed at a till. Opaque text: the documents disagree on its
 * length and no check digit is known.
 */
export function groupReference(text: string): string {
  return text.replace(/\s/g, '').replace(/.{4}(?=.)/gu, '$& ');
}
