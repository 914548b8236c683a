/**
 * The cart: product ids and quantities, kept in the visitor's own cookie as `coffee.2_mug.1`. A cookie that was tampered
 * with loses what is not understood; prices are looked up here, never read from it.
 */
import type { Country } from './countries.ts';
import { toMajor } from './money.ts';
import { isProductId, type ProductId, priceOf, productIds } from './products.ts';

export const largestQuantity = 9;

/** Quantities from 1 to 9; a product that is not in the cart has no entry. */
export type Cart = ReadonlyMap<ProductId, number>;

export interface CartLine {
  readonly product: ProductId;
  readonly quantity: number;
  /** In the shop's smallest unit. */
  readonly price: number;
  readonly total: number;
}

export function readCart(cookie: string | undefined): Cart {
  const cart = new Map<ProductId, number>();
  for (const entry of (cookie ?? '').split('_')) {
    const [product = '', quantity = ''] = entry.split('.');
    if (isProductId(product) && /^[1-9]$/.test(quantity)) cart.set(product, Number(quantity));
  }
  return cart;
}

export function writeCart(cart: Cart): string {
  return [...cart].map(([product, quantity]) => `${product}.${quantity}`).join('_');
}

/** The cart with `quantity` of `product`: none removes it, more than nine is nine. */
export function withQuantity(cart: Cart, product: ProductId, quantity: number): Cart {
  const changed = new Map(cart);
  if (quantity < 1) changed.delete(product);
  else changed.set(product, Math.min(quantity, largestQuantity));
  return changed;
}

export function countOf(cart: Cart): number {
  return [...cart.values()].reduce((sum, quantity) => sum + quantity, 0);
}

/** The cart at the prices of a country, in the order of the price list. */
export function linesOf(cart: Cart, country: Country): readonly CartLine[] {
  return productIds.flatMap(product => {
    const quantity = cart.get(product);
    if (quantity === undefined) return [];
    const price = priceOf(product, country.currency);
    return [{ product, quantity, price, total: price * quantity }];
  });
}

export function totalOf(lines: readonly CartLine[]): number {
  return lines.reduce((sum, line) => sum + line.total, 0);
}

/** Whether Paycash would refuse the sum in this country (LetPay, “Paycash”, limits per country). */
export function isBeyondCash(total: number, country: Country): boolean {
  const limits = country.cashLimits;
  if (!limits) return false;
  const amount = toMajor(total, country.currency);
  return amount < limits.min || amount > limits.max;
}
