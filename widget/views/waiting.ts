/** The frame around an instrument: what is paid, the instrument, the clock, “I have paid”, another way. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Instrument } from '../../server/contract/checkout.ts';
import { renewalOf } from '../checkout/renewal.ts';
import type { CheckoutState } from '../checkout/state.ts';
import { timeLeft } from '../checkout/time-left.ts';
import { icon } from '../drawing/icons.ts';
import { formatCountdown, formatTime } from '../i18n/time.ts';
import type { InstrumentView } from '../methods/method.ts';
import type { CopyController } from './copy-controller.ts';
import { notice } from './notice.ts';
import type { OutcomeContext } from './view.ts';

/** Longer than this the hour says more than a running clock. */
const countdownFromMs = 60 * 60_000;

function clock(
  instrument: Instrument,
  { texts, locale, now }: OutcomeContext,
): TemplateResult | typeof nothing {
  const left = timeLeft(instrument, now);
  if (left === null || left <= 0 || instrument.method !== 'PIX' || !instrument.expires_at) return nothing;
  const text =
    left < countdownFromMs
      ? texts.validFor(formatCountdown(left))
      : texts.validUntil(formatTime(instrument.expires_at, locale));
  return html`<p part="countdown" class="note countdown" role="timer" aria-live="off">${icon('wait')}${text}</p>`;
}

export function waiting(
  { checkout, failure }: Pick<Extract<CheckoutState, { name: 'waiting' }>, 'checkout' | 'failure'>,
  instrument: Instrument,
  view: InstrumentView<Instrument>,
  context: OutcomeContext,
  copy: CopyController,
): TemplateResult {
  const { texts, actions, checkNote, checkNow, now } = context;
  const isOver = (timeLeft(instrument, now) ?? 1) <= 0;
  const doubt = view.doubt(instrument, new Date(now));
  const { can } = checkout;
  return html`<section part="instrument" class="instrument">
    <h2 part="title" class="title" tabindex="-1">${texts.methodName[instrument.method]}</h2>
    ${
      doubt
        ? html`<div part="warning" class="notice" role="alert">${icon('alert')}<p>${
            doubt === 'amount_mismatch' ? texts.amountMismatch : texts.codeInvalid
          }</p></div>`
        : nothing
    }
    ${
      isOver
        ? html`<div part="expired" class="notice" role="alert">${icon('alert')}<p>${texts.expired}</p></div>
          ${
            can.renew
              ? html`<button part="renew-button" class="primary" type="button" @click=${() =>
                  actions.renew(renewalOf(checkout), 'keep')}>${texts.newCode}</button>`
              : nothing
          }`
        : html`${view.render(instrument, checkout, context, copy)}${clock(instrument, context)}`
    }
    ${notice(failure, context)}
    ${checkNote ? html`<p part="check-note" class="note" role="status">${checkNote}</p>` : nothing}
    <div part="actions" class="actions inline">
      <button part="check-button" class="quiet" type="button" @click=${checkNow}>${texts.alreadyPaid}</button>
      ${
        can.renew
          ? html`<button part="other-method-button" class="quiet" type="button" @click=${() =>
              actions.renew({ kind: 'choose', method: null }, 'keep')}>${texts.otherWay}</button>`
          : nothing
      }
    </div>
  </section>`;
}
