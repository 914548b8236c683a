/**
 * An order at the PSP, made once. An answer that was lost or cannot be read says nothing of whether it was made, so the
 * order is looked for by its mark where the PSP can be asked.
 */
import type { Method } from '../contract/checkout.ts';
import type { OrderRequest } from '../contract/order.ts';
import type { CallContext, CreatedOrder, CreateOutcome, Gateway } from '../gateways/gateway.ts';
import { ProblemError } from '../problem.ts';
import type { Offer } from './checkout-record.ts';
import { nothingSent } from './submit.ts';

export interface MarkedOrder {
  readonly order: OrderRequest;
  /** Unguessable, and of this order alone. */
  readonly mark: string;
  readonly notificationUrl: string;
}

/** Throws where the PSP refused, could not be reached, or may have made an order that nobody can name. */
export async function makeOrder(
  gateway: Gateway,
  { order, mark, notificationUrl }: MarkedOrder,
  context: CallContext,
): Promise<CreatedOrder> {
  const outcome = await gateway.createOrder(order, { mark, notificationUrl }, context);
  if (outcome.kind !== 'unknown') return namedOrder(outcome);
  // “No such order” proves nothing yet: this one may be on its way still.
  const found = await lookFor(gateway, { order, mark }, context);
  return namedOrder(found.kind === 'created' ? found : outcome);
}

/** The order that was sent with this mark, by the PSP’s word. */
export async function lookFor(
  gateway: Gateway,
  { order, mark }: Pick<MarkedOrder, 'order' | 'mark'>,
  context: CallContext,
): Promise<CreateOutcome> {
  if (!gateway.orderSearch) return { kind: 'unknown', cause: 'no search' };
  const found = await gateway.orderSearch.find(order, mark, context);
  if (found.kind === 'found') return { kind: 'created', order: found.order };
  return found.kind === 'none'
    ? { kind: 'not_sent', cause: 'no such order' }
    : { kind: 'unknown', cause: found.cause };
}

function namedOrder(outcome: CreateOutcome): CreatedOrder {
  switch (outcome.kind) {
    case 'created':
      return outcome.order;
    case 'not_sent':
      throw nothingSent(outcome);
    case 'refused':
      throw new ProblemError('psp_refused', outcome.detail, { errors: outcome.errors });
    case 'unknown':
      throw orderUnknown();
  }
}

export function orderUnknown(): ProblemError {
  return new ProblemError(
    'outcome_unknown',
    'The order may have been made: the payment provider’s answer was lost or cannot be read. Send the call again with the same Idempotency-Key: that finds the order where the provider can be asked for it, and makes no second one meanwhile.',
    { retryAfterSeconds: 5 },
  );
}

/** What an order offers. Where the PSP’s answer names no methods that can be read, `assumed` are tried. */
export function offerOf({ offer }: CreatedOrder, assumed: readonly Method[]): Offer {
  return { ...offer, methods: offer.methods ?? assumed };
}
