/**
 * Numbers, money, dates and times as the shopper reads them. Locales are BCP 47 tags (`pt-BR`, `es-AR`); money inside is
 * an integer of minor units.
 */

/** Making an Intl formatter costs far more than using it. */
const formatters = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<T extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => T): T {
  const found = formatters.get(key) ?? make();
  formatters.set(key, found);
  return found as T;
}

/**
 * COP has two decimals by ISO 4217 and LetPay’s amounts carry them, but some engines count none and would round the
 * centavos away. Colombian shops print no decimals: whole pesos are shown without.
 */
const colombianPesos = {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
  trailingZeroDisplay: 'stripIfInteger',
} as const;

function moneyFormat(currency: string, locale: string): Intl.NumberFormat {
  return cached(`${locale} ${currency}`, () => {
    try {
      return new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
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

/** Minor units as money: `R$ 1.234,56`. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  return moneyFormat(currency, locale).format(minor / 10 ** currencyDigits(currency));
}

/**
 * A calendar date (`YYYY-MM-DD`) in words: `3 de dezembro de 2026`. It is the same day in every time zone. A text that
 * is no date comes back as it is.
 */
export function formatDate(isoDate: string, locale: string): string {
  const day = Date.parse(`${isoDate}T00:00:00Z`);
  if (Number.isNaN(day)) return isoDate;
  return cached(
    `${locale} date`,
    () => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
  ).format(day);
}

/** An instant (epoch ms or ISO 8601) as a time of the day in the shopper’s own time zone: `14:32`. */
export function formatTime(at: number | string, locale: string): string {
  return cached(`${locale} time`, () => new Intl.DateTimeFormat(locale, { timeStyle: 'short' })).format(
    new Date(at),
  );
}

/** Time left (ms) as `14:32` or `1:05:00`. A started second counts as a whole one; what is over shows `00:00`. */
export function formatCountdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A rate as a fraction (0.0299) in per cent: `2,99%`. */
export function formatRate(rate: number, locale: string): string {
  return cached(
    `${locale} rate`,
    () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }),
  ).format(rate);
}
