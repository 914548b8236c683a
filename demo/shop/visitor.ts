/** Who looks at the page: country, language and cart, from the address and the visitor's cookies. */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Cart, readCart, writeCart } from './cart.ts';
import { brazil, type Country, findCountry, type Language, languages, localeOf } from './countries.ts';
import { textsIn } from './texts/by-language.ts';
import type { Texts } from './texts.ts';

export interface Visitor {
  readonly country: Country;
  readonly language: Language;
  /** BCP 47. */
  readonly locale: string;
  readonly texts: Texts;
  readonly cart: Cart;
  /** Where the visitor is: path only, for the switches that lead back here. */
  readonly path: string;
}

/** `?country=MX` and `?lang=es` switch and are remembered; a new country brings its own language. */
export function readVisitor(c: Context): Visitor {
  const switchedTo = findCountry(c.req.query('country'));
  const country = switchedTo ?? findCountry(getCookie(c, 'country')) ?? brazil;
  const language =
    findLanguage(c.req.query('lang')) ??
    (switchedTo ? country.language : (findLanguage(getCookie(c, 'lang')) ?? country.language));

  if (switchedTo) remember(c, 'country', country.code);
  if (switchedTo || c.req.query('lang')) remember(c, 'lang', language);
  return {
    country,
    language,
    locale: localeOf(language, country),
    texts: textsIn(language),
    cart: readCart(getCookie(c, 'cart')),
    path: c.req.path,
  };
}

/** The same visitor inside an order, whose country no longer changes. */
export function inCountry(visitor: Visitor, country: Country): Visitor {
  return { ...visitor, country, locale: localeOf(visitor.language, country) };
}

/** Unguessable: whoever knows it is offered the customer's stored cards. */
export function customerOf(c: Context, newId: () => string): string {
  const known = getCookie(c, 'customer');
  if (known) return known;
  const customer = newId();
  remember(c, 'customer', customer);
  return customer;
}

export function rememberCart(c: Context, cart: Cart): void {
  remember(c, 'cart', writeCart(cart));
}

function remember(c: Context, name: string, value: string): void {
  setCookie(c, name, value, { path: '/', httpOnly: true, sameSite: 'Lax' });
}

function findLanguage(text: string | undefined): Language | undefined {
  return languages.find(language => language === text);
}
