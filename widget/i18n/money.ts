/** Money as the shopper reads it. Inside it is an integer of minor units; the wire has major units. */
import { currencyDigits, isShownWhole } from '../../server/contract/currency.ts';
import { cachedFormat } from './cached-format.ts';

/**
 * ISO 4217 names a currency by its country (ISO 3166-1 alpha-2) and one more letter. At home it needs no more than `$`.
 * `digits` are ours: the engine’s own differ from version to version.
 */
function moneyFormat(currency: string, locale: string, country: string, digits: number): Intl.NumberFormat {
  const currencyDisplay = country && currency.startsWith(country) ? 'narrowSymbol' : 'symbol';
  return cachedFormat(`${locale} ${currency} ${currencyDisplay} ${digits}`, () => {
    return new Intl.NumberFormat(locale, {
      // Not of three letters (a stablecoin, or nothing): the figure alone.
      ...(/^[A-Z]{3}$/.test(currency) && { style: 'currency', currency, currencyDisplay }),
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  });
}

/** The one place where a wire amount in major units becomes an integer of minor units. */
export function minorUnits(amount: number, digits: number): number {
  return Math.round(amount * 10 ** digits);
}

/** A wire amount (major units) in minor units of its currency. */
export function toMinor(amount: number, currency: string): number {
  return minorUnits(amount, currencyDigits(currency));
}

/** Minor units as money: `R$ 1.234,56`. `country` is the order’s. */
export function formatMoney(minor: number, currency: string, locale: string, country: string): string {
  const digits = currencyDigits(currency);
  const major = minor / 10 ** digits;
  const isWhole = isShownWhole(currency) && Number.isInteger(major);
  return moneyFormat(currency, locale, country, isWhole ? 0 : digits).format(major);
}
