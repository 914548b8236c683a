/**
 * Every event that leaves `<letpay-checkout>`. All bubble and cross shadow roots, so that one listener on the page is
 * enough; none carries card data. Names are listed in product.md section 3.
 */
import type { Checkout, Method } from '../server/contract/checkout.ts';
import type { StateName } from './checkout/state.ts';

class LetpayEvent extends Event {
  /** `fields` become properties of the event; each event declares its own. */
  constructor(type: string, fields: object, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    Object.assign(this, fields);
  }
}

/** Methods are on screen. */
export class LetpayReadyEvent extends LetpayEvent {
  declare readonly methods: readonly Method[];
  constructor(methods: readonly Method[]) {
    super('letpay-ready', { methods });
  }
}

/** The shopper chose a method. */
export class LetpayMethodChangeEvent extends LetpayEvent {
  declare readonly method: Method;
  constructor(method: Method) {
    super('letpay-method-change', { method });
  }
}

/** The form is valid and nothing was sent yet. `preventDefault()` keeps it so. */
export class LetpaySubmitEvent extends LetpayEvent {
  declare readonly method: Method;
  /** 1 where the method knows no installments. */
  declare readonly installments: number;
  constructor(method: Method, installments: number) {
    super('letpay-submit', { method, installments }, true);
  }
}

/** Every change of state. `reason` names what happened (`read`, `submit`, `answered`, `outcome-unknown` …). */
export class LetpayStateChangeEvent extends LetpayEvent {
  declare readonly previous: StateName;
  declare readonly state: StateName;
  declare readonly reason: string;
  declare readonly checkout: Checkout | null;
  constructor(previous: StateName, state: StateName, reason: string, checkout: Checkout | null) {
    super('letpay-state-change', { previous, state, reason, checkout });
  }
}

/** A Pix code, boleto, reference or link is on screen. */
export class LetpayInstrumentEvent extends LetpayEvent {
  declare readonly method: Method;
  declare readonly checkout: Checkout;
  constructor(method: Method, checkout: Checkout) {
    super('letpay-instrument', { method, checkout });
  }
}

/** The PSP confirmed the payment. A backend must still hear it from the proxy before it ships. */
export class LetpayPaidEvent extends LetpayEvent {
  declare readonly checkout: Checkout;
  constructor(checkout: Checkout) {
    super('letpay-paid', { checkout });
  }
}

/** The PSP took the payment and looks at it before it says yes or no. */
export class LetpayPendingEvent extends LetpayEvent {
  declare readonly checkout: Checkout;
  constructor(checkout: Checkout) {
    super('letpay-pending', { checkout });
  }
}

/** The PSP said no; `checkout.decline` holds the reason and the step most likely to work. */
export class LetpayDeclinedEvent extends LetpayEvent {
  declare readonly checkout: Checkout;
  constructor(checkout: Checkout) {
    super('letpay-declined', { checkout });
  }
}

/** A code was really copied: the clipboard said so. */
export class LetpayCopyEvent extends LetpayEvent {
  declare readonly method: Method;
  /** The last characters, which the shopper can compare in the bank’s app. */
  declare readonly endsWith: string;
  constructor(method: Method, endsWith: string) {
    super('letpay-copy', { method, endsWith });
  }
}

/** Something does not fit, for example an instrument whose amount is not the order’s. The shopper sees a warning too. */
export class LetpayWarningEvent extends LetpayEvent {
  /** `code_invalid`, `currency_mismatch`, `amount_mismatch` or `due_date_mismatch`. */
  declare readonly code: string;
  declare readonly method: Method;
  constructor(code: string, method: Method) {
    super('letpay-warning', { code, method });
  }
}

/** The checkout cannot work. `code` is the proxy’s, or `network`, `unreadable`, `script_unavailable`. `requestId` names the proxy’s log line, when there is one. */
export class LetpayErrorEvent extends LetpayEvent {
  declare readonly code: string;
  declare readonly requestId: string | null;
  constructor(code: string, requestId: string | null) {
    super('letpay-error', { code, requestId });
  }
}

declare global {
  interface HTMLElementEventMap {
    'letpay-ready': LetpayReadyEvent;
    'letpay-method-change': LetpayMethodChangeEvent;
    'letpay-submit': LetpaySubmitEvent;
    'letpay-state-change': LetpayStateChangeEvent;
    'letpay-instrument': LetpayInstrumentEvent;
    'letpay-paid': LetpayPaidEvent;
    'letpay-pending': LetpayPendingEvent;
    'letpay-declined': LetpayDeclinedEvent;
    'letpay-copy': LetpayCopyEvent;
    'letpay-warning': LetpayWarningEvent;
    'letpay-error': LetpayErrorEvent;
  }
}
