/** A stored card in words: its brand, its last four digits, its last month. */
import type { SavedCard } from '../../../server/contract/checkout.ts';
import type { Texts } from '../../i18n/texts.ts';

/** Names that are not their id with a capital: `american-express` is. */
const names: Readonly<Record<string, string>> = { jcb: 'JCB', unionpay: 'UnionPay', unknown: '' };

/** `brand` is the proxy’s word: `visa`, `american-express`, `elo`, …; the name of `unknown` is empty. */
export function brandName(brand: string): string {
  return names[brand] ?? brand.replace(/(^|-)(\w)/g, (_, dash, first) => (dash && ' ') + first.toUpperCase());
}

/** “Visa final 1112” */
export function cardName({ brand, last4 }: SavedCard, { cardEnding, methodName }: Texts): string {
  return cardEnding(brandName(brand) || methodName.CREDITCARD, last4);
}

/** “12/30”, as it is printed. */
export function lastMonth({ exp_month: month, exp_year: year }: SavedCard): string {
  return [month, year % 100].map(part => String(part).padStart(2, '0')).join('/');
}
