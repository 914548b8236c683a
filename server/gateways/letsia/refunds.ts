/**
 * Letsia’s refund: the whole invoice, once (Client API Integration Guide, “Refund”; rule: the invoice must be paid). It moves
 * the invoice from `paid` to `request_refund`, so a late first request and a second one cannot both be taken. What follows
 * `request_refund` is not documented: the refund stays REQUESTED until somebody reads `refunded`.
 */
import type { PspRefund } from '../../checkout/refunds.ts';
import type { RefundOutcome, Refunds } from '../gateway.ts';
import { causeOf, isOk, NotConnected } from '../psp-http.ts';
import type { LetsiaClient } from './client.ts';
import type { InvoiceReader } from './invoice-reader.ts';
import { type Invoice, namedRefusal, readInvoice } from './translate.ts';

/** An invoice has one refund at most; Letsia gives it no id. */
const mark = 'whole';
const requested: PspRefund = { id: null, mark, status: 'REQUESTED' };
const completed: PspRefund = { id: null, mark, status: 'COMPLETED' };

/** Longer than a request is on its way; a second one could not be taken anyway. */
const unmadeAfterMs = 10_000;

export function letsiaRefunds({ call }: Pick<LetsiaClient, 'call'>, readStatus: InvoiceReader): Refunds {
  return {
    unmadeAfterMs,

    async request(token, { amount, currency, account }, context): Promise<RefundOutcome> {
      const [destination] = Object.keys(account);
      if (destination !== undefined)
        return wrong(`/${destination}`, 'not_offered', 'Letsia gives back to where the money came from');
      const read = await readStatus(token, currency, context);
      if (read.kind === 'not_found') return { kind: 'not_sent', cause: 'invoice not found' };
      if (read.kind === 'unreadable') return { kind: 'not_sent', cause: read.cause };
      const { invoice } = read;
      if (invoice.word !== 'paid')
        return { kind: 'not_refundable', detail: 'The payment’s status does not allow a refund.' };
      if (invoice.amount !== amount)
        return wrong('/amount', 'invalid', 'Letsia gives back the whole payment only');
      try {
        const answer = await call(
          { method: 'POST', route: '/invoices/{reference}/refund', ids: { reference: token } },
          context,
        );
        if (isOk(answer)) {
          const refund = refundOf(readInvoice(answer.body, currency));
          return refund ? { kind: 'taken', refund } : { kind: 'unknown', cause: 'unreadable answer' };
        }
        const refused = namedRefusal(answer);
        if (refused === 'not_paid')
          return { kind: 'not_refundable', detail: 'The payment’s status does not allow a refund (422).' };
        return refused ?? { kind: 'unknown', cause: `status ${answer.status}` };
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },

    async list(token, context) {
      // Amounts are not looked at here, so any currency will do.
      const read = await readStatus(token, 'USD', context);
      if (read.kind === 'not_found') return { kind: 'unreadable', cause: 'invoice not found' };
      if (read.kind === 'unreadable') return read;
      const refund = refundOf(read.invoice);
      return { kind: 'known', list: { refunds: refund ? [refund] : [], complete: true } };
    },
  };
}

function refundOf(invoice: Pick<Invoice, 'word'> | null): PspRefund | null {
  if (invoice?.word === 'request_refund') return requested;
  return invoice?.word === 'refunded' ? completed : null;
}

function wrong(pointer: string, code: 'invalid' | 'not_offered', detail: string): RefundOutcome {
  return {
    kind: 'refused',
    detail: 'Letsia cannot give this back; nothing was sent.',
    errors: [{ pointer, code, detail }],
  };
}
