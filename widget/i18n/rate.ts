/** Rates of interest as the shopper reads them. */
import { cachedFormat } from './cached-format.ts';

/** A rate as a fraction (0.0299) in per cent: `2,99%`. */
export function formatRate(rate: number, locale: string): string {
  return cachedFormat(
    `${locale} rate`,
    () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }),
  ).format(rate);
}
