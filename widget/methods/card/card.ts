/** The card method. Card fields live in this folder and nowhere else, so that they can move into a frame one day. */
import type { PaymentMethod } from '../method.ts';
import { CardForm } from './card-form.ts';

export const card: PaymentMethod = {
  id: 'CREDITCARD',
  hint: ({ installments }, { texts }) =>
    texts.upToInstallments(Math.max(1, ...installments.map(plan => plan.installments))),
  createForm: host => new CardForm(host),
};
