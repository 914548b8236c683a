/** Tells the page what the shopper would pay now, each time that it is another amount. */
import type { Checkout } from '../server/contract/checkout.ts';
import { currencyDigits } from '../server/contract/currency.ts';
import type { StateName } from './checkout/state.ts';
import { LetpayTotalChangeEvent } from './total-change-event.ts';
import type { FormScreen } from './views/form-screen.ts';

export type ScreenWithTotal = Pick<FormScreen, 'isLoading' | 'openMethod' | 'form'>;
export type Tag = HTMLElement & { readonly state: StateName; readonly checkout: Checkout | null };

/** What each element told last. */
const told = new WeakMap<Tag, string>();

export function tellTotal(tag: Tag, screen: ScreenWithTotal): void {
  const { checkout, state } = tag;
  const method = checkout && state === 'choosing' && !screen.isLoading && screen.openMethod(checkout);
  // Whatever follows a submission has its own events; a form that comes back is news again.
  if (!method) return void told.delete(tag);
  const form = screen.form(method);
  const total = form.total(checkout);
  const news = `${form.installments} ${total}`;
  if (total === null || told.get(tag) === news) return;
  told.set(tag, news);
  const digits = currencyDigits(checkout.totals?.asset || checkout.currency);
  tag.dispatchEvent(new LetpayTotalChangeEvent(form.installments, total / 10 ** digits));
}
