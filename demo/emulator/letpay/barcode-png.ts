/** Bar codes as PNG: Code 128 for cash references (ISO/IEC 15417), Interleaved 2 of 5 for boletos (FEBRABAN). */
import { drawPng } from './png.ts';

/** Widths of bars and spaces in modules, by Code 128 symbol value 0 to 106 (106 is the stop). */
const code128Widths =
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 ' +
  '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 ' +
  '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 ' +
  '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 ' +
  '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 ' +
  '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 ' +
  '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112';
const widths = code128Widths.split(' ');
const startB = 104;
const startC = 105;
const codeC = 99;
const stop = 106;
const digitZeroInB = 16;

/** Digits as Code 128, in pairs; an odd first digit is written in set B. */
export function code128Png(digits: string): Buffer {
  const odd = digits.length % 2;
  const pairs = digits.slice(odd).match(/../g)?.map(Number) ?? [];
  const head = odd === 1 ? [startB, digitZeroInB + Number(digits[0]), codeC] : [startC];
  const symbols = [...head, ...pairs];
  const check = symbols.reduce((sum, symbol, index) => sum + symbol * Math.max(index, 1), 0) % 103;
  return bars([...symbols, check, stop].map(symbol => widths[symbol] ?? '').join(''));
}

/** Narrow is one module, wide three; by digit, five elements of which two are wide. */
const itfDigits = ['11331', '31113', '13113', '33111', '11313', '31311', '13311', '11133', '31131', '13131'];

/** An even number of digits as Interleaved 2 of 5, without a check digit of its own. */
export function itfPng(digits: string): Buffer {
  const pairs = (digits.match(/../g) ?? []).map(([first, second]) => {
    const dark = itfDigits[Number(first)] ?? '';
    const light = itfDigits[Number(second)] ?? '';
    return [...dark].map((width, index) => width + (light[index] ?? '')).join('');
  });
  return bars(`1111${pairs.join('')}311`);
}

/** Alternating dark and light runs, the first one dark. */
function bars(runs: string): Buffer {
  const row = [...runs].flatMap((width, index) => new Array<boolean>(Number(width)).fill(index % 2 === 0));
  return drawPng([row], { scale: 2, rowScale: 80, quiet: 10 });
}
