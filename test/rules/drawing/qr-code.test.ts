import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { qrCode } from '../../../widget/drawing/qr-code.ts';

/** jsqr’s types describe a module that its CommonJS file is not. */
const scan: (pixels: Uint8ClampedArray, width: number, height: number) => { data: string } | null =
  createRequire(import.meta.url)('jsqr');
const pixel = 4;

/** Paints the path as a scanner would see it and lets an independent reader read it. */
function read({ size, path }: { size: number; path: string }): string | undefined {
  const side = size * pixel;
  const image = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * pixel; row < (Number(y) + 1) * pixel; row++) {
      const from = (row * side + Number(x) * pixel) * 4;
      for (let at = from; at < from + Number(run) * pixel * 4; at++) if (at % 4 !== 3) image[at] = 0;
    }
  }
  return scan(image, side, side)?.data;
}

const pix =
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D';

test('an independent reader reads the central bank’s Pix example', () =>
  assert.equal(read(qrCode(pix)), pix));

test('four modules of light surround the code', () => {
  const { size, path } = qrCode(pix);
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(
    ([, x, y, run]) => [Number(x), Number(y), Number(run)] as const,
  );
  assert.equal(Math.min(...runs.map(([x]) => x)), 4);
  assert.equal(Math.min(...runs.map(([, y]) => y)), 4);
  assert.equal(Math.max(...runs.map(([x, , run]) => x + run)), size - 4);
  assert.equal(Math.max(...runs.map(([, y]) => y + 1)), size - 4);
});

test('an independent reader reads what was written, whatever its length', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[!-~]{1,300}$/), text => assert.equal(read(qrCode(text)), text)),
    { numRuns: 15 },
  );
});

test('a text that no QR code holds is refused', () => assert.throws(() => qrCode('x'.repeat(5000))));
