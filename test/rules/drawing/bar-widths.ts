import assert from 'node:assert/strict';

/** Reads a path of bars back: the widths of bars and spaces in turn, without the ten modules of light on either side. */
export function barWidths({ width, path }: { width: number; path: string }): number[] {
  const widths: number[] = [];
  let end = 10;
  for (const [, x, bar, back] of path.matchAll(/M(\d+) 0h(\d+)v1h-(\d+)z/g)) {
    assert.equal(bar, back);
    if (widths.length > 0) widths.push(Number(x) - end);
    else assert.equal(Number(x), 10);
    widths.push(Number(bar));
    end = Number(x) + Number(bar);
  }
  assert.equal(width, end + 10);
  return widths;
}
