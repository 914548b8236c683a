import type { CardMethod, Method } from '../../../server/contract/checkout.ts';

/** Paid by what is typed in: there is no code to pay elsewhere. */
export function isCardMethod(method: Method | null): method is CardMethod {
  return /CARD/.test(method as string);
}
