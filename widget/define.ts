/**
 * Registers `<letpay-checkout>`: the one side effect of the widget. Pasting the script twice is harmless, the first one
 * stays; where there is no registry (a server that renders pages) nothing happens.
 */
import { LetpayCheckout } from './letpay-checkout.ts';

const tag = 'letpay-checkout';

if (typeof customElements !== 'undefined' && !customElements.get(tag)) {
  customElements.define(tag, LetpayCheckout);
}
