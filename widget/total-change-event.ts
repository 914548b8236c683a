/** The one event that is loaded after the first screen; `events.ts` has the others. */

/** What the shopper would pay now: once the form is on screen, and whenever the method or the installments change it. */
export class LetpayTotalChangeEvent extends Event {
  /** 1 where the method knows no installments. */
  declare readonly installments: number;
  /** In major units, like the amounts of the Checkout. */
  declare readonly total: number;
  constructor(installments: number, total: number) {
    super('letpay-total-change', { bubbles: true, composed: true });
    Object.assign(this, { installments, total });
  }
}
