/** Reads the PNGs of a browser’s screenshots: eight bits, RGB or RGBA, not interlaced. */
import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';

/** Grey, one byte a pixel: the codes are black and white, and what is around them is not read. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Undoes the filters in place (PNG specification, section 9). */
function unfilter(data: Buffer, height: number, stride: number, step: number): void {
  for (let y = 0; y < height; y++) {
    const row = y * (stride + 1) + 1;
    const filter = data[row - 1];
    if (filter === 0) continue;
    for (let x = 0; x < stride; x++) {
      const at = row + x;
      const left = x < step ? 0 : data[at - step]!;
      const up = y === 0 ? 0 : data[at - stride - 1]!;
      const corner = x < step || y === 0 ? 0 : data[at - stride - 1 - step]!;
      const guess =
        filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      data[at] = data[at]! + guess;
    }
  }
}

export function readPng(file: Buffer): Picture {
  const parts: Buffer[] = [];
  let header = file;
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const name = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') header = body;
    if (name === 'IDAT') parts.push(body);
    at += 12 + length;
  }
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const step = header[9] === 6 ? 4 : 3;
  assert.deepEqual([header[8], header[12]], [8, 0], 'eight bits, not interlaced');
  const stride = width * step;
  const data = inflateSync(Buffer.concat(parts));
  assert.equal(data.length, height * (stride + 1));
  unfilter(data, height, stride, step);
  const grey = new Uint8Array(width * height);
  for (let y = 0, to = 0; y < height; y++) {
    for (let at = y * (stride + 1) + 1; to < (y + 1) * width; at += step, to++) {
      grey[to] = (data[at]! * 77 + data[at + 1]! * 150 + data[at + 2]! * 29) >> 8;
    }
  }
  return { width, height, grey };
}

/** The part of a picture that a scanner is pointed at, in pixels. */
export function crop(picture: Picture, x: number, y: number, width: number, height: number): Picture {
  const grey = new Uint8Array(width * height);
  for (let row = 0; row < height; row++) {
    const from = (y + row) * picture.width + x;
    grey.set(picture.grey.subarray(from, from + width), row * width);
  }
  return { width, height, grey };
}
