/**
 * From cart, buyer and country to an order at the proxy. Orders live in memory: a real shop has a database here, and
 * nothing else would change.
 */
import type { Buyer, BuyerField } from './buyer.ts';
import { type CartLine, totalOf } from './cart.ts';
import type { Country } from './countries.ts';
import { toMajor } from './money.ts';
import type { ProxyClient, ProxyRefusal } from './proxy-client.ts';
import { bareTaxId } from './tax-id.ts';

export interface Draft {
  /** Unguessable, and made when the form was drawn: whoever presses twice gets one order. */
  readonly id: string;
  readonly country: Country;
  readonly lines: readonly CartLine[];
  readonly buyer: Buyer;
  /** What the payment provider calls a customer who stored a card; null without one. */
  readonly personId: string | null;
  /** Origin of the shop, for the page that a redirect comes back to. */
  readonly origin: string;
}

export interface Order {
  readonly id: string;
  readonly reference: string;
  readonly paymentToken: string;
  readonly country: Country;
  readonly lines: readonly CartLine[];
  /** In the shop's smallest unit. */
  readonly total: number;
}

export type Placing = { readonly order: Order } | { readonly refusal: ProxyRefusal };

export interface OrderBook {
  place(draft: Draft): Promise<Placing>;
  find(id: string): Order | undefined;
  /** Newest first. */
  all(): readonly Order[];
}

/** Short enough to be read out on the telephone; at most 45 characters by LetPay's rule. */
export function referenceOf(orderId: string): string {
  return `VARANDA-${orderId.replaceAll('-', '').slice(0, 10).toUpperCase()}`;
}

/**
 * The body of `POST /v1/orders` (LetPay, “Create Payment Order”). Contract and callback address are left to the proxy.
 * Cash countries need no billing address, so none is asked from the buyer.
 */
export function orderRequest({
  id,
  country,
  lines,
  buyer,
  personId,
  origin,
}: Draft): Record<string, unknown> {
  return {
    amount: toMajor(totalOf(lines), country.currency),
    asset: country.currency,
    payment_currency: country.currency,
    payment_country: country.code,
    reference_id: referenceOf(id),
    // The other providers have one way to pay, on a page of theirs.
    ...(buyer.gateway === 'letpay'
      ? {
          methods: country.methods,
          offer_save_card: true,
          ...(buyer.hold && { delay_capture: true }),
          ...(personId !== null && { public_person_id: personId }),
        }
      : { gateway: buyer.gateway }),
    // Who comes back from a page of the provider may have paid, failed or only left: the tag knows what is next.
    return_url: `${origin}/${buyer.gateway === 'letpay' ? 'orders' : 'pay'}/${id}`,
    // The sandbox decides by this name what becomes of the payment; a real shop has no such line.
    person_firstname: buyer.outcome === 'ordinary' ? buyer.first_name : buyer.outcome,
    person_surname: buyer.surname,
    person_email: buyer.email,
    person_taxid: bareTaxId(buyer.tax_id),
    ...(buyer.address
      ? {
          address_main: buyer.address.street,
          address_number: Number(buyer.address.number),
          ...(buyer.address.complement && { address_additional: buyer.address.complement }),
          address_locality: buyer.address.neighborhood,
          address_city: buyer.address.city,
          address_state: buyer.address.state,
          address_country: country.code,
          address_zipcode: buyer.address.zipcode.replace(/\D/g, ''),
        }
      : { disable_address: true }),
    extra_data: { items: lines.map(line => `${line.quantity} ${line.product}`).join(', ') },
  };
}

const fieldByPointer: Readonly<Record<string, BuyerField>> = {
  '/person_firstname': 'first_name',
  '/person_surname': 'surname',
  '/person_email': 'email',
  '/person_taxid': 'tax_id',
  '/address_main': 'street',
  '/address_number': 'number',
  '/address_additional': 'complement',
  '/address_locality': 'neighborhood',
  '/address_city': 'city',
  '/address_state': 'state',
  '/address_zipcode': 'zipcode',
};

/** The fields of the form that the proxy or the PSP did not like. */
export function refusedFields(refusal: ProxyRefusal): readonly BuyerField[] {
  return refusal.pointers.flatMap(pointer => fieldByPointer[pointer] ?? []);
}

export function createOrderBook(proxy: ProxyClient, newId: () => string): OrderBook {
  const orders = new Map<string, Order>();
  const requests = new Map<string, string>();

  return {
    find: id => orders.get(id),
    all: () => [...orders.values()].reverse(),

    async place(draft) {
      const request = orderRequest(draft);
      const known = orders.get(draft.id);
      // The same form with other data is a new order: whoever goes back and changes something means it.
      if (known && requests.get(draft.id) !== JSON.stringify(request)) {
        return this.place({ ...draft, id: newId() });
      }
      if (known) return { order: known };

      const answer = await proxy.createOrder(request, draft.id);
      if ('refusal' in answer) return answer;
      const order: Order = {
        id: draft.id,
        reference: referenceOf(draft.id),
        paymentToken: answer.value,
        country: draft.country,
        lines: draft.lines,
        total: totalOf(draft.lines),
      };
      orders.set(order.id, order);
      requests.set(order.id, JSON.stringify(request));
      return { order };
    },
  };
}
