/** What every page has: head, header with the switches, footer. */
import { html } from 'hono/html';
import { countOf } from '../cart.ts';
import { countries, languages } from '../countries.ts';
import type { Markup } from '../pictures.ts';
import type { Visitor } from '../visitor.ts';

export interface Page {
  readonly title: string;
  readonly content: Markup;
  /** More elements of the head: the pay page's scripts. */
  readonly head?: Markup;
  /** Orders have their country already. */
  readonly countryIsFixed?: boolean;
}

export function layout(visitor: Visitor, page: Page): Markup {
  const { texts } = visitor;
  return html`<!doctype html>
<html lang="${visitor.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · Varanda</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/base.css">
<link rel="stylesheet" href="/pages.css">
<link rel="stylesheet" href="/test-mode.css">
<script type="module" src="/shop.js"></script>
${page.head ?? ''}
</head>
<body>
<a class="skip" href="#content">${texts.shop.skip}</a>
<header class="top">
  <div class="top-row">
    <a class="brand" href="/"><span class="brand-sun" aria-hidden="true"></span>Varanda</a>
    <nav class="switches">
      ${page.countryIsFixed ? '' : countrySwitch(visitor)}
      ${languageSwitch(visitor)}
      ${page.countryIsFixed ? '' : cartLink(visitor)}
    </nav>
  </div>
</header>
<main id="content">
${page.content}
</main>
<footer class="bottom"><p>${texts.shop.footer} ${texts.shop.demoNotice}</p></footer>
</body>
</html>`;
}

function countrySwitch({ texts, country, path }: Visitor): Markup {
  return html`<form class="country" method="get" action="${path}">
    <label class="hidden" for="country">${texts.shop.country}</label>
    <select id="country" name="country" data-submit-on-change>
      ${countries.map(
        option =>
          html`<option value="${option.code}" ${option.code === country.code ? 'selected' : ''}>${option.name} · ${option.currency}</option>`,
      )}
    </select>
    <button class="quiet without-script">${texts.shop.change}</button>
  </form>`;
}

const languageNames = { pt: 'Português', es: 'Español', en: 'English' } as const;

function languageSwitch({ texts, language, path }: Visitor): Markup {
  return html`<ul class="languages" aria-label="${texts.shop.language}">
    ${languages.map(
      option =>
        html`<li><a href="${path}?lang=${option}" lang="${option}" hreflang="${option}" title="${languageNames[option]}"
          ${option === language ? html`aria-current="true"` : ''}>${option.toUpperCase()}</a></li>`,
    )}
  </ul>`;
}

function cartLink({ texts, cart }: Visitor): Markup {
  return html`<a class="cart-link" href="/cart">${texts.cart.title}<span class="count">${countOf(cart)}</span></a>`;
}
