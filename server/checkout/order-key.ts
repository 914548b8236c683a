/** What an Idempotency-Key of an order stands for, as the store keeps it: one text beside the key. */

export type OrderKeyState =
  /** The order that it made. */
  | { readonly kind: 'made'; readonly token: string }
  /** Its order left at `at` (ms) with `mark`, and whoever sent it is to say what became of it. */
  | { readonly kind: 'sent'; readonly at: number; readonly mark: string }
  /** As `sent`, and the answer was lost or could not be read. */
  | { readonly kind: 'lost'; readonly at: number; readonly mark: string }
  /** Its order was made, and the PSP offers none of the methods that it asks for. */
  | { readonly kind: 'nothing_offered' };

/** No PSP’s token begins with these. */
const prefixes = { sent: '?', lost: '~' } as const;
const nothingOffered = '!';

export function orderKeyText(state: OrderKeyState): string {
  switch (state.kind) {
    case 'made':
      return state.token;
    case 'sent':
    case 'lost':
      return `${prefixes[state.kind]}${state.at} ${state.mark}`;
    case 'nothing_offered':
      return nothingOffered;
  }
}

export function orderKeyState(text: string): OrderKeyState {
  if (text === nothingOffered) return { kind: 'nothing_offered' };
  const [, prefix, at, mark] = /^([?~])(\d+) (.+)$/.exec(text) ?? [];
  if (!at || !mark) return { kind: 'made', token: text };
  return { kind: prefix === prefixes.lost ? 'lost' : 'sent', at: Number(at), mark };
}
