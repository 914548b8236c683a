/** Every invoice since start or reset. Invoices are never changed in place. */
import type { Mode } from './account.ts';
import type { Invoice } from './invoice.ts';

export interface Invoices {
  /** Numbered from 1001, as in the documents' sample. */
  readonly add: (make: (id: number) => Invoice) => Invoice;
  /** By number or code ("reference accepts invoice_number or code"). */
  readonly find: (reference: string, mode?: Mode) => Invoice | undefined;
  readonly update: (id: number, change: Partial<Invoice>) => Invoice | undefined;
  readonly list: (title?: string) => readonly Invoice[];
  readonly clear: () => void;
}

export function createInvoices(): Invoices {
  const invoices = new Map<number, Invoice>();
  const all = () => [...invoices.values()];
  return {
    add(make) {
      const invoice = make(1001 + invoices.size);
      invoices.set(invoice.id, invoice);
      return invoice;
    },
    find: (reference, mode) =>
      all().find(
        invoice =>
          [invoice.number, invoice.code].includes(reference) && (mode === undefined || invoice.mode === mode),
      ),
    update(id, change) {
      const invoice = invoices.get(id);
      if (invoice === undefined) return undefined;
      const changed = { ...invoice, ...change };
      invoices.set(id, changed);
      return changed;
    },
    list: title => all().filter(invoice => title === undefined || invoice.title === title),
    clear() {
      invoices.clear();
    },
  };
}
