/** How long an instrument can still be paid. */
import type { Instrument } from '../../server/contract/checkout.ts';

const dayMs = 24 * 60 * 60_000;

/**
 * Where the day of a due date ends. A boleto’s in São Paulo (no summer time since 2019). A cash reference’s where it is
 * latest in all the countries of Paycash, Tijuana: too late a word costs a way to the till, too early a one a sale.
 */
const lastDayEnds = { BOLETO: '-03:00', PAYCASH: '-08:00' } as const;

/** In ms, below zero once it is over; null when the PSP gave no end: then there is no clock and no false hurry. */
export function timeLeft(instrument: Instrument | null, now: number): number | null {
  if (instrument?.method !== 'PIX' || !instrument.expires_at) return null;
  return Date.parse(instrument.expires_at) - now;
}

/**
 * A due date (`YYYY-MM-DD`) is a day on which the shopper can still pay, until it ends. What falls due on a Saturday or a
 * Sunday can be paid on the Monday after (Lei 7.089/1983), which holds for boletos.
 */
export function isPastDue(method: keyof typeof lastDayEnds, dueDate: string, now: number): boolean {
  const weekday = new Date(`${dueDate}T00:00Z`).getUTCDay();
  const days = method === 'BOLETO' && weekday % 6 === 0 ? (weekday === 6 ? 3 : 2) : 1;
  return now >= Date.parse(`${dueDate}T00:00${lastDayEnds[method]}`) + days * dayMs;
}

/** Not to be paid any more. `dueDate` is the last that is known of a boleto or of a cash reference. */
export function isOver(instrument: Instrument, dueDate: string | null, now: number): boolean {
  const { method } = instrument;
  return method === 'BOLETO' || method === 'PAYCASH'
    ? dueDate !== null && isPastDue(method, dueDate, now)
    : (timeLeft(instrument, now) ?? 1) <= 0;
}
