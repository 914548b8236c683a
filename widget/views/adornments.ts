/** What makes the first screen pleasant and what nobody needs in order to pay: loaded right after it, into room that is kept free. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import { brandFace } from '../drawing/brand-tile.ts';
import { drawn } from '../drawing/icons.ts';
import type { Texts } from '../i18n/texts.ts';
import { offersOf } from '../methods/card/installment-offers.ts';
import { brandName } from '../methods/saved-card/saved-card.ts';

/** Path data; strokes, except Pix, whose mark is a filled shape (Banco Central, “Manual de uso da marca Pix”). */
const paths: Readonly<Record<Method, string>> = {
  CREDITCARD: 'M3 6.5h18v11H3zM3 10.5h18M6.5 14.5h4',
  DEBITCARD: 'M3 6.5h18v11H3zM3 10.5h18M13.5 14.5h4',
  BOLETO: 'M4 6v12M7 6v12M11 6v12M14 6v12M17 6v12M20 6v12M12.5 6v12',
  PAYCASH: 'M3 7h18v10H3zM12 9.7a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6M6.5 12h.01M17.5 12h.01',
  REDIRECT: 'M10 6H5v13h13v-5M13 5h6v6M19 5l-8 8',
  PIX: 'M5.3 18.4a3.5 3.5 0 0 0 2.5-1l3.6-3.6a.7.7 0 0 1 .9 0l3.6 3.6a3.5 3.5 0 0 0 2.5 1h.7L14.6 23a3.6 3.6 0 0 1-5.2 0l-4.5-4.6zM18.4 5.6a3.5 3.5 0 0 0-2.5 1l-3.6 3.7a.7.7 0 0 1-.9 0L7.8 6.7a3.5 3.5 0 0 0-2.5-1h-.4L9.4 1a3.6 3.6 0 0 1 5.2 0l4.5 4.6zM1.1 9.4l2.7-2.7h1.5a2.5 2.5 0 0 1 1.7.7l3.6 3.6a1.7 1.7 0 0 0 2.4 0l3.7-3.6a2.5 2.5 0 0 1 1.7-.7h1.8l2.7 2.7a3.6 3.6 0 0 1 0 5.2l-2.7 2.7h-1.8a2.5 2.5 0 0 1-1.7-.7L13 13a1.8 1.8 0 0 0-2.4 0L7 16.6a2.5 2.5 0 0 1-1.7.7H3.8l-2.7-2.7a3.6 3.6 0 0 1 0-5.2',
};

export function methodIcon(method: Method): TemplateResult {
  return drawn(method, paths[method]);
}

/** Where the contract’s word is not that of `saved_cards` and of the pictures. */
const pictureIds: Readonly<Record<string, string>> = {
  amex: 'american-express',
  diners: 'diners-club',
};

/** The brands that the shop takes, as small cards that are spoken as one list of names. */
export function acceptedBrands({ card_brands: accepted }: Checkout): TemplateResult | typeof nothing {
  if (accepted.length === 0) return nothing;
  const drawn = accepted.map(brand => {
    const id = pictureIds[brand] ?? brand;
    return { id, name: brandName(id) };
  });
  return html`<span class="brands" role="img" aria-label=${drawn.map(({ name }) => name).join(', ')}>${drawn.map(
    brand => brandFace(brand, 'accepted-brand'),
  )}</span>`;
}

/** “3x sem juros”, of the most payments that cost nothing more. */
export function interestFree(
  method: Method,
  checkout: Checkout,
  texts: Texts,
): TemplateResult | typeof nothing {
  const offers = method === 'CREDITCARD' ? offersOf(checkout) : [];
  const most = Math.max(1, ...offers.filter(offer => offer.interestFree).map(offer => offer.installments));
  return most > 1
    ? html` · <span part="interest-free" class="free">${texts.interestFree(most)}</span>`
    : nothing;
}

export const lockIcon = drawn('lock', 'M6 11h12v9H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11');
