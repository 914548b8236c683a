/** Code 128 (ISO/IEC 15417), the bars of a cash reference. Sets B (printable ASCII) and C (pairs of digits). */
import { type Bars, drawBars } from './bars.ts';

/** Bar and space widths of the values 0 to 105, six digits each. */
const patterns =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221' +
  '223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321' +
  '112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131' +
  '311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114' +
  '122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141' +
  '214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232';
const stop = '2331112';
const toC = 99;
const toB = 100;
const startB = 104;
const startC = 105;

/** Symbol values without check and stop: C where four or more digits follow (or nothing but digits), B elsewhere. */
function encode(text: string): number[] {
  const values: number[] = [];
  let inC = false;
  for (let at = 0; at < text.length; ) {
    const run = /^\d*/.exec(text.slice(at))?.[0].length ?? 0;
    const worthC: boolean = run >= (inC || run === text.length ? 2 : 4) && (inC || at === 0 || run % 2 === 0);
    if (values.length === 0) values.push(worthC ? startC : startB);
    else if (worthC !== inC) values.push(worthC ? toC : toB);
    inC = worthC;
    values.push(inC ? Number(text.slice(at, at + 2)) : text.charCodeAt(at) - 32);
    at += inC ? 2 : 1;
  }
  return values;
}

/** 16 digits make 123 modules, and ten of light on either side. Throws a RangeError unless `text` is printable ASCII. */
export function code128(text: string): Bars {
  if (!/^[ -~]+$/.test(text)) throw new RangeError('printable ASCII is needed');
  const values = encode(text);
  // The start symbol and the first after it both weigh 1.
  const check = values.reduce((sum, value, i) => sum + value * Math.max(1, i), 0) % 103;
  const widths = [...values, check].map(value => patterns.slice(value * 6, value * 6 + 6)).join('') + stop;
  return drawBars([...widths].map(Number));
}
