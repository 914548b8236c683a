/** Countries, their currency and what can be paid there ("Paycash", and the Paycash table of `psp-api-facts.md` 3.1). */
import type { Method } from './payment.ts';

export interface Country {
  readonly code: string;
  readonly name: string;
  readonly currency: string;
  readonly methods: readonly Method[];
  /** Bounds of a cash payment in minor units, and the number of digits of its reference. */
  readonly paycash: { readonly min: number; readonly max: number; readonly digits: number } | null;
}

function cashCountry(code: string, name: string, currency: string, min: number, max: number): Country {
  return {
    code,
    name,
    currency,
    methods: ['PAYCASH'],
    paycash: { min: min * 100, max: max * 100, digits: 16 },
  };
}

const mexico = cashCountry('MX', 'Mexico', 'MXN', 15, 10_000);

const all: readonly Country[] = [
  {
    code: 'BR',
    name: 'Brasil',
    currency: 'BRL',
    methods: ['BOLETO', 'PIX', 'CREDITCARD', 'DEBITCARD'],
    paycash: null,
  },
  {
    ...mexico,
    methods: ['PAYCASH', 'CREDITCARD'],
    paycash: mexico.paycash && { ...mexico.paycash, digits: 13 },
  },
  cashCountry('CO', 'Colombia', 'COP', 10_000, 5_000_000),
  cashCountry('CR', 'Costa Rica', 'CRC', 1_100, 190_000),
  cashCountry('EC', 'Ecuador', 'USD', 2, 1_000),
  cashCountry('PE', 'Peru', 'PEN', 10, 3_500),
  cashCountry('PA', 'Panama', 'USD', 2, 300),
  cashCountry('GT', 'Guatemala', 'GTQ', 20, 7_500),
  cashCountry('HN', 'Honduras', 'HNL', 50, 25_000),
  cashCountry('CL', 'Chile', 'CLP', 1_900, 1_360_000),
  cashCountry('DO', 'Dominican Republic', 'DOP', 120, 80_000),
];

export const countryOf = (code: string): Country | undefined => all.find(country => country.code === code);

/** Assets that an order can be priced in: the local currencies, and euros for Brazil (classic, "Create Payment Order"). */
export const assets: ReadonlySet<string> = new Set([...all.map(({ currency }) => currency), 'EUR']);

export function fitsPaycash(country: Country, amount: number): boolean {
  return country.paycash !== null && amount >= country.paycash.min && amount <= country.paycash.max;
}
