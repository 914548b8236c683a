/** The scanners: zxing-cpp for all three codes, and jsQR as a second opinion. Neither shares a line with our drawing. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodesFromImageData } from 'zxing-wasm/reader';
import type { Picture } from './pixels.ts';

const { resolve } = createRequire(import.meta.url);

// Handed over, because by itself it would ask a server for the file.
prepareZXingModule({
  overrides: {
    wasmBinary: (await readFile(resolve('zxing-wasm/reader/zxing_reader.wasm'))).buffer as ArrayBuffer,
  },
});

/** jsQR’s types describe a module that its CommonJS file is not. */
const jsqr: (rgba: Uint8ClampedArray, width: number, height: number) => { data: string } | null =
  createRequire(import.meta.url)('jsqr');

const formats = { PIX: 'QRCode', BOLETO: 'ITF', PAYCASH: 'Code128' } as const;

export type Scannable = keyof typeof formats;

/** Opaque grey: one 32-bit write a pixel. */
function imageData({ width, height, grey }: Picture): ImageData {
  const pixels = Uint32Array.from(grey, value => value * 0x01_01_01 + 0xff_00_00_00);
  return {
    data: new Uint8ClampedArray(pixels.buffer),
    width,
    height,
    colorSpace: 'srgb',
  } as unknown as ImageData;
}

/** What stands in a picture of one code; null when nothing, or more than one code, was found. */
export async function scan(method: Scannable, picture: Picture): Promise<string | null> {
  const results = await readBarcodesFromImageData(imageData(picture), {
    formats: [formats[method]],
    tryHarder: true,
    tryRotate: false,
    tryInvert: false,
    tryDownscale: false,
  });
  const [result, ...others] = results.filter(({ isValid }) => isValid);
  return result && others.length === 0 ? result.text : null;
}

export function scanQrAgain(picture: Picture): string | null {
  const { data, width, height } = imageData(picture);
  return jsqr(data, width, height)?.data ?? null;
}
