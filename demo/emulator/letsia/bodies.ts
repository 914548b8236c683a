/** Letsia's answers: `{status, message, data}`, and `{status: false, message}` for every no. */
import { asText } from '../letpay/money.ts';
import { type Account, paymentMethods } from './account.ts';
import type { Invoice, Word } from './invoice.ts';

export interface Refusal {
  readonly status: 401 | 403 | 404 | 422;
  readonly message: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

export const accepted = (message: string, data: object) => ({ status: true, message, data });

export const refused = ({ message, errors }: Refusal, { fieldErrors }: Account) => ({
  status: false,
  message,
  ...(fieldErrors && errors && { errors }),
});

/** The word as this account writes it. */
export function worded(word: Word, { words }: Account): string {
  if (words === 'documented') return word;
  return words === 'upper' ? word.toUpperCase() : word.toLowerCase();
}

/** `2026-02-13T10:00:00+00:00` */
const timeOf = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

/** Of the payment itself: a refund that is asked for does not undo that its method was paid. */
function methodStatus({ status, wasPaid }: Invoice): Word {
  if (status === 'pending' || status === 'failed') return status;
  return wasPaid ? 'paid' : 'pending';
}

/** @param origin where the emulator was reached, for the links. */
export function invoiceBody(invoice: Invoice, account: Account, origin: string, now: number) {
  const { id, number, code, status, title, amount, email, methods, linkAt } = invoice;
  const hasLink = linkAt !== null && linkAt <= now;
  return {
    id,
    invoice_number: number,
    code,
    status: worded(status, account),
    title,
    amount: asText(amount),
    customer_email: email,
    public_payment_url: `${origin}/letsia/invoice/${code}`,
    payment_methods: methods.map(method => ({
      id: method,
      name: paymentMethods.get(method),
      payment_link: hasLink ? `${origin}/letsia/pay/${code}/${method}` : null,
      payment_status: worded(methodStatus(invoice), account),
    })),
    created_at: timeOf(invoice.createdAt),
    updated_at: timeOf(invoice.updatedAt),
  };
}
