/** Card brand tiles, 38 × 24. Drawn by us in the brands’ colours, so that no image is loaded. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { CardBrand } from '../methods/card/brands.ts';

/** Background, lettering, and what is written; a brand that is not listed gets its name on grey. */
const tiles: Readonly<Record<string, readonly [ground: string, ink: string, word: string]>> = {
  visa: ['#1434cb', '#fff', 'VISA'],
  mastercard: ['#252525', '#fff', ''],
  'american-express': ['#016fd0', '#fff', 'AMEX'],
  elo: ['#000', '#fff', 'elo'],
  hipercard: ['#b3131b', '#fff', 'Hiper'],
  hiper: ['#f37421', '#000', 'Hiper'],
  'diners-club': ['#0079be', '#fff', 'Diners'],
  discover: ['#f6f6f6', '#111', 'DISC'],
  maestro: ['#252525', '#fff', ''],
  aura: ['#f4d31f', '#111', 'Aura'],
  cabal: ['#006a4e', '#fff', 'Cabal'],
};

/** Two overlapping discs: Mastercard and Maestro have no word on so small a tile. */
const discs = svg`<circle cx="15" cy="12" r="7" fill="#eb001b"></circle><circle cx="23" cy="12" r="7" fill="#f79e1b" fill-opacity=".9"></circle>`;

/** Says its brand to screen readers; nothing while no brand is known. */
export function brandTile(brand: CardBrand | null): TemplateResult | typeof nothing {
  if (!brand) return nothing;
  const [ground, ink, word] = tiles[brand.id] ?? ['#e6e8ec', '#333', brand.name.slice(0, 6)];
  return html`<svg part="card-brand" class="tile" viewBox="0 0 38 24" role="img" aria-label=${brand.name}>
    ${svg`<rect width="38" height="24" rx="4" fill=${ground}></rect>`}
    ${
      word
        ? svg`<text x="19" y="16" text-anchor="middle" textLength=${word.length < 5 ? 24 : 30} lengthAdjust="spacingAndGlyphs" font-size="11" font-weight="700" fill=${ink}>${word}</text>`
        : discs
    }
  </svg>`;
}
