import { html } from 'hono/html';
import type { Markup } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';

export function deniedPage(visitor: Visitor): Markup {
  const { shop, staff } = visitor.texts;
  return layout(visitor, {
    title: staff.title,
    content: html`<h1>${staff.title}</h1><p>${staff.denied}</p>
      <p class="buttons"><a class="button secondary" href="/">${shop.backToShop}</a></p>`,
  });
}
