/**
 * Letsia’s cancellation of a paid invoice (Client API Integration Guide, “Cancel”; rule: the invoice must be paid). It moves
 * the invoice from `paid` to `CANCELLED`, so a late first request and a second one cannot both be taken, nor a
 * cancellation and a refund. What becomes of the money is not documented.
 */
import type { HoldOutcome, PaidCancellation } from '../gateway.ts';
import { causeOf, isOk, NotConnected } from '../psp-http.ts';
import type { LetsiaClient } from './client.ts';
import type { InvoiceReader } from './invoice-reader.ts';
import { namedRefusal, readInvoice, statusOf } from './translate.ts';

/** Longer than a request is on its way; a second one could not be taken anyway. */
const untakenAfterMs = 10_000;

export function letsiaCancellation(
  { call }: Pick<LetsiaClient, 'call'>,
  readStatus: InvoiceReader,
): PaidCancellation {
  return {
    untakenAfterMs,

    async cancel(token, currency, context): Promise<HoldOutcome> {
      const read = await readStatus(token, currency, context);
      if (read.kind === 'not_found') return { kind: 'not_sent', cause: 'invoice not found' };
      if (read.kind === 'unreadable') return { kind: 'not_sent', cause: read.cause };
      // Not by its status: an invoice whose money was asked back counts as paid, and cannot be canceled.
      if (read.invoice.word !== 'paid') return { kind: 'not_held' };
      try {
        const request = {
          method: 'POST',
          route: '/invoices/{reference}/cancel',
          ids: { reference: token },
        } as const;
        const answer = await call(request, context);
        if (isOk(answer)) {
          const invoice = readInvoice(answer.body, currency);
          const isTaken = invoice !== null && statusOf(invoice) === 'CANCELED';
          return isTaken ? { kind: 'taken' } : { kind: 'unknown', cause: 'unreadable answer' };
        }
        const refused = namedRefusal(answer);
        if (refused === 'not_paid') return { kind: 'not_held' };
        return refused ?? { kind: 'unknown', cause: `status ${answer.status}` };
      } catch (error) {
        return { kind: error instanceof NotConnected ? 'not_sent' : 'unknown', cause: causeOf(error) };
      }
    },
  };
}
