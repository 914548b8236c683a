/** Money as the shopper reads it. Inside it is an integer of minor units; the wire has major units. */
import { cachedFormat } from './cached-format.ts';

/**
 * COP has two decimals by ISO 4217 and LetPay’s amounts carry them, but some engines count none and would round the
 * centavos away. Colombian shops print no decimals: whole pesos are shown without.
 */
const colombianPesos = {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  trailingZeroDisplay: 'stripIfInteger',
} as const;

/** ISO 4217 names a currency by its country (ISO 3166-1 alpha-2) and one more letter. At home it needs no more than `$`. */
function moneyFormat(currency: string, locale: string, country = ''): Intl.NumberFormat {
  const currencyDisplay = country && currency.startsWith(country) ? 'narrowSymbol' : 'symbol';
  return cachedFormat(`${locale} ${currency} ${currencyDisplay}`, () => {
    try {
      return new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        currencyDisplay,
        ...(currency === 'COP' && colombianPesos),
      });
    } catch {
      // Not of three letters (a stablecoin, or nothing): the figure alone, with two decimals.
      return new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    }
  });
}

/** How many decimals the currency has, by ISO 4217: BRL 2, COP 2, CLP 0. */
export function currencyDigits(currency: string): number {
  return moneyFormat(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2;
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
  return moneyFormat(currency, locale, country).format(minor / 10 ** currencyDigits(currency));
}
