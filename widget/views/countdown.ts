/** How long a Pix code can still be paid: a running clock in its last hour, the time of its end before that. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PixInstrument } from '../../server/contract/checkout.ts';
import { timeLeft } from '../checkout/time-left.ts';
import { outcomeIcon } from '../drawing/outcome-icons.ts';
import { formatCountdown, formatTime } from '../i18n/time.ts';
import type { OutcomeContext } from './view.ts';

/** Longer than this the hour says more than a running clock. */
const countdownFromMs = 60 * 60_000;

export function countdown(
  instrument: PixInstrument,
  { texts, locale, now }: OutcomeContext,
): TemplateResult | typeof nothing {
  const left = timeLeft(instrument, now);
  if (left === null || left <= 0 || !instrument.expires_at) return nothing;
  const text =
    left < countdownFromMs
      ? texts.validFor(formatCountdown(left))
      : texts.validUntil(formatTime(instrument.expires_at, locale, now));
  return html`<p part="countdown" class="note countdown" role="timer" aria-live="off">${outcomeIcon('wait')}<span translate="no" .textContent=${text}></span></p>`;
}
