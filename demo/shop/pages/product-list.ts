import { html } from 'hono/html';
import { formatAmount } from '../money.ts';
import { type Markup, picture } from '../pictures.ts';
import { type ProductId, priceOf, productIds } from '../products.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';

export function productListPage(visitor: Visitor): Markup {
  const { texts } = visitor;
  return layout(visitor, {
    title: texts.shop.tagline,
    content: html`<div class="intro"><h1>${texts.shop.tagline}</h1><p>${texts.shop.lead}</p></div>
      <ul class="products">${productIds.map(product => productCard(product, visitor))}</ul>`,
  });
}

function productCard(product: ProductId, { texts, country, locale }: Visitor): Markup {
  const { name, detail } = texts.products[product];
  const price = formatAmount(priceOf(product, country.currency), country.currency, locale);
  return html`<li class="product">
    ${picture(product)}
    <div class="product-words"><h2>${name}</h2><p>${detail}</p></div>
    <form class="product-buy" method="post" action="/cart/add">
      <input type="hidden" name="product" value="${product}">
      <span class="price">${price}</span>
      <button class="secondary" aria-label="${texts.cart.addNamed(name)}">${texts.cart.add}</button>
    </form>
  </li>`;
}
