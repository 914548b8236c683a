/** Times of the day, and the time that is left. */
import { cachedFormat } from './cached-format.ts';

/**
 * An instant (epoch ms or ISO 8601) as a time of the day in the shopper’s own time zone: `14:32`. With the day, unless it
 * is that of `now`.
 */
export function formatTime(at: number | string, locale: string, now = at): string {
  const day = new Date(at).toDateString() === new Date(now).toDateString() ? undefined : 'short';
  return cachedFormat(
    `${locale} time ${day}`,
    () => new Intl.DateTimeFormat(locale, { timeStyle: 'short', dateStyle: day }),
  ).format(new Date(at));
}

/** Time left (ms) as `14:32` or `1:05:00`. A started second counts as a whole one; what is over shows `00:00`. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}
