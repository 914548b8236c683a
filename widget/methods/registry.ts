/**
 * Every method that the tag can show. A new method is one line here, one in `instrument-views.ts` when it is paid elsewhere,
 * and a folder beside this file.
 */
import type { Method } from '../../server/contract/checkout.ts';
import { card, debitCard } from './card/card.ts';
import type { PaymentMethod } from './method.ts';
import { plainMethod } from './plain-method.ts';

export const registry: Readonly<Record<Method, PaymentMethod>> = {
  CREDITCARD: card,
  DEBITCARD: debitCard,
  PIX: plainMethod('PIX'),
  BOLETO: plainMethod('BOLETO'),
  PAYCASH: plainMethod('PAYCASH'),
  REDIRECT: plainMethod('REDIRECT'),
};

/**
 * The methods to show: those of the checkout in its order, or the merchant’s own choice and order (`PIX,CREDITCARD`)
 * as far as the checkout offers them. A choice that leaves nothing shows nothing: it is there to keep methods away.
 */
export function methodsToShow(offered: readonly Method[], wanted: string | null): readonly Method[] {
  const words = wanted?.toUpperCase().match(/[^\s,]+/g) as Method[] | null | undefined;
  return words ? [...new Set(words)].filter(word => offered.includes(word)) : offered;
}
