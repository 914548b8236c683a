/** A method without fields: one sentence and the button. Pix, boleto, cash and redirect share it. */
import { html } from 'lit';
import type { PlainSubmission } from '../../server/contract/submission.ts';
import { amountOwed, moneyOwed, withoutLooseEnd } from '../views/view.ts';
import type { MethodForm, PaymentMethod } from './method.ts';

type PlainId = PlainSubmission['method'];

function plainForm(method: PlainId): MethodForm {
  return {
    render: (_, { texts }) => html`<p part="method-intro">${texts.methodIntro[method]}</p>`,
    isReady: true,
    prepare: async () => true,
    validate: () => true,
    wrong: [],
    toRequest: () => ({ method }),
    payLabel: (checkout, context) =>
      withoutLooseEnd(context.texts.create[method](moneyOwed(checkout, context))),
    total: amountOwed,
    installments: 1,
    showRefusal: () => {},
    clear: () => {},
    sentStoredCard: false,
  };
}

export function plainMethod(id: PlainId): PaymentMethod {
  return {
    id,
    hint: (_, { texts }) => texts.methodHint[id],
    createForm: () => plainForm(id),
  };
}
