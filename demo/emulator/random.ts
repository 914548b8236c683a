/** Identifiers from the randomness that was handed in. */

/** That many random bytes. */
export type Random = (size: number) => Uint8Array;

/** A version 4 UUID (RFC 9562). */
export function uuid(random: Random): string {
  const bytes = Buffer.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Decimal digits; the slight bias of `byte % 10` does not matter to a test system. */
export const digits = (random: Random, length: number): string =>
  Array.from(random(length), byte => byte % 10).join('');
