/**
 * What the oldest browsers that the tag runs in (Chromium 92, Safari 15.4, Firefox 115) do not all have, each with what
 * stands in for it. Nothing else in `widget/` may use an API that is newer than they are.
 */

/** Shows the page the present state (`:state(paid)`). Safari before 17.4 and Firefox before 126 have no custom states. */
export function replaceState(internals: ElementInternals | undefined, previous: string, next: string): void {
  const states = internals?.states;
  if (!states) return;
  for (const name of [previous, `--${previous}`]) states.delete(name);
  try {
    states.add(next);
  } catch {
    // Chromium 90 to 124 takes dashed names alone (`:--paid`).
    states.add(`--${next}`);
  }
}

/**
 * Adds a style sheet. A constructed one needs no permission of a CSP; Safari before 16.4 cannot make one, and an element
 * that carries the nonce stands in.
 */
export function addSheet(root: Document | ShadowRoot, cssText: string, nonce: string | undefined): void {
  const page = root.ownerDocument ?? (root as Document);
  try {
    // A sheet is good in the document of its own window alone.
    const sheet = new (page.defaultView as Window & typeof globalThis).CSSStyleSheet();
    sheet.replaceSync(cssText);
    // Until Chromium 98 the list is frozen.
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  } catch {
    const style = page.createElement('style');
    style.nonce = nonce ?? '';
    style.textContent = cssText;
    (root === page ? page.head : root).append(style);
  }
}
