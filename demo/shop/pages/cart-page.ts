import { html } from 'hono/html';
import { type CartLine, isBeyondCash, largestQuantity, linesOf, totalOf } from '../cart.ts';
import { formatAmount, formatMajor } from '../money.ts';
import { type Markup, picture } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';
import { totals } from './order-summary.ts';

export function cartPage(visitor: Visitor): Markup {
  const { texts, cart, country } = visitor;
  const lines = linesOf(cart, country);
  return layout(visitor, {
    title: texts.cart.title,
    content: lines.length === 0 ? emptyCart(visitor) : filledCart(lines, visitor),
  });
}

function emptyCart({ texts }: Visitor): Markup {
  return html`<h1>${texts.cart.title}</h1>
    <p>${texts.cart.empty}</p>
    <p><a class="button secondary" href="/">${texts.shop.backToShop}</a></p>`;
}

function filledCart(lines: readonly CartLine[], visitor: Visitor): Markup {
  const { texts, country } = visitor;
  const refused = isBeyondCash(totalOf(lines), country);
  return html`<h1>${texts.cart.title}</h1>
    <div class="with-side">
      <ul class="cart-lines">${lines.map(line => cartLine(line, visitor))}</ul>
      <aside class="box">
        ${totals(lines, visitor)}
        ${refused ? cashNotice(visitor) : html`<a class="button primary" href="/checkout">${texts.cart.checkout}</a>`}
      </aside>
    </div>`;
}

/** Shown here and not only after the buyer has typed everything. */
export function cashNotice({ texts, country, locale }: Visitor): Markup {
  const limits = country.cashLimits;
  if (!limits) return html``;
  const money = (amount: number) => formatMajor(amount, country.currency, locale);
  return html`<p class="notice" role="alert">${texts.cart.beyondCash(money(limits.min), money(limits.max))}</p>`;
}

function cartLine(line: CartLine, { texts, country, locale }: Visitor): Markup {
  const { name, detail } = texts.products[line.product];
  const money = (amount: number) => formatAmount(amount, country.currency, locale);
  return html`<li class="cart-line">
    ${picture(line.product)}
    <div class="product-words"><h2>${name}</h2><p>${detail}</p></div>
    <form class="quantity" method="post" action="/cart/quantity">
      <input type="hidden" name="product" value="${line.product}">
      <label class="hidden" for="quantity-${line.product}">${texts.cart.quantity}: ${name}</label>
      <select id="quantity-${line.product}" name="quantity" data-submit-on-change>
        ${Array.from({ length: largestQuantity }, (_, index) => index + 1).map(
          count =>
            html`<option value="${count}" ${count === line.quantity ? 'selected' : ''}>${count}</option>`,
        )}
      </select>
      <button class="quiet without-script">${texts.cart.update}</button>
    </form>
    <span class="amount">${money(line.total)}</span>
    <form method="post" action="/cart/quantity">
      <input type="hidden" name="product" value="${line.product}">
      <input type="hidden" name="quantity" value="0">
      <button class="quiet" aria-label="${texts.cart.remove}: ${name}">${texts.cart.remove}</button>
    </form>
  </li>`;
}
