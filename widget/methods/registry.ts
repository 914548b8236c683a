/**
 * Every method that the tag can show. A new method is one line here, one in `instrument-views.ts` when it is paid elsewhere,
 * and a folder beside this file.
 */
import type { Method } from '../../server/contract/checkout.ts';
import { card } from './card/card.ts';
import type { PaymentMethod } from './method.ts';
import { plainMethod } from './plain-method.ts';

export const registry: Readonly<Record<Method, PaymentMethod>> = {
  CREDITCARD: card,
  PIX: plainMethod('PIX'),
  BOLETO: plainMethod('BOLETO'),
  PAYCASH: plainMethod('PAYCASH'),
  REDIRECT: plainMethod('REDIRECT'),
};

function isMethod(word: string): word is Method {
  return Object.hasOwn(registry, word);
}

/**
 * The methods to show: those of the checkout in its order, or the merchant’s own choice and order (`PIX,CREDITCARD`)
 * as far as the checkout offers them. A choice that leaves nothing is taken for a mistake and ignored.
 */
export function methodsToShow(offered: readonly Method[], wanted: string | null): readonly Method[] {
  const chosen = (wanted ?? '')
    .split(/[\s,]+/)
    .map(word => word.toUpperCase())
    .filter(isMethod)
    .filter((word, at, all) => offered.includes(word) && all.indexOf(word) === at);
  return chosen.length > 0 ? chosen : offered;
}
