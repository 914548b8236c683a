/** What `letpay-checkout.js` and `letpay-checkout.one.js` are: the public surface, and the tag registered. */
import '../define.ts';

export * from '../index.ts';
