/** A cash reference on screen: shown and scanned at a till, read aloud only in need. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaycashInstrument } from '../../../server/contract/checkout.ts';
import { barsSvg } from '../../drawing/bars-svg.ts';
import { code128 } from '../../drawing/code-128.ts';
import { formatDate } from '../../i18n/date.ts';
import { toMinor } from '../../i18n/money.ts';
import { codeBlock } from '../../views/code-block.ts';
import { facts, stepList } from '../../views/facts.ts';
import { money } from '../../views/view.ts';
import type { InstrumentView } from '../method.ts';
import { groupReference } from './reference.ts';

/** A reference that Code 128 cannot write falls back to the PSP’s image. */
function bars(
  { barcode, barcode_png: png }: PaycashInstrument,
  label: string,
): TemplateResult | typeof nothing {
  try {
    return barsSvg(code128(barcode), label);
  } catch {
    return png
      ? html`<img part="barcode" class="bars" alt=${label} src="data:image/png;base64,${png}">`
      : nothing;
  }
}

export const paycashInstrument: InstrumentView<PaycashInstrument> = {
  // Opaque text: there is nothing in it to compare with.
  doubt: () => null,

  render(instrument, checkout, context, copy) {
    const { texts, locale } = context;
    const { due_date: due, barcode, instructions_link: link } = instrument;
    const asset = checkout.totals?.asset || checkout.currency;
    return html`${facts([
      [texts.amount, money(toMinor(instrument.amount, asset), checkout, context)],
      [texts.dueDate, due && formatDate(due, locale)],
    ])}
      <div class="white-tile">${bars(instrument, texts.paycashBars)}</div>
      <p class="narrow small">${texts.turnPhone}</p>
      ${codeBlock(
        {
          part: 'paycash-reference',
          label: texts.paycashReference,
          copyLabel: texts.paycashCopy,
          shown: groupReference(barcode),
          spoken: true,
          copied: barcode,
        },
        copy,
        context,
      )}
      ${stepList(texts.paycashSteps)}
      ${
        link
          ? html`<a part="instructions-link" class="secondary" href=${link} target="_blank" rel="noopener noreferrer">${texts.paycashInstructions}</a>`
          : nothing
      }`;
  },
};
