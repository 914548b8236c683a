/** What a new attempt should be: the same instrument again where there was one, or the choice of methods. */
import type { Checkout } from '../../server/contract/checkout.ts';
import { isCardMethod } from '../methods/card/card-method.ts';
import type { AfterRenew } from './state.ts';

export function renewalOf({ method, methods }: Checkout): AfterRenew {
  return method && !isCardMethod(method) && methods.includes(method)
    ? { kind: 'submit', method }
    : { kind: 'choose', method: null };
}
