/**
 * Every event that leaves `<letpay-checkout>`. All bubble and cross shadow roots, so that one listener on the page is
 * enough; none carries card data. Names are listed in product.md section 3.
 */
import type { Checkout, Method } from '../server/contract/checkout.ts';
import type { ProblemCode } from '../server/contract/problem.ts';
import type { StateName } from './checkout/state.ts';
import type { Happening } from './checkout/transition.ts';
import type { InstrumentDoubt } from './methods/instrument-doubt.ts';
import type { LetpayTotalChangeEvent } from './total-change-event.ts';

/**
 * Why the checkout cannot work: a code of the proxy, or one of the tag’s own. A newer proxy may have others, and
 * `http_502` is an answer of something between the two.
 */
export type ErrorCode =
  | ProblemCode
  | 'network'
  | 'unreadable'
  | 'script_unavailable'
  | 'no_methods'
  | (string & {});

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
  declare readonly reason: Happening['type'];
  declare readonly checkout: Checkout | null;
  constructor(previous: StateName, state: StateName, reason: Happening['type'], checkout: Checkout | null) {
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
  /** True where a reload or a late mount found it paid: a sale is counted once by counting the others. */
  declare readonly restored: boolean;
  constructor(checkout: Checkout, restored: boolean) {
    super('letpay-paid', { checkout, restored });
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
  declare readonly code: InstrumentDoubt;
  declare readonly method: Method;
  constructor(code: InstrumentDoubt, method: Method) {
    super('letpay-warning', { code, method });
  }
}

/** The checkout cannot work. `code` is the proxy’s, or `network`, `unreadable`, `script_unavailable`, `no_methods`. `requestId` names the proxy’s log line, when there is one. */
export class LetpayErrorEvent extends LetpayEvent {
  declare readonly code: ErrorCode;
  declare readonly requestId: string | null;
  constructor(code: ErrorCode, requestId: string | null) {
    super('letpay-error', { code, requestId });
  }
}

/** By name, for `addEventListener` of the element, of anything around it, of the document and of the window. */
export interface LetpayEventMap {
  'letpay-ready': LetpayReadyEvent;
  'letpay-method-change': LetpayMethodChangeEvent;
  'letpay-submit': LetpaySubmitEvent;
  'letpay-state-change': LetpayStateChangeEvent;
  'letpay-instrument': LetpayInstrumentEvent;
  'letpay-paid': LetpayPaidEvent;
  'letpay-pending': LetpayPendingEvent;
  'letpay-declined': LetpayDeclinedEvent;
  'letpay-total-change': LetpayTotalChangeEvent;
  'letpay-copy': LetpayCopyEvent;
  'letpay-warning': LetpayWarningEvent;
  'letpay-error': LetpayErrorEvent;
}

declare global {
  interface HTMLElementEventMap extends LetpayEventMap {}
  interface DocumentEventMap extends LetpayEventMap {}
  interface WindowEventMap extends LetpayEventMap {}
}
