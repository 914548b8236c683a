/**
 * What the tag needs of a browser at the moment its module runs, so that a server that renders pages can import it: Lit
 * extends `HTMLElement`, asks `document` for a tree walker, and tells style sheets from text. In a browser these are the
 * real ones.
 */
const browser: Partial<Pick<typeof globalThis, 'HTMLElement' | 'CSSStyleSheet' | 'document'>> = globalThis;

const BrowserElement = browser.HTMLElement ?? class {};
const BrowserStyleSheet = browser.CSSStyleSheet ?? class {};
const browserDocument = browser.document ?? { createTreeWalker: () => null };

export { BrowserElement as HTMLElement, BrowserStyleSheet as CSSStyleSheet, browserDocument as document };
