/** What the shop sells, and the price list. Prices are the server's alone: no page ever sends one. */
import type { Currency } from './money.ts';

export const productIds = [
  'coffee',
  'mug',
  'hammock',
  'notebook',
  'chocolate',
  'blanket',
  'planter',
  'lamp',
] as const;
export type ProductId = (typeof productIds)[number];

/** In the smallest unit that the shop prices in: 5490 is R$ 54,90 and 42000 is COP 42.000. */
const prices: Readonly<Record<Currency, Readonly<Record<ProductId, number>>>> = {
  BRL: {
    coffee: 5490,
    mug: 6800,
    hammock: 28900,
    notebook: 3990,
    chocolate: 2850,
    blanket: 21900,
    planter: 8990,
    lamp: 34900,
  },
  MXN: {
    coffee: 19900,
    mug: 24900,
    hammock: 109000,
    notebook: 14900,
    chocolate: 9900,
    blanket: 82000,
    planter: 33900,
    lamp: 129000,
  },
  COP: {
    coffee: 42000,
    mug: 54000,
    hammock: 229000,
    notebook: 31000,
    chocolate: 22000,
    blanket: 175000,
    planter: 71000,
    lamp: 275000,
  },
  CRC: {
    coffee: 5900,
    mug: 7200,
    hammock: 30500,
    notebook: 4200,
    chocolate: 2900,
    blanket: 23500,
    planter: 9600,
    lamp: 36500,
  },
  USD: {
    coffee: 1100,
    mug: 1350,
    hammock: 5800,
    notebook: 800,
    chocolate: 550,
    blanket: 4400,
    planter: 1800,
    lamp: 6900,
  },
  PEN: {
    coffee: 4100,
    mug: 5000,
    hammock: 21500,
    notebook: 3000,
    chocolate: 2050,
    blanket: 16500,
    planter: 6700,
    lamp: 25900,
  },
  GTQ: {
    coffee: 8500,
    mug: 10500,
    hammock: 44900,
    notebook: 6200,
    chocolate: 4200,
    blanket: 33900,
    planter: 13900,
    lamp: 53500,
  },
  HNL: {
    coffee: 27900,
    mug: 34500,
    hammock: 148000,
    notebook: 20500,
    chocolate: 13900,
    blanket: 112000,
    planter: 45900,
    lamp: 176000,
  },
  CLP: {
    coffee: 10500,
    mug: 12900,
    hammock: 55900,
    notebook: 7700,
    chocolate: 5200,
    blanket: 42500,
    planter: 17500,
    lamp: 66900,
  },
  DOP: {
    coffee: 66000,
    mug: 81000,
    hammock: 349000,
    notebook: 48000,
    chocolate: 33000,
    blanket: 265000,
    planter: 109000,
    lamp: 415000,
  },
};

export function priceOf(product: ProductId, currency: Currency): number {
  return prices[currency][product];
}

export function isProductId(text: string): text is ProductId {
  return (productIds as readonly string[]).includes(text);
}
