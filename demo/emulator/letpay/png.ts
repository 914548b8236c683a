/** A PNG writer for black and white drawings: one grey byte per pixel, one compressed block (PNG 1.2, RFC 2083). */
import { crc32, deflateSync } from 'node:zlib';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const greyscale = 0;

/**
 * @param modules rows of dark (true) and light squares.
 * @param scale pixels per module in width.
 * @param rowScale pixels per module in height.
 * @param quiet light modules around the drawing, as scanners need them.
 */
export function drawPng(
  modules: readonly (readonly boolean[])[],
  { scale, rowScale = scale, quiet }: { scale: number; rowScale?: number; quiet: number },
): Buffer {
  const width = ((modules[0]?.length ?? 0) + 2 * quiet) * scale;
  const margin = new Array<readonly boolean[]>(quiet).fill([]);
  const lightRow = Buffer.alloc(width + 1, 0xff);
  lightRow[0] = 0;

  const rows = modules.flatMap(row => {
    const pixels = Buffer.from(lightRow);
    row.forEach((dark, x) => {
      const from = 1 + (x + quiet) * scale;
      if (dark) pixels.fill(0, from, from + scale);
    });
    return new Array<Buffer>(rowScale).fill(pixels);
  });
  const border = margin.flatMap(() => new Array<Buffer>(scale).fill(lightRow));
  const lines = [...border, ...rows, ...border];

  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(lines.length, 4);
  header.set([8, greyscale, 0, 0, 0], 8);

  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
