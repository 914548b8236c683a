/**
 * The most that a page may have to load, in bytes after gzip -9 (performance.md section 1). A commit that needs more
 * raises the number here and says why.
 */
export const budgets = {
  /** `letpay-checkout.js` and all that it loads before it runs. */
  firstScreen: 18 * 1024,
  /** All methods, codes, languages and styles: `letpay-checkout.one.js`. */
  oneFile: 32 * 1024,
} as const;

/** What must be in no file that a page loads. */
export const mustNotAppear: Readonly<Record<string, RegExp>> = {
  'a schema library': /\bzod\b|__zod_globalConfig/i,
  'a module of Node': /["'`]node:/,
  'a name of the proxy’s environment': /LETPAY_(?:API|USERNAME|PASSWORD|CONTRACT)|MERCHANT_API_KEY/,
  'eval, or a function made of text': /\beval\(|\bnew Function\b|\bFunction\(["'`]/,
  'a log line': /\bconsole\./,
  'Lit’s development build': /Lit is in dev mode/,
};
