import type { CallContext } from '../gateway.ts';
import type { Invoice } from './translate.ts';

export type InvoiceOutcome =
  | { readonly kind: 'known'; readonly invoice: Invoice }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'unreadable'; readonly cause: string };

/** One read of an invoice, by its number or its code. */
export type InvoiceReader = (
  token: string,
  currency: string,
  context: CallContext,
) => Promise<InvoiceOutcome>;
