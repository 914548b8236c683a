/** The public surface. Importing it has no side effect; `define.ts` registers the tag. */
export type { Checkout, Instrument, Method } from '../server/contract/checkout.ts';
export type { CardAuthentication } from '../server/contract/submission.ts';
export type { AuthenticateCard, CardAuthenticationRequest } from './checkout/card-authentication.ts';
export type { Environment } from './checkout/environment.ts';
export type { StateName } from './checkout/state.ts';
export type { TraceEntry } from './checkout/trace.ts';
export {
  type ErrorCode,
  LetpayCopyEvent,
  LetpayDeclinedEvent,
  LetpayErrorEvent,
  type LetpayEventMap,
  LetpayInstrumentEvent,
  LetpayMethodChangeEvent,
  LetpayPaidEvent,
  LetpayPendingEvent,
  LetpayReadyEvent,
  LetpayStateChangeEvent,
  LetpaySubmitEvent,
  LetpayWarningEvent,
} from './events.ts';
export { LetpayCheckout } from './letpay-checkout.ts';
export type { LetpayTotalChangeEvent } from './total-change-event.ts';
