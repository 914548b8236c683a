/** Reads the PNGs of these tests: 8-bit greyscale, no filter. Refuses a wrong checksum as any decoder would. */
import { strict as assert } from 'node:assert';
import { crc32, inflateSync } from 'node:zlib';

export function readPng(file: Buffer) {
  assert.equal(file.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const body = file.subarray(at + 4, at + 8 + length);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(body));
    chunks.set(body.subarray(0, 4).toString(), body.subarray(4));
    at += 12 + length;
  }
  const header = chunks.get('IHDR')!;
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  assert.deepEqual([...header.subarray(8)], [8, 0, 0, 0, 0]);
  assert.deepEqual([...chunks.keys()], ['IHDR', 'IDAT', 'IEND']);
  const data = inflateSync(chunks.get('IDAT')!);
  assert.equal(data.length, height * (width + 1));
  const rows = Array.from({ length: height }, (_, y) => {
    const line = data.subarray(y * (width + 1), (y + 1) * (width + 1));
    assert.equal(line[0], 0);
    return [...line.subarray(1)];
  });
  return { width, height, rows };
}

/** Widths of the dark and light runs across the middle, in modules of `scale` pixels, without the margins. */
export function readBars(file: Buffer, scale: number) {
  const { rows, height } = readPng(file);
  const middle = rows[Math.floor(height / 2)]!;
  const runs: { dark: boolean; width: number }[] = [];
  for (const grey of middle) {
    const dark = grey === 0;
    const last = runs.at(-1);
    if (last?.dark === dark) last.width += 1 / scale;
    else runs.push({ dark, width: 1 / scale });
  }
  const [quiet, ...bars] = runs;
  assert.ok(!quiet!.dark && quiet!.width >= 10 && bars.pop()!.width >= 10, 'a quiet zone of ten modules');
  return bars.map(({ width }) => width).join('');
}
