/** What an Idempotency-Key of an order stands for, as the store keeps it: one text beside the key. */

export type OrderKeyState =
  /** The order that it made. */
  | { readonly kind: 'made'; readonly token: string }
  /** Its order left at `at` (ms) with `mark`, and no answer named a token yet. */
  | { readonly kind: 'sent'; readonly at: number; readonly mark: string }
  /** Its order was made, and the PSP offers none of the methods that it asks for. */
  | { readonly kind: 'nothing_offered' };

/** No PSP’s token begins with these. */
const sent = '?';
const nothingOffered = '!';

export function orderKeyText(state: OrderKeyState): string {
  switch (state.kind) {
    case 'made':
      return state.token;
    case 'sent':
      return `${sent}${state.at} ${state.mark}`;
    case 'nothing_offered':
      return nothingOffered;
  }
}

export function orderKeyState(text: string): OrderKeyState {
  if (text === nothingOffered) return { kind: 'nothing_offered' };
  const [, at, mark] = /^\?(\d+) (.+)$/.exec(text) ?? [];
  return at && mark ? { kind: 'sent', at: Number(at), mark } : { kind: 'made', token: text };
}
