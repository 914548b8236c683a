/** A boleto on screen: amount and due date, the line in groups, the bars. The bank’s own HTML page is never shown. */
import { html, nothing } from 'lit';
import type { BoletoInstrument } from '../../../server/contract/checkout.ts';
import { barsSvg } from '../../drawing/bars-svg.ts';
import { interleaved2of5 } from '../../drawing/interleaved-2-of-5.ts';
import { formatDate } from '../../i18n/date.ts';
import { formatMoney, toMinor } from '../../i18n/money.ts';
import { codeBlock } from '../../views/code-block.ts';
import { facts, stepList } from '../../views/facts.ts';
import { printSlip } from '../../views/print-slip.ts';
import type { InstrumentView } from '../method.ts';
import { bankName } from './banks.ts';
import { formatBoletoLine, readBoletoLine } from './boleto-line.ts';

/** A boleto is in reais, whatever the order’s currency. */
const currency = 'BRL';

export const boletoInstrument: InstrumentView<BoletoInstrument> = {
  doubt({ code, amount }, now) {
    const reading = readBoletoLine(code, now);
    if (!reading.ok) return 'code_invalid';
    return reading.amount !== null && reading.amount !== toMinor(amount, currency) ? 'amount_mismatch' : null;
  },

  render(instrument, checkout, context, copy) {
    const { texts, locale, now } = context;
    const reading = readBoletoLine(instrument.code, new Date(now));
    const digits = instrument.code.replace(/\D/g, '');
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
        lines: pairs.flatMap(([name, value]) => (value ? [`${name}: ${value}`] : [])),
        code: line,
        bars: root.querySelector<SVGElement>('.bars'),
      });
    };
    return html`${facts(pairs)}
      ${codeBlock(
        {
          part: 'boleto-line',
          label: texts.boletoLine,
          copyLabel: texts.boletoCopy,
          shown: line,
          spoken: true,
          copied: digits,
        },
        copy,
        context,
      )}
      ${
        reading.ok
          ? html`<div class="white-tile">${barsSvg(interleaved2of5(reading.barcode), texts.boletoBars)}</div>
            <p class="narrow small">${texts.turnPhone}</p>`
          : nothing
      }
      ${stepList(texts.boletoSteps)}
      <button part="print-button" class="secondary" type="button" @click=${handlePrint}>${texts.print}</button>`;
  },
};
