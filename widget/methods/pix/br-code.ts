/**
 * The BR Code behind a Pix QR code (Banco Central, “Manual do BR Code”; EMV QRCPS merchant-presented). Only what every
 * PSP keeps is demanded: LetPay’s own samples have another account domain than `br.gov.bcb.pix` and no field 62.
 */

export type BrCodeReading =
  | {
      readonly ok: true;
      /** In centavos; null when the code leaves it to the payer or to the PSP. */
      readonly amount: number | null;
      /** ISO 4217, three digits (`986` is the real); null when the code names none. */
      readonly currency: string | null;
      readonly receiver: string;
    }
  | { readonly ok: false; readonly code: 'malformed' | 'checksum' };

/**
 * Id of two digits, length of two digits, value; lengths count `units`, which joined are the text. Null when the lengths do
 * not add up, or an id comes twice: readers differ on which one counts.
 */
function readFields(units: readonly string[]): Map<string, string> | null {
  const fields = new Map<string, string>();
  for (let at = 0; at < units.length; ) {
    const [head = '', id = '', length = ''] = /^(\d\d)(\d\d)$/.exec(units.slice(at, at + 4).join('')) ?? [];
    const value = units.slice(at + 4, at + 4 + Number(length));
    if (!head || value.length !== Number(length) || fields.has(id)) return null;
    fields.set(id, value.join(''));
    at += 4 + value.length;
  }
  return fields;
}

/** The manual counts characters. PSPs count those of Unicode, the units of their language’s strings, or bytes. */
function unitsOf(code: string): readonly (readonly string[])[] {
  const characters = [...code];
  const bytes = characters.flatMap(character => [
    character,
    ...new Array<string>(utf8(character).length - 1).fill(''),
  ]);
  return [characters, code.split(''), bytes];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** CRC-16/CCITT-FALSE: polynomial 0x1021, start 0xFFFF, nothing reflected. */
function crc16(bytes: readonly number[]): string {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc & 0x8000 ? 0x11021 : 0);
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** The manual says UTF-8; some PSPs sum what they write in ISO 8859-1. Either sum finds what was damaged. */
function checksums(text: string): readonly string[] {
  const codes = [...text].map(character => character.codePointAt(0) ?? 0);
  const inLatin1 = codes.every(code => code <= 0xff);
  return [crc16([...utf8(text)]), ...(inLatin1 ? [crc16(codes)] : [])];
}

/** `10`, `10.5` or `10.50` in centavos, without a detour through fractions. */
function centavos(text: string): number {
  const [, whole = '', cents = ''] = /^(\d+)(?:\.(\d{0,2}))?$/.exec(text) ?? [];
  return whole ? Number(whole + cents.padEnd(2, '0')) : Number.NaN;
}

export function readBrCode(text: string): BrCodeReading {
  const code = text.trim();
  const fields = unitsOf(code).map(readFields).find(Boolean);
  const amount = centavos(fields?.get('54') ?? '0');
  // The format comes first and the checksum last: what else would end like one may stand inside another field.
  const isWhole = code.startsWith('000201') && code.endsWith(`6304${fields?.get('63')}`);
  if (!fields || !isWhole || !/[\dA-F]{4}$/i.test(code) || Number.isNaN(amount)) {
    return { ok: false, code: 'malformed' };
  }
  if (!checksums(code.slice(0, -4)).includes(code.slice(-4).toUpperCase())) {
    return { ok: false, code: 'checksum' };
  }
  return {
    ok: true,
    amount: amount || null,
    currency: fields.get('53') ?? null,
    receiver: fields.get('59')?.trim() ?? '',
  };
}
