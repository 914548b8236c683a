/** What `letpay-checkout.js` is: the same as the one file, and the loader of its other files. */

export { createPartLoader } from '../part-loader.ts';
export * from './module-entry.ts';
