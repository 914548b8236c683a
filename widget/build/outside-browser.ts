/**
 * What the tag needs of a browser at the moment its module runs, so that a server that renders pages can import it: Lit
 * extends `HTMLElement` and asks `document` for a tree walker. In a browser these are the real ones.
 */
const browser: Partial<Pick<typeof globalThis, 'HTMLElement' | 'document'>> = globalThis;

const BrowserElement = browser.HTMLElement ?? class {};
const browserDocument = browser.document ?? { createTreeWalker: () => null };

export { BrowserElement as HTMLElement, browserDocument as document };
