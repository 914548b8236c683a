/** In which order methods stand where the merchant names none. */
import type { Method } from '../contract/checkout.ts';

/** As shoppers use them, the most used first; a PSP lists them as it happens to. */
const byUse: Readonly<Record<string, readonly Method[]>> = {
  BR: ['PIX', 'CREDITCARD', 'DEBITCARD', 'BOLETO'],
};
const elsewhere: readonly Method[] = ['CREDITCARD', 'DEBITCARD', 'PIX', 'PAYCASH', 'BOLETO'];

/** `country`: ISO 3166-1 alpha-2. What the list does not name comes last, as it came. */
export function inOrderOfUse(offered: readonly Method[], country: string): readonly Method[] {
  const order = byUse[country] ?? elsewhere;
  const rank = (method: Method) => (order.includes(method) ? order.indexOf(method) : order.length);
  return offered.toSorted((a, b) => rank(a) - rank(b));
}
