/**
 * Loads the files of the build that are not its entry. `widget/build/entry-link.ts` makes every `import()` of the split
 * build a call of this.
 */

/** Loads files one after the other, each once, and answers what the last of them exports. Rejects when one cannot be had. */
export type LoadParts = (addresses: readonly string[]) => Promise<object | undefined>;

/**
 * `parts`: what each address exports, once it is there. `load`: the engine’s own `import()`. `isPinned`: whether the page has
 * bound the content to the address.
 */
export function createPartLoader(
  parts: Record<string, object>,
  load: (address: string) => Promise<object>,
  isPinned: (address: string) => boolean = isInImportMap,
): LoadParts {
  const failures: Record<string, number> = {};
  return async addresses => {
    let last: object | undefined;
    for (const address of addresses) {
      const failed = failures[address] ?? 0;
      try {
        // Firefox until 154 and Safari keep a failed import for the life of the page (whatwg/html #6768): the same file is
        // asked for under another address. Not where the page has pinned its content by an address.
        last = parts[address] ??= await load(
          failed && !isPinned(address) ? `${address}?again=${failed}` : address,
        );
      } catch (error) {
        failures[address] = failed + 1;
        throw error;
      }
    }
    return last;
  };
}

/** Under another address its content would no longer be checked. */
function isInImportMap(address: string): boolean {
  const name = address.slice(1);
  return [...document.querySelectorAll('script[type=importmap]')].some(map =>
    map.textContent?.includes(name),
  );
}
