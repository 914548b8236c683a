/** Every payment since start or reset. Payments are never changed in place. */
import type { Payment } from './payment.ts';

export interface Ledger {
  readonly add: (payment: Payment) => void;
  readonly get: (token: string) => Payment | undefined;
  readonly update: (token: string, change: (payment: Payment) => Partial<Payment>) => Payment | undefined;
  /** In order of creation; with a reference, only its payments. */
  readonly list: (referenceId?: string) => readonly Payment[];
  readonly clear: () => void;
}

export function createLedger(): Ledger {
  const payments = new Map<string, Payment>();
  return {
    add(payment) {
      payments.set(payment.token, payment);
    },
    get: token => payments.get(token),
    update(token, change) {
      const payment = payments.get(token);
      if (payment === undefined) return undefined;
      const changed = { ...payment, ...change(payment) };
      payments.set(token, changed);
      return changed;
    },
    list: referenceId =>
      [...payments.values()].filter(
        ({ order }) => referenceId === undefined || order.referenceId === referenceId,
      ),
    clear() {
      payments.clear();
    },
  };
}
