/** The frame around an instrument: what is paid, the instrument, “I have paid”, another way. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout, Instrument } from '../../server/contract/checkout.ts';
import { renewalOf } from '../checkout/renewal.ts';
import type { CheckoutState } from '../checkout/state.ts';
import { isOver } from '../checkout/time-left.ts';
import { alertIcon } from '../drawing/icons.ts';
import { formatDate } from '../i18n/date.ts';
import type { Texts } from '../i18n/texts.ts';
import type { InstrumentDoubt } from '../methods/instrument-doubt.ts';
import type { InstrumentView } from '../methods/method.ts';
import type { CopyController } from './copy-controller.ts';
import { facts } from './facts.ts';
import { notice } from './notice.ts';
import { askShop } from './result.ts';
import { moneyOwed, type OutcomeContext } from './view.ts';

/** How an instrument stands. It is not paid as it is when it is over, or doubted for more than its date. */
export interface Standing {
  readonly isOver: boolean;
  readonly doubt: InstrumentDoubt | null;
  readonly isToBePaid: boolean;
  /** `YYYY-MM-DD`. */
  readonly dueDate: string | null;
}

export function standingOf(
  instrument: Instrument,
  view: InstrumentView<Instrument>,
  checkout: Checkout,
  now: number,
): Standing {
  const date = new Date(now);
  const dueDate = view.dueDate?.(instrument, date) ?? null;
  const over = isOver(instrument, dueDate, now);
  const doubt = over ? null : view.doubt(instrument, checkout, date);
  // LetPay’s own samples contradict themselves in the date: that alone keeps nobody from paying.
  return { isOver: over, doubt, isToBePaid: !over && (!doubt || doubt === 'due_date_mismatch'), dueDate };
}

export function expiredText({ dueDate }: Standing, texts: Texts, locale: string): string {
  return dueDate ? texts.pastDue(formatDate(dueDate, locale)) : texts.expired;
}

/** What helps instead of a code that should not be paid. */
function mainStep(checkout: Checkout, { texts, actions }: OutcomeContext): TemplateResult {
  return checkout.can.renew
    ? html`<button part="renew-button" class="primary" type="button" @click=${() =>
        actions.renew(renewalOf(checkout), 'secret')}>${texts.newCode}</button>`
    : askShop(checkout, texts);
}

export function waiting(
  { checkout, failure }: Pick<Extract<CheckoutState, { name: 'waiting' }>, 'checkout' | 'failure'>,
  instrument: Instrument,
  view: InstrumentView<Instrument>,
  context: OutcomeContext,
  copy: CopyController,
): TemplateResult {
  const { texts, checkNote, now, locale } = context;
  const standing = standingOf(instrument, view, checkout, now);
  const { doubt } = standing;
  const warning = (part: string, words: string) =>
    html`<div part=${part} class="notice">${alertIcon()}<p>${words}</p></div>`;
  const code = () => view.render(instrument, checkout, { ...context, isDoubted: !standing.isToBePaid }, copy);
  const body = () => {
    const words = standing.isOver
      ? warning('expired', expiredText(standing, texts, locale))
      : doubt
        ? warning('warning', texts.doubt[doubt])
        : nothing;
    if (standing.isToBePaid) return html`${words}${code()}`;
    const step = html`${words}${facts([[texts.amount, moneyOwed(checkout, context)]])}${mainStep(checkout, context)}`;
    // A Pix code that ran out is refused by every bank; a late slip is not, and a code in doubt may be the right one.
    return instrument.method === 'PIX' && standing.isOver
      ? step
      : html`${step}
        <details part="doubted-code" class="fold"><summary>${texts.showAnyway}</summary><div class="instrument">${code()}</div></details>`;
  };
  return html`<section part="instrument" class="instrument">
    <h2 part="title" class="title" tabindex="-1">${texts.methodName[instrument.method]}</h2>
    ${body()}
    ${notice(failure, context)}
    ${checkNote ? html`<p part="check-note" class="note">${checkNote}</p>` : nothing}
    ${context.isLeaving ? leaving(context) : steps(checkout, standing, context)}
  </section>`;
}

function steps({ can }: Checkout, { isToBePaid }: Standing, context: OutcomeContext): TemplateResult {
  const { texts, checkNow, hasOtherWay, askToLeave } = context;
  const leave = () => (isToBePaid ? askToLeave(true) : leaveNow(context));
  return html`<div part="actions" class="actions inline">
    <button part="check-button" class="quiet" type="button" @click=${checkNow}>${texts.alreadyPaid}</button>
    ${
      can.renew && hasOtherWay
        ? html`<button part="other-method-button" class="quiet" type="button" @click=${leave}>${texts.otherWay}</button>`
        : nothing
    }
  </div>`;
}

function leaveNow({ actions }: OutcomeContext): void {
  actions.renew({ kind: 'choose', method: null }, 'secret');
}

/** A code that is left stays payable at the bank, and two slips in one hand are paid twice. */
function leaving(context: OutcomeContext): TemplateResult {
  const { texts, askToLeave } = context;
  return html`<p part="leave-note" class="note" role="alert">${texts.leaveCode}</p>
    <div part="actions" class="actions inline">
      <button part="keep-button" class="secondary" type="button" @click=${() => askToLeave(false)}>${texts.keepCode}</button>
      <button part="leave-button" class="quiet" type="button" @click=${() => leaveNow(context)}>${texts.otherWay}</button>
    </div>`;
}
