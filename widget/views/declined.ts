/** The PSP said no: why, in the shopper’s words, and the step most likely to work first. */
import { html, type TemplateResult } from 'lit';
import type { Checkout, DeclineAction } from '../../server/contract/checkout.ts';
import type { Failure } from '../checkout/state.ts';
import { notice } from './notice.ts';
import { outcome } from './outcome.ts';
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

/** The steps that make sense for this checkout, at least one. `installments`: as many as the declined payment had. */
export function stepsAfter(checkout: Checkout, installments: number): readonly Step[] {
  const { method, methods, decline } = checkout;
  const byCard = method === 'CREDITCARD' && methods.includes('CREDITCARD');
  const possible = steps[decline?.action ?? 'other_card'].filter(step => {
    if (step === 'pix') return methods.includes('PIX') && method !== 'PIX';
    return byCard && (step !== 'fewer' || installments > 1);
  });
  return possible.includes('pix') && methods.length <= 2 && possible.length > 1
    ? possible
    : [...possible, 'other'];
}

export function declined(
  checkout: Checkout,
  failure: Failure | null,
  installments: number,
  context: ViewContext,
): TemplateResult {
  const { texts, actions } = context;
  const label: Record<Step, string> = {
    pix: withoutLooseEnd(texts.payByPix(moneyOwed(checkout, context))),
    fix: texts.fixData,
    bank: texts.sameCardAgain,
    card: texts.otherCard,
    fewer: texts.fewerInstallments,
    other: texts.otherWay,
  };
  const take = (step: Step) => {
    if (step === 'pix') actions.renew({ kind: 'submit', method: 'PIX' }, 'clear');
    else if (step === 'other') actions.renew({ kind: 'choose', method: null }, 'clear');
    else actions.renew({ kind: 'choose', method: 'CREDITCARD' }, step === 'card' ? 'clear' : 'keep');
  };
  return outcome({
    icon: 'alert',
    tone: 'bad',
    title: texts.declinedTitle,
    body: html`<p part="decline-reason">${texts.declined[checkout.decline?.reason ?? 'unknown']}</p>${notice(failure, context)}`,
    actions: checkout.can.renew
      ? stepsAfter(checkout, installments).map(
          (step, at) =>
            html`<button part=${`next-step-${step}`} class=${at === 0 ? 'primary' : 'quiet'} type="button" @click=${() =>
              take(step)}>${label[step]}</button>`,
        )
      : html`<p>${texts.askShop}</p><p class="small">${texts.order(checkout.reference_id)}</p>`,
  });
}
