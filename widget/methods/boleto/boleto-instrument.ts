/** A boleto on screen: amount and due date, the line in groups, the bars. The bank’s own page is folded and fenced in. */
import { html, nothing, type TemplateResult } from 'lit';
import type { BoletoInstrument } from '../../../server/contract/checkout.ts';
import { barsSvg } from '../../drawing/bars-svg.ts';
import { interleaved2of5 } from '../../drawing/interleaved-2-of-5.ts';
import { formatDate } from '../../i18n/date.ts';
import { formatMoney, toMinor } from '../../i18n/money.ts';
import type { Texts } from '../../i18n/texts.ts';
import { codeBlock } from '../../views/code-block.ts';
import { facts, stepList } from '../../views/facts.ts';
import { printSlip } from '../../views/print-slip.ts';
import { ReminderButton } from '../../views/reminder-button.ts';
import type { CreateInstrumentView } from '../method.ts';
import { bankPageFrame } from './bank-page.ts';
import { bankName } from './banks.ts';
import { boletoLineDigits, formatBoletoLine, readBoletoLine } from './boleto-line.ts';

/** A boleto is in reais, whatever the order’s currency. */
const currency = 'BRL';

/** The check digit stays with the due date and the amount that follow it. */
function groupsOf(line: string): readonly string[] {
  return line.split(/ (?!\d{14}$)/);
}

export const createBoletoInstrument: CreateInstrumentView<BoletoInstrument> = host => {
  const reminder = new ReminderButton(host);
  /** One frame for one page: a new one at every render would load it anew. */
  let bank: { readonly page: string; readonly frame: HTMLIFrameElement | null } | null = null;
  /**
   * The frame is put into the page when the shopper unfolds it. It has the page’s own policy beside ours: where that takes
   * no inline style, the browser complains of the bank’s, and need not before anybody wants to see it.
   */
  let isUnfolded = false;

  const bankPage = (page: string | null, texts: Texts): TemplateResult | typeof nothing => {
    if (!page) return nothing;
    if (bank?.page !== page) bank = { page, frame: bankPageFrame(page, host.nonce) };
    const handleToggle = ({ currentTarget }: Event) => {
      if (isUnfolded || !(currentTarget as HTMLDetailsElement).open) return;
      isUnfolded = true;
      host.requestUpdate();
    };
    return bank.frame
      ? html`<details part="bank-page" class="fold" @toggle=${handleToggle}><summary>${texts.bankPage}</summary>
          <div part="bank-page-view" class="bank-page" role="region" tabindex="0" aria-label=${texts.bankPage}>${
            isUnfolded ? bank.frame : nothing
          }</div></details>`
      : nothing;
  };

  const dueDateOf = ({ code, due_date: given }: BoletoInstrument, now: Date): string | null => {
    const reading = readBoletoLine(code, given ? new Date(given) : now);
    // The two may differ: nothing is over before the later of them is.
    return [given, reading.ok ? reading.dueDate : null].reduce((a, b) => ((a ?? '') > (b ?? '') ? a : b));
  };

  return {
    dueDate: dueDateOf,
    news: texts => reminder.news(texts),

    doubt({ code, amount, due_date: dueDate }, _, now) {
      const reading = readBoletoLine(code, dueDate ? new Date(dueDate) : now);
      if (!reading.ok) return 'code_invalid';
      if (reading.amount !== null && reading.amount !== toMinor(amount, currency)) return 'amount_mismatch';
      return reading.dueDate && dueDate && reading.dueDate !== dueDate ? 'due_date_mismatch' : null;
    },

    render(instrument, checkout, context, copy) {
      const { texts, locale, now } = context;
      const reading = readBoletoLine(instrument.code, new Date(now));
      const digits = boletoLineDigits(instrument.code);
      const amount = formatMoney(toMinor(instrument.amount, currency), currency, locale, 'BR');
      const due = instrument.due_date ?? (reading.ok ? reading.dueDate : null);
      const bank = reading.ok && reading.bank ? [reading.bank, bankName(reading.bank)] : [];
      const pairs = [
        [texts.amount, amount],
        [texts.dueDate, due && formatDate(due, locale)],
        [texts.bank, bank.filter(Boolean).join(' · ')],
      ] as const;
      const line = formatBoletoLine(digits);
      const handlePrint = (event: Event) => {
        const root = (event.currentTarget as Element).getRootNode() as ShadowRoot;
        printSlip(root, {
          title: `${texts.methodName.BOLETO} · ${texts.order(checkout.reference_id)}`,
          lines: [
            ...(checkout.test_mode ? [texts.testMode] : []),
            ...pairs.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])),
          ],
          code: line,
          bars: root.querySelector<SVGSVGElement>('svg.bars'),
          steps: texts.boletoSteps,
        });
      };
      return html`${facts(pairs)}
        ${codeBlock(
          {
            part: 'boleto-line',
            label: texts.boletoLine,
            copyLabel: texts.boletoCopy,
            shown: groupsOf(line),
            spoken: true,
            copied: digits,
          },
          copy,
          context,
        )}
        ${
          reading.ok
            ? html`<div class="voucher-bars"><div class="white-tile">${barsSvg(interleaved2of5(reading.barcode), texts.boletoBars)}</div>
              <p part="turn-note" class="narrow small">${texts.turnPhone}</p></div>`
            : nothing
        }
        ${stepList(texts.boletoSteps)}
        <div part="voucher-actions" class="pair">
          <button part="print-button" class="secondary" type="button" @click=${handlePrint}>${texts.print}</button>
          ${reminder.render({ method: 'BOLETO', due, amount, code: line }, checkout, context)}
        </div>
        ${reminder.note(context)}
        ${bankPage(instrument.html, texts)}`;
    },
  };
};
