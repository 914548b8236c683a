/** The PSP said no: why, in the shopper’s words, and the step most likely to work first. */
import { html, type TemplateResult } from 'lit';
import type { Checkout, DeclineAction } from '../../server/contract/checkout.ts';
import type { Failure } from '../checkout/state.ts';
import { isCardMethod } from '../methods/card/card-method.ts';
import { notice } from './notice.ts';
import { outcome } from './outcome.ts';
import { askShop, paymentFacts } from './result.ts';
import { moneyOwed, type ViewContext, withoutLooseEnd } from './view.ts';

type Step = 'pix' | 'fix' | 'bank' | 'card' | 'fewer' | 'other';

/** First the step that the decline asks for, then what else there is. */
const steps: Readonly<Record<DeclineAction, readonly Step[]>> = {
  fix_data: ['fix', 'card', 'pix'],
  call_bank: ['bank', 'pix', 'card'],
  other_card: ['card', 'pix'],
  fewer_installments: ['fewer', 'pix', 'card'],
  pay_by_pix: ['pix', 'card'],
};

/**
 * The steps that make sense for this checkout, at least one. `installments`: as many as the declined payment had.
 * `isStored`: it was by a stored card, of which nothing can be corrected here.
 */
export function stepsAfter(checkout: Checkout, installments: number, isStored = false): readonly Step[] {
  const { method, methods, decline } = checkout;
  const byCard = isCardMethod(method) && methods.includes(method);
  // Who pays stands in the shop’s order: no field here can put it right.
  const action = decline?.reason === 'invalid_payer' ? 'pay_by_pix' : (decline?.action ?? 'other_card');
  const possible = steps[action].filter(step => {
    if (step === 'pix') return methods.includes('PIX') && method !== 'PIX';
    return byCard && (step !== 'fewer' || installments > 1) && (step !== 'fix' || !isStored);
  });
  return possible.includes('pix') && methods.length <= 2 && possible.length > 1
    ? possible
    : [...possible, 'other'];
}

export function declined(
  checkout: Checkout,
  failure: Failure | null,
  isStored: boolean,
  context: ViewContext,
): TemplateResult {
  const { texts, actions } = context;
  const label: Record<Step, string> = {
    pix: withoutLooseEnd(texts.payByPix(moneyOwed(checkout, context))),
    fix: texts.fixData,
    bank: texts.sameCardAgain,
    card: texts.otherCard,
    fewer: texts.fewerInstallments,
    other: checkout.methods.length > 1 ? texts.otherWay : texts.startAgain,
  };
  const take = (step: Step) => {
    if (step === 'pix') actions.renew({ kind: 'submit', method: 'PIX' }, 'all');
    else if (step === 'other') actions.renew({ kind: 'choose', method: null }, 'all');
    else
      actions.renew({ kind: 'choose', method: checkout.method }, step === 'card' ? 'other-card' : 'secret');
  };
  return outcome({
    icon: 'alert',
    tone: 'bad',
    title: texts.declinedTitle,
    body: html`<p part="decline-reason">${texts.declined[checkout.decline?.reason ?? 'unknown']}</p>
      ${paymentFacts(checkout, context)}${notice(failure, context)}`,
    actions: checkout.can.renew
      ? stepsAfter(checkout, checkout.payment?.installments ?? 1, isStored).map(
          (step, at) =>
            html`<button part=${`next-step-${step}`} class=${at === 0 ? 'primary' : 'quiet'} type="button" @click=${() =>
              take(step)}>${label[step]}</button>`,
        )
      : askShop(checkout, texts),
  });
}
