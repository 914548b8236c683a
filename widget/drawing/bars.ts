/** Bars and the light around them, as an SVG path. */

export interface Bars {
  /** In modules, quiet zones included. */
  readonly width: number;
  /** Path data of height 1, to be stretched (`preserveAspectRatio="none"`). */
  readonly path: string;
}

/** Both symbologies demand ten modules of light on either side. */
const quietZone = 10;

/** Draws alternating bars and spaces, a bar first, from their widths in modules. */
export function drawBars(widths: Iterable<number>): Bars {
  let x = quietZone;
  let path = '';
  let dark = true;
  for (const width of widths) {
    if (dark) path += `M${x} 0h${width}v1h-${width}z`;
    x += width;
    dark = !dark;
  }
  return { width: x + quietZone, path };
}
