/** A cash reference on screen: shown and scanned at a till, read aloud only in need. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaycashInstrument } from '../../../server/contract/checkout.ts';
import { barsSvg } from '../../drawing/bars-svg.ts';
import { code128 } from '../../drawing/code-128.ts';
import { alertIcon } from '../../drawing/icons.ts';
import { outcomeIcon } from '../../drawing/outcome-icons.ts';
import { formatDate } from '../../i18n/date.ts';
import { formatMoney, toMinor } from '../../i18n/money.ts';
import type { Texts } from '../../i18n/texts.ts';
import { codeBlock } from '../../views/code-block.ts';
import { facts, stepList } from '../../views/facts.ts';
import { ReminderButton } from '../../views/reminder-button.ts';
import { money } from '../../views/view.ts';
import type { CreateInstrumentView } from '../method.ts';
import { cashCountry, isNearLimits, isOutsideLimits } from './cash-country.ts';
import { KeepAwake } from './keep-awake.ts';
import { groupReference } from './reference.ts';

/** Modules that a phone held upright (360 px) has a dot for. */
const uprightModules = 290;

/** A reference that Code 128 cannot write falls back to the PSP’s image. */
function bars(
  { barcode, barcode_png: png }: PaycashInstrument,
  label: string,
  turnPhone: string,
): TemplateResult | typeof nothing {
  try {
    const drawn = code128(barcode);
    return html`<div class="white-tile">${barsSvg(drawn, label)}</div>
      ${drawn.width > uprightModules ? html`<p part="turn-note" class="narrow small">${turnPhone}</p>` : nothing}`;
  } catch {
    return png
      ? html`<div class="white-tile"><img part="barcode" class="bars" alt=${label} src="data:image/png;base64,${png}"></div>`
      : nothing;
  }
}

export const createPaycashInstrument: CreateInstrumentView<PaycashInstrument> = host => {
  const reminder = new ReminderButton(host);
  const awake = new KeepAwake(host);

  const awakeButton = (texts: Texts) =>
    awake.isOffered
      ? html`<button part="awake-button" class="secondary" type="button" aria-pressed=${awake.state === 'on'} @click=${() =>
          awake.toggle()}>${awake.state === 'on' ? outcomeIcon('done') : nothing}${texts.keepAwake}</button>`
      : nothing;

  return {
    // Opaque text: there is nothing in it to compare with.
    doubt: () => null,
    dueDate: ({ due_date: due }) => due,
    news: texts => (awake.state === 'refused' ? texts.keepAwakeRefused : reminder.news(texts)),

    render(instrument, checkout, context, copy) {
      const { texts, locale } = context;
      const { due_date: due, barcode, instructions_link: link } = instrument;
      const asset = checkout.totals?.asset || checkout.currency;
      const amount = money(toMinor(instrument.amount, asset), checkout, context);
      const country = cashCountry(checkout.country);
      const [least, most] = country
        ? [country.least, country.most].map(limit =>
            formatMoney(toMinor(limit, country.currency), country.currency, locale, checkout.country),
          )
        : [];
      const reference = groupReference(barcode);
      return html`${facts([
        [texts.amount, amount],
        [texts.dueDate, due && formatDate(due, locale)],
        [
          texts.cashLimits,
          country && isNearLimits(instrument.amount, asset, country) ? `${least} – ${most}` : null,
        ],
      ])}
        ${
          country && isOutsideLimits(instrument.amount, asset, country)
            ? html`<div part="limit-note" class="notice">${alertIcon()}<p>${texts.outsideCashLimits}</p></div>`
            : nothing
        }
        <div class="voucher-bars">${bars(instrument, texts.paycashBars, texts.turnPhone)}</div>
        ${codeBlock(
          {
            part: 'paycash-reference',
            label: texts.paycashReference,
            copyLabel: texts.paycashCopy,
            shown: reference.split(' '),
            spoken: true,
            copied: barcode,
          },
          copy,
          context,
        )}
        ${stepList(texts.paycashSteps(country?.phrase ?? null))}
        <p part="confirmation-note" class="small">${texts.paycashAfter}</p>
        <div part="voucher-actions" class="pair">
          ${awakeButton(texts)}
          ${reminder.render({ method: 'PAYCASH', due, amount, code: reference }, checkout, context)}
          ${
            link
              ? html`<a part="instructions-link" class="quiet" href=${link} target="_blank" rel="noopener noreferrer"><span>${texts.paycashInstructions} <span class="small whole">(${texts.newTab})</span></span></a>`
              : nothing
          }
        </div>
        ${awake.state === 'refused' ? html`<p part="awake-note" class="note">${texts.keepAwakeRefused}</p>` : nothing}
        ${reminder.note(context)}`;
    },
  };
};
