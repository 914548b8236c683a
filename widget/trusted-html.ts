/**
 * Our policy for pages that demand Trusted Types (`require-trusted-types-for 'script'`). It has a name of our own, which such
 * a page can allow (`trusted-types letpay-checkout`), and is made once for Lit’s templates and the bank’s page of a boleto.
 * Lit’s own name is often taken: a name is made once for a page, unless it says `'allow-duplicates'`.
 */

interface HtmlPolicy {
  /** What it makes is taken where a text is refused. */
  createHTML(text: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy;
}

function makePolicy(): HtmlPolicy | undefined {
  try {
    const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
    return trustedTypes?.createPolicy('letpay-checkout', { createHTML: text => text });
  } catch {
    // The page allows no such policy. Where it demands none either, texts will do.
    return undefined;
  }
}

export const trustedHtml = makePolicy();
