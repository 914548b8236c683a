/**
 * The most that a page may have to load, in bytes after gzip -9 (performance.md section 1). A commit that needs more
 * raises the number here and says why.
 */
export const budgets = {
  /**
   * `letpay-checkout.js` and all that it loads before it runs. The 128 bytes are the table of currency decimals: an
   * engine’s own changes with its version.
   */
  firstScreen: 18 * 1024 + 128,
  /**
   * All methods, codes, languages and styles: `letpay-checkout.one.js`. More than the 32 KB that were aimed at, because
   * what fills it is what it is for: three languages with every instruction, end, decline and failure (12 KB), Lit (6),
   * card-validator with the brands of the continent (6), QR and two bar codes with their checks (7), stored cards (3), the
   * reminder, the slip and the bank’s page of vouchers (3), the watch over what was paid elsewhere, a card number typed as the
   * holder’s name (256 bytes), what stands in for APIs that browsers of 2021 lack (220 bytes), guards around what may fail in a page and the watchdog (0.5), what draws rewritten texts anew (0.6), pasted lines, fields without events and a page’s hotkeys (0.8),
   * accepted brands, the lock and what the page is told (1.2). The checkouts of others
   * weigh 112 to 185 KB. Pages that count bytes take `letpay-checkout.js`, which loads one language and one method.
   */
  oneFile: 60 * 1024,
} as const;

/** What must be in no file that a page loads. */
export const mustNotAppear: Readonly<Record<string, RegExp>> = {
  'a schema library': /\bzod\b|__zod_globalConfig/i,
  'a module of Node': /["'`]node:/,
  'a name of the proxy’s environment': /LETPAY_(?:API|USERNAME|PASSWORD|CONTRACT)|MERCHANT_API_KEY/,
  'eval, or a function made of text': /\beval\(|\bnew Function\b|\bFunction\(["'`]/,
  'a static block, which Safari has since 16.4': /\bstatic\s*\{/,
  'a look-behind, which Safari has since 16.4': /\(\?<[=!]/,
  'a log line': /\bconsole\./,
  'a loop over inherited names, which old shops’ pages have many of': /for\((?:var|let|const) \w+ in /,
  'Lit’s development build': /Lit is in dev mode/,
};
