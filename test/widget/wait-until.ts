import { waitUntil as waitUntilWithin } from '@open-wc/testing';

/** As the library’s, whose second is too short for a file that a busy machine still loads. */
export function waitUntil(
  predicate: () => unknown,
  message?: string,
  options: { readonly interval?: number } = {},
): Promise<void> {
  return waitUntilWithin(predicate, message, { timeout: 5_000, ...options });
}
