/** What a submission and the watch over it take from the browser: beside the code that needs it, not before the first screen. */
import type { Environment } from './environment.ts';

export const laterEnvironment: Omit<Environment, 'fetch' | 'clock'> = {
  openEvents: url => new EventSource(url),
  storage: {
    getItem: key => sessionStorage.getItem(key),
    setItem: (key, value) => sessionStorage.setItem(key, value),
    removeItem: key => sessionStorage.removeItem(key),
  },
  // Not randomUUID: it is missing on http pages, where test shops live.
  randomId: () =>
    [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join(''),
  jitter: () => Math.random(),
  isOnline: () => navigator.onLine,
  // PSPs do not let their pages be framed: in a frame the shopper follows the link, which leaves it.
  leave: url => {
    if (window.top === window) location.assign(url);
  },
};
