/**
 * A QR code (ISO/IEC 18004) as an SVG path.
 *
 * By uqr and not by the smaller lean-qr/nano (1.8 KB less): that one always writes an ECI header before the bytes, and
 * nobody knows which bank apps stumble over it.
 */
import { encode } from 'uqr';

/** The standard’s quiet zone; without it many bank apps do not find the code. */
const quietZone = 4;

/**
 * `size` is the side of the square in modules, quiet zone included; `path` fills the dark ones, one stroke per run of a
 * row. Throws when the text is longer than a QR code can hold (about 2,300 bytes).
 */
export function qrCode(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  let path = '';
  // By number: Prototype.js, on many old shops’ pages, has `entries` and `Array.from` of its own.
  for (let y = 0; y < data.length; y++) {
    const row = data[y] ?? [];
    for (let x = 0; x < row.length; x++) {
      const from = x;
      while (row[x]) x++;
      if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    }
  }
  return { size, path };
}
