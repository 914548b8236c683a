/** Card brand tiles, 38 × 24. Drawn by us in the brands’ colours, so that no image is loaded. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { CardBrand } from '../methods/card/brands.ts';

type DrawnBrand = Pick<CardBrand, 'id' | 'name'>;

type Tile = readonly [ground: string, ink: string, word: string];

/** What is written, on what; a brand that is not listed gets its name on grey. */
const tiles: Readonly<Record<string, Tile>> = {
  visa: ['#1434cb', '#fff', 'VISA'],
  'american-express': ['#016fd0', '#fff', 'AMEX'],
  elo: ['#000', '#fff', 'elo'],
  hipercard: ['#b3131b', '#fff', 'Hipercard'],
  hiper: ['#f37421', '#000', 'Hiper'],
  aura: ['#f4d31f', '#111', 'Aura'],
  cabal: ['#006a4e', '#fff', 'Cabal'],
  naranja: ['#f60', '#000', 'Naranja'],
  carnet: ['#a6192e', '#fff', 'Carnet'],
  'diners-club': ['#004a97', '#fff', 'Diners'],
  discover: ['#fff', '#111', 'Discover'],
};

/** Two overlapping discs: Mastercard and Maestro have no word on so small a tile. */
const discs: Readonly<Record<string, readonly [left: string, right: string]>> = {
  mastercard: ['#eb001b', '#f79e1b'],
  maestro: ['#0099df', '#ed0006'],
};

/** A card with its stripe, in grey. */
const anyCard = svg`<path d="M11 7h16v10H11zM11 10.5h16" fill="none" stroke="#555d6b" stroke-width="1.6" stroke-linejoin="round"></path>`;

/**
 * Says its brand to screen readers. While more than one is `possible` it shows none of them and says “Visa ou Elo”, in
 * the words of `locale`. Nothing while nothing is known.
 */
export function brandTile(
  brand: CardBrand | null,
  possible: readonly CardBrand[],
  locale: string,
): TemplateResult | typeof nothing {
  if (possible.length === 0) return nothing;
  const names = possible.map(({ name }) => name);
  const label = new Intl.ListFormat(locale, { type: 'disjunction' }).format(names);
  return html`<svg part="card-brand" class="tile" viewBox="0 0 38 24" role="img" aria-label=${label}>
    ${brand ? face(brand) : [ground('#e6e8ec'), anyCard]}
  </svg>`;
}

/** For beside its name: not spoken. A brand without a name is any card. */
export function brandFace(brand: DrawnBrand, part = 'card-brand'): TemplateResult {
  return html`<svg part=${part} class="tile" viewBox="0 0 38 24" aria-hidden="true">${
    brand.name ? face(brand) : [ground('#e6e8ec'), anyCard]
  }</svg>`;
}

/** A hairline keeps a white tile apart from a white field, and a black one from a dark field. */
function ground(colour: string): TemplateResult {
  return svg`<rect x=".5" y=".5" width="37" height="23" rx="3.5" fill=${colour} stroke="#7f8999" stroke-opacity=".5"></rect>`;
}

function face({ id, name }: DrawnBrand): readonly TemplateResult[] {
  const pair = discs[id];
  if (pair) {
    const [left, right] = pair;
    return [
      ground('#252525'),
      svg`<circle cx="15" cy="12" r="7" fill=${left}></circle><circle cx="23" cy="12" r="7" fill=${right} fill-opacity=".88"></circle>`,
    ];
  }
  const [colour, ink, word] = tiles[id] ?? (['#e6e8ec', '#333', name] satisfies Tile);
  // Letters keep their shape: a longer word is written smaller, and only what is left over is squeezed.
  const size = word.length < 5 ? 12 : word.length < 7 ? 10 : 8;
  const width = Math.min(32, word.length * size * 0.62);
  return [
    ground(colour),
    svg`<text x="19" y=${12 + size * 0.35} text-anchor="middle" textLength=${width} lengthAdjust="spacingAndGlyphs" font-size=${size} font-weight="700" fill=${ink}>${word}</text>`,
  ];
}
