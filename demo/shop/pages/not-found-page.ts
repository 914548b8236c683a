import { html } from 'hono/html';
import type { Markup } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';
import { layout } from './layout.ts';

export function notFoundPage(visitor: Visitor): Markup {
  const { shop } = visitor.texts;
  return layout(visitor, {
    title: shop.notFound,
    content: html`<h1>${shop.notFound}</h1><p><a class="button secondary" href="/">${shop.backToShop}</a></p>`,
  });
}
