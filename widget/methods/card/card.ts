/** The two card methods. Card fields live in this folder and nowhere else, so that they can move into a frame one day. */
import type { PaymentMethod } from '../method.ts';
import { CardForm } from './card-form.ts';

export const card: PaymentMethod = {
  id: 'CREDITCARD',
  hint: ({ installments }, { texts }) =>
    texts.upToInstallments(Math.max(1, ...installments.map(plan => plan.installments))),
  createForm: host => new CardForm(host),
};

/** Whole and at once. Shown where the merchant has a 3-D Secure provider. */
export const debitCard: PaymentMethod = {
  id: 'DEBITCARD',
  hint: (_, { texts }) => texts.upToInstallments(1),
  createForm: host => new CardForm(host, true),
};
