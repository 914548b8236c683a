/** What is known of Paycash by country (LetPay, “Paycash”: limits of one payment, in major units of the local currency). */
import { hasOwn } from '../../has-own.ts';

export interface CashCountry {
  readonly currency: string;
  readonly least: number;
  readonly most: number;
  /** What the shopper says at the till, in the language of the till. */
  readonly phrase: string;
}

/** Mexican tills take Paycash as a payment of services; of the other countries only the name is documented. */
const servicePayment = 'pago de servicios, Paycash';
const payment = 'pago con Paycash';

const countries: Readonly<Record<string, CashCountry>> = {
  MX: { currency: 'MXN', least: 15, most: 10_000, phrase: servicePayment },
  CO: { currency: 'COP', least: 10_000, most: 5_000_000, phrase: payment },
  CR: { currency: 'CRC', least: 1100, most: 190_000, phrase: payment },
  EC: { currency: 'USD', least: 2, most: 1000, phrase: payment },
  PE: { currency: 'PEN', least: 10, most: 3500, phrase: payment },
  PA: { currency: 'USD', least: 2, most: 300, phrase: payment },
  GT: { currency: 'GTQ', least: 20, most: 7500, phrase: payment },
  HN: { currency: 'HNL', least: 50, most: 25_000, phrase: payment },
  CL: { currency: 'CLP', least: 1900, most: 1_360_000, phrase: payment },
  DO: { currency: 'DOP', least: 120, most: 80_000, phrase: payment },
};

/** Null for a country (ISO 3166-1 alpha-2) of which nothing is documented. */
export function cashCountry(country: string): CashCountry | null {
  const code = country.toUpperCase();
  return (hasOwn(countries, code) && countries[code]) || null;
}

/** Within a fifth of the least or the most: then the shopper is better told. */
export function isNearLimits(amount: number, currency: string, limits: CashCountry): boolean {
  return currency === limits.currency && (amount < limits.least * 1.2 || amount > limits.most * 0.8);
}

/** False as well for an amount in another currency: there is nothing to compare. */
export function isOutsideLimits(amount: number, currency: string, limits: CashCountry): boolean {
  return currency === limits.currency && (amount < limits.least || amount > limits.most);
}
