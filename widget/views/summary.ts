/** What the shopper pays: the total, and what it is made of where that is more than the price. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import { formatMoney, toMinor } from '../i18n/money.ts';
import { amountOwed, money, type ViewContext } from './view.ts';

/** `total` in minor units: installments with interest cost more than the order. */
export function summary(
  checkout: Checkout,
  total: number | null,
  context: ViewContext,
): TemplateResult | typeof nothing {
  const { totals, customer_fees: fees, country } = checkout;
  const owed = amountOwed(checkout);
  if (!totals || owed === null || total === null) return nothing;
  const { texts, locale } = context;
  const { amount, asset, original_amount: price, original_asset: priced } = totals;
  const line = (name: string, value: string, part = 'summary-line') =>
    html`<div part=${part} class=${part}><dt>${name}</dt><dd translate="no">${value}</dd></div>`;
  const inMoney = (value: number, currency: string) =>
    formatMoney(toMinor(value, currency), currency, locale, country);
  const isConverted = priced !== asset;
  return html`<dl part="summary" class="summary">
    ${
      isConverted
        ? [
            line(texts.originalAmount, inMoney(price, priced)),
            // “1 USD = 3,761 BRL” is the same in every language; what was agreed is the amounts, the rate follows.
            line(
              texts.exchangeRate,
              `1 ${priced} = ${(amount / price).toLocaleString(locale, { maximumFractionDigits: 4 })} ${asset}`,
            ),
          ]
        : nothing
    }
    ${isConverted || fees.length > 0 || total !== owed ? line(texts.subtotal, inMoney(amount, asset)) : nothing}
    ${fees.map(fee => line(texts.fee(fee.name), inMoney(fee.amount, fee.asset)))}
    ${total > owed ? line(texts.installmentCost, money(total - owed, checkout, context)) : nothing}
    ${line(texts.total, money(total, checkout, context), 'total')}
  </dl>`;
}
