/** Where Paycash can be paid, and how much (facts section 3.1; the PSP has the last word). */
import { toMajor } from '../../money.ts';

/** By country: its currency, least and most in major units. */
const limits: Readonly<Record<string, readonly [currency: string, min: number, max: number]>> = {
  MX: ['MXN', 15, 10_000],
  CO: ['COP', 10_000, 5_000_000],
  CR: ['CRC', 1_100, 190_000],
  EC: ['USD', 2, 1_000],
  PE: ['PEN', 10, 3_500],
  PA: ['USD', 2, 300],
  GT: ['GTQ', 20, 7_500],
  HN: ['HNL', 50, 25_000],
  CL: ['CLP', 1_900, 1_360_000],
  DO: ['DOP', 120, 80_000],
};

/** `amount`: what the shopper pays, in minor units of `currency`. */
export function fitsPaycash(country: string, currency: string, amount: number): boolean {
  const [own, min, max] = (Object.hasOwn(limits, country) && limits[country]) || ['', 0, 0];
  const major = toMajor(amount, currency);
  return currency === own && min <= major && major <= max;
}
