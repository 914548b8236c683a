/** Dates as LetPay means them: in São Paulo, which has kept UTC-3 the whole year since 2019. */

const saoPaulo = -3 * 3_600_000;
export const dayMs = 86_400_000;

/** `YYYY-MM-DD` in São Paulo at that moment. */
export const dateAt = (ms: number): string => new Date(ms + saoPaulo).toISOString().slice(0, 10);

/** `YYYY-MM-DD HH:mm:ss.SSS` in São Paulo, without a zone. */
export const localTimeAt = (ms: number): string =>
  new Date(ms + saoPaulo).toISOString().replace('T', ' ').slice(0, -1);

/** The first millisecond after that date in São Paulo. */
export const endOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) + dayMs - saoPaulo;

/** True for `YYYY-MM-DD` that names a day of the calendar. */
export function isDate(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(ms) && new Date(ms).toISOString().startsWith(text);
}

/** `2024-01-16T19:57:10.751+0000`, as the current pages print most times. */
export const zuluTime = (ms: number, zone = '+0000'): string => new Date(ms).toISOString().replace('Z', zone);
