/** Interleaved 2 of 5 (ISO/IEC 16390), the bars of a boleto: 44 digits, no check digit of its own. */
import { type Bars, drawBars } from './bars.ts';

/** Narrow (1) and wide (3) elements of each digit; FEBRABAN allows 2.5 to 3. */
const elements = ['11331', '31113', '13113', '33111', '11313', '31311', '13311', '11133', '31131', '13131'];

/** Throws a RangeError unless `digits` is an even number of digits. */
export function interleaved2of5(digits: string): Bars {
  if (!/^(\d\d)+$/.test(digits)) throw new RangeError('an even number of digits is needed');
  // Of each pair the first digit is in the bars, the second in the spaces.
  const pairs = digits.replace(/../g, ([first, second]) => {
    const spaces = elements[Number(second)] ?? '';
    return (elements[Number(first)] ?? '').replace(/./g, (bar, i: number) => bar + spaces.charAt(i));
  });
  return drawBars([...`1111${pairs}311`].map(Number));
}
