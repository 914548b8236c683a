/** Dates as the shopper reads them. */
import { cachedFormat } from './cached-format.ts';

/**
 * A calendar date (`YYYY-MM-DD`): `03/12/2026`, and `Dec 3, 2026` in English, where figures alone are read two ways. It
 * is the same day in every time zone. A text that is no date comes back as it is.
 */
export function formatDate(isoDate: string, locale: string): string {
  const day = Date.parse(`${isoDate}T00:00:00Z`);
  if (Number.isNaN(day)) return isoDate;
  const month = locale.startsWith('en') ? 'short' : '2-digit';
  const format = {
    year: 'numeric',
    month,
    day: month === 'short' ? 'numeric' : '2-digit',
    timeZone: 'UTC',
  } as const;
  return cachedFormat(`${locale} date`, () => new Intl.DateTimeFormat(locale, format)).format(day);
}
