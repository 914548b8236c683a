/** What the shopper pays: the total, and the fees it holds where there are any. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import { formatMoney, toMinor } from '../i18n/money.ts';
import { money, type ViewContext } from './view.ts';

/** `total` in minor units: installments with interest cost more than the order. */
export function summary(
  checkout: Checkout,
  total: number | null,
  context: ViewContext,
): TemplateResult | typeof nothing {
  const { totals, customer_fees: fees } = checkout;
  if (!totals || total === null) return nothing;
  const { texts, locale } = context;
  const line = (name: string, amount: string, part = 'summary-line') =>
    html`<div part=${part} class=${part}><dt>${name}</dt><dd>${amount}</dd></div>`;
  return html`<dl part="summary" class="summary">
    ${
      fees.length > 0
        ? [
            line(texts.subtotal, money(toMinor(totals.amount, totals.asset), checkout, context)),
            ...fees.map(({ name, amount, asset }) =>
              line(texts.fee(name), formatMoney(toMinor(amount, asset), asset, locale, checkout.country)),
            ),
          ]
        : nothing
    }
    ${line(texts.total, money(total, checkout, context), 'total')}
  </dl>`;
}
