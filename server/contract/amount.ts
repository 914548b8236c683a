/** Amounts that a merchant sends: one reader for orders, quotes, charges, captures and refunds. */
import { z } from 'zod';
import { orderDigits } from './currency.ts';

/** Words that begin with “must” go to the caller as they are (problem.ts), so they repeat nothing of the amount. */
const words = {
  form: 'must be a plain decimal: digits, and a point before the decimals',
  decimals: 'must have at most two decimals',
  whole: 'must be whole: this currency has no decimals here',
  large: 'must be below 1,000,000,000,000',
  small: 'must be more than zero',
} as const;

/**
 * A positive amount in major units with at most two decimals; the documents say string, their samples send a number. Zeros
 * after those say nothing: `"123.4500"` is 123.45.
 */
export const amount = z.union([z.number(), z.string()]).transform((value, context) => {
  const parts = /^(\d{1,20})(?:\.(\d{1,30}))?$/.exec(String(value).trim());
  const [, whole = '', fraction = ''] = parts ?? [];
  const decimals = fraction.replace(/0+$/, '');
  const amount = Number(`${whole}.${decimals}`);
  const wrong = !parts
    ? words.form
    : decimals.length > 2
      ? words.decimals
      : whole.length > 12
        ? words.large
        : amount === 0
          ? words.small
          : null;
  if (wrong === null) return amount;
  context.addIssue({ code: 'custom', message: wrong });
  return z.NEVER;
});

/** For a body with an amount in `asset`: the amount has no more decimals than that currency. */
export function amountFitsAsset(
  body: { readonly amount: number; readonly asset: string },
  context: z.RefinementCtx,
): void {
  const [, decimals = ''] = String(body.amount).split('.');
  if (decimals.length > orderDigits(body.asset))
    context.addIssue({ code: 'custom', message: words.whole, path: ['amount'] });
}
