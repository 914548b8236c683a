/**
 * The countries that the shop sells to: Brazil, and the ten of Paycash.
 *
 * The cash limits are LetPay's, per payment and in major units (LetPay, “Paycash”, table of countries). The first
 * language of a country is only the default: a visitor's own choice wins.
 */
import type { Currency } from './money.ts';

export type Language = 'pt' | 'es' | 'en';
export const languages: readonly Language[] = ['pt', 'es', 'en'];

export interface Country {
  readonly code: string;
  readonly currency: Currency;
  readonly language: Language;
  /** In the country's own words. */
  readonly name: string;
  /** What people there call the number that identifies them for taxes. */
  readonly taxIdName: string;
  /** The methods that are asked for at the proxy, in the order in which people expect them. */
  readonly methods: readonly string[];
  /** Smallest and largest payment in cash; null where cash is not offered. */
  readonly cashLimits: { readonly min: number; readonly max: number } | null;
}

function cashCountry(
  code: string,
  name: string,
  currency: Currency,
  taxIdName: string,
  min: number,
  max: number,
): Country {
  return { code, name, currency, taxIdName, language: 'es', methods: ['PAYCASH'], cashLimits: { min, max } };
}

export const brazil: Country = {
  code: 'BR',
  name: 'Brasil',
  currency: 'BRL',
  language: 'pt',
  taxIdName: 'CPF ou CNPJ',
  methods: ['PIX', 'CREDITCARD', 'DEBITCARD', 'BOLETO'],
  cashLimits: null,
};

export const countries: readonly Country[] = [
  brazil,
  cashCountry('MX', 'México', 'MXN', 'RFC', 15, 10_000),
  cashCountry('CO', 'Colombia', 'COP', 'Cédula', 10_000, 5_000_000),
  cashCountry('CR', 'Costa Rica', 'CRC', 'Cédula', 1_100, 190_000),
  cashCountry('EC', 'Ecuador', 'USD', 'Cédula', 2, 1_000),
  cashCountry('PE', 'Perú', 'PEN', 'DNI', 10, 3_500),
  cashCountry('PA', 'Panamá', 'USD', 'Cédula', 2, 300),
  cashCountry('GT', 'Guatemala', 'GTQ', 'NIT', 20, 7_500),
  cashCountry('HN', 'Honduras', 'HNL', 'RTN', 50, 25_000),
  cashCountry('CL', 'Chile', 'CLP', 'RUT', 1_900, 1_360_000),
  cashCountry('DO', 'República Dominicana', 'DOP', 'Cédula', 120, 80_000),
];

export function findCountry(code: string | undefined): Country | undefined {
  return countries.find(country => country.code === code);
}

/** BCP 47: how amounts are written, and the language that the payment tag is given. */
export function localeOf(language: Language, country: Country): string {
  if (language === 'pt') return 'pt-BR';
  if (language === 'en') return 'en';
  return country.language === 'es' ? `es-${country.code}` : 'es-419';
}
