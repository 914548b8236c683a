/** The lines of a cart or an order with their total, as shown beside the forms. */
import { html } from 'hono/html';
import { type CartLine, totalOf } from '../cart.ts';
import { formatAmount } from '../money.ts';
import { type Markup, picture } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';

export function summaryLines(lines: readonly CartLine[], { texts, country, locale }: Visitor): Markup {
  const money = (amount: number) => formatAmount(amount, country.currency, locale);
  return html`<ul class="lines">
    ${lines.map(
      line => html`<li>
        ${picture(line.product)}
        <span class="line-name">${texts.products[line.product].name}<small>${line.quantity} × ${money(line.price)}</small></span>
        <span class="amount">${money(line.total)}</span>
      </li>`,
    )}
  </ul>
  ${totals(lines, { texts, country, locale })}`;
}

export function totals(
  lines: readonly CartLine[],
  { texts, country, locale }: Pick<Visitor, 'texts' | 'country' | 'locale'>,
): Markup {
  const total = formatAmount(totalOf(lines), country.currency, locale);
  return html`<dl class="totals">
    <div><dt>${texts.cart.subtotal}</dt><dd>${total}</dd></div>
    <div><dt>${texts.cart.shipping}</dt><dd>${texts.cart.free}</dd></div>
    <div class="grand"><dt>${texts.cart.total}</dt><dd>${total}</dd></div>
  </dl>`;
}
