/** How long an instrument can still be paid. */
import type { Instrument } from '../../server/contract/checkout.ts';

/** In ms, below zero once it is over; null when the PSP gave no end: then there is no clock and no false hurry. */
export function timeLeft(instrument: Instrument | null, now: number): number | null {
  if (instrument?.method !== 'PIX' || !instrument.expires_at) return null;
  return Date.parse(instrument.expires_at) - now;
}
