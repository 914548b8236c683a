/**
 * Letsia documents no webhooks. Whoever calls with an invoice’s code (an operator’s script, a webhook that Letsia may grow)
 * makes the proxy read that invoice sooner, and nothing else.
 */
import { fieldsOf, firstText } from '../fields.ts';
import type { Callbacks } from '../gateway.ts';

export const letsiaCallbacks: Callbacks = {
  read({ body }) {
    const fields = fieldsOf(parse(body));
    const names = ['code', 'reference', 'payment_token'];
    const token = firstText(fields, ...names) ?? firstText(fieldsOf(fields['data']), ...names);
    return token === null ? { kind: 'unreadable' } : { kind: 'news', token, referenceId: null };
  },
  receipt: { type: 'application/json', body: JSON.stringify({ received: true }) },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
