/**
 * The name that an order has here and, as `request_id`, at Lesspay. Lesspay takes each once (code 1201), so the name is
 * what keeps an attempt from being taken twice. A UUID of version 7 (RFC 9562), because a query needs to know when the
 * order was made.
 */

const form = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** `randomId`: a UUID of version 4, whose first 48 bits give way to the time. */
export function newOrderToken(randomId: string, now: number): string {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomId.slice(15)}`;
}

/** When an order of this name was made, in ms; null when the name is not one of ours. */
export function madeAt(token: string): number | null {
  const [, high, low] = form.exec(token) ?? [];
  return high === undefined || low === undefined ? null : Number.parseInt(high + low, 16);
}
