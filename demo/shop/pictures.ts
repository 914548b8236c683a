/** The products, drawn for this shop: flat shapes on a quiet ground, decorative beside the product's name. */
import { html } from 'hono/html';
import type { ProductId } from './products.ts';

/** What a page is made of: escaped markup, or a promise of it. */
export type Markup = ReturnType<typeof html>;

const drawings: Readonly<Record<ProductId, Markup>> = {
  coffee: html`<rect width="240" height="180" fill="#efe4d6"/>
    <ellipse cx="120" cy="152" rx="62" ry="8" fill="#dccbb6"/>
    <path d="M84 44h72l8 104a6 6 0 0 1-6 6H82a6 6 0 0 1-6-6z" fill="#5b3a29"/>
    <path d="M84 44h72l2 22H82z" fill="#472b1d"/>
    <path d="M88 34h64a4 4 0 0 1 4 4v8H84v-8a4 4 0 0 1 4-4z" fill="#6d4733"/>
    <rect x="92" y="82" width="56" height="46" rx="6" fill="#f7efe4"/>
    <ellipse cx="120" cy="105" rx="11" ry="15" fill="#8a5a3c" transform="rotate(28 120 105)"/>
    <path d="M114 93c8 6 2 16 11 24" fill="none" stroke="#f7efe4" stroke-width="2.5" stroke-linecap="round"/>`,
  mug: html`<rect width="240" height="180" fill="#dfe7e3"/>
    <ellipse cx="118" cy="150" rx="56" ry="8" fill="#c8d5ce"/>
    <path d="M154 84h12a20 20 0 0 1 0 44h-14" fill="none" stroke="#3f6b5c" stroke-width="10"/>
    <path d="M76 68h84v62a20 20 0 0 1-20 20H96a20 20 0 0 1-20-20z" fill="#4d7f6e"/>
    <path d="M76 102h84v28a20 20 0 0 1-20 20H96a20 20 0 0 1-20-20z" fill="#e9dfcf"/>
    <ellipse cx="118" cy="68" rx="42" ry="10" fill="#3f6b5c"/>
    <ellipse cx="118" cy="69" rx="35" ry="7" fill="#6b4530"/>
    <path d="M106 50c-6-8 6-12 0-22M128 50c-6-8 6-12 0-22" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".8"/>`,
  hammock: html`<rect width="240" height="180" fill="#f3e2d4"/>
    <circle cx="186" cy="46" r="20" fill="#f2b872"/>
    <path d="M30 24v140M210 24v140" stroke="#8a5f43" stroke-width="9" stroke-linecap="round"/>
    <path d="M30 48l24 22M210 48l-24 22" stroke="#b98d6c" stroke-width="4" stroke-linecap="round"/>
    <path d="M84 110v14M97 119v14M109 124v14M120 126v14M131 124v14M143 119v14M156 110v14" stroke="#c95d46" stroke-width="3" stroke-linecap="round"/>
    <path d="M50 66q70 124 140 0-70 60-140 0z" fill="#c95d46"/>
    <path d="M58 74q62 96 124 0-62 56-124 0z" fill="#e08a63"/>
    <path d="M68 83q52 66 104 0-52 44-104 0z" fill="#f4d6b0"/>`,
  notebook: html`<rect width="240" height="180" fill="#e3e6ee"/>
    <path d="M76 156h92l10-8H86z" fill="#cdd2df"/>
    <rect x="74" y="28" width="92" height="124" rx="6" fill="#f8f5ee"/>
    <rect x="70" y="26" width="92" height="124" rx="6" fill="#3d4f7c"/>
    <path d="M70 32a6 6 0 0 1 6-6h10v124H76a6 6 0 0 1-6-6z" fill="#2f3e63"/>
    <rect x="102" y="54" width="44" height="26" rx="3" fill="#f3ead9"/>
    <path d="M109 63h30M109 71h20" stroke="#a59b88" stroke-width="2.5" stroke-linecap="round"/>
    <path d="M150 26v124" stroke="#d9a441" stroke-width="5"/>
    <path d="M182 142l8-86 8 2-8 86-5 9z" fill="#d97b5a"/><path d="M190 56l1-9 7 2v9z" fill="#f1d9c5"/>`,
  chocolate: html`<rect width="240" height="180" fill="#eadfda"/>
    <ellipse cx="120" cy="152" rx="74" ry="7" fill="#d8c8c1"/>
    <g transform="rotate(-8 120 96)">
      <rect x="62" y="38" width="116" height="60" rx="5" fill="#4a2a20"/>
      <path d="M101 38v60M139 38v60M62 68h116" stroke="#35190f" stroke-width="3"/>
      <path d="M68 44h27v18H68zM107 44h26v18h-26zM145 44h27v18h-27z" fill="#5d382b"/>
      <path d="M56 78l10-5 10 5 11-5 11 5 11-5 11 5 11-5 11 5 11-5 11 5 10-5 10 5v64a5 5 0 0 1-5 5H61a5 5 0 0 1-5-5z" fill="#b4482f"/>
      <rect x="84" y="96" width="72" height="34" rx="3" fill="#f6e7d2"/>
      <path d="M96 108h48M104 118h32" stroke="#b4482f" stroke-width="3" stroke-linecap="round"/>
    </g>`,
  blanket: html`<rect width="240" height="180" fill="#e6e3d8"/>
    <ellipse cx="120" cy="152" rx="78" ry="8" fill="#d3cfc0"/>
    <rect x="52" y="112" width="136" height="38" rx="16" fill="#7b8c6a"/>
    <rect x="56" y="78" width="128" height="38" rx="16" fill="#d8b46a"/>
    <rect x="60" y="44" width="120" height="38" rx="16" fill="#b96a4b"/>
    <path d="M82 44v38M92 44v38M148 44v38M158 44v38" stroke="#f3e3cb" stroke-width="4"/>
    <path d="M78 78v38M88 78v38M152 78v38M162 78v38" stroke="#fff6e0" stroke-width="4"/>
    <path d="M74 112v38M84 112v38M156 112v38M166 112v38" stroke="#e6e8d5" stroke-width="4"/>`,
  planter: html`<rect width="240" height="180" fill="#e2eadb"/>
    <ellipse cx="120" cy="154" rx="56" ry="7" fill="#cbd8c0"/>
    <path d="M120 96c-36-4-46-30-40-46 22 2 38 18 40 46z" fill="#5f8d5a"/>
    <path d="M120 96c36-4 46-30 40-46-22 2-38 18-40 46z" fill="#4c7a4c"/>
    <path d="M120 98c-18-20-16-50 0-70 16 20 18 50 0 70z" fill="#7fae72"/>
    <path d="M120 96c-26 8-46-2-52-16 18-8 40-4 52 16zM120 96c26 8 46-2 52-16-18-8-40-4-52 16z" fill="#6c9c64"/>
    <path d="M82 108h76l-8 40a8 8 0 0 1-8 6H98a8 8 0 0 1-8-6z" fill="#c4714e"/>
    <rect x="76" y="94" width="88" height="18" rx="5" fill="#d58763"/>`,
  lamp: html`<rect width="240" height="180" fill="#f2e8d0"/>
    <circle cx="120" cy="104" r="66" fill="#f9efd2"/><circle cx="120" cy="104" r="46" fill="#fdf6dc"/>
    <path d="M120 0v46" stroke="#5c5346" stroke-width="3"/><rect x="112" y="42" width="16" height="12" rx="3" fill="#5c5346"/>
    <path d="M102 54h36c30 16 40 40 44 72H58c4-32 14-56 44-72z" fill="#cf9a55"/>
    <path d="M108 54c-16 22-24 44-26 72M120 54v72M132 54c16 22 24 44 26 72M74 86c30 8 62 8 92 0M64 106c36 8 76 8 112 0" fill="none" stroke="#a9763a" stroke-width="2.5"/>
    <path d="M58 126h124" stroke="#a9763a" stroke-width="5" stroke-linecap="round"/>
    <path d="M104 128h32a16 14 0 0 1-32 0z" fill="#fff3bf"/>`,
};

export function picture(product: ProductId): Markup {
  return html`<svg class="picture" viewBox="0 0 240 180" aria-hidden="true" focusable="false">${drawings[product]}</svg>`;
}
