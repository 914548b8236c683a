/** A Pix code on screen: copied first on a phone, which cannot scan itself; scanned first everywhere else. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PixInstrument } from '../../../server/contract/checkout.ts';
import { qrCode } from '../../drawing/qr-code.ts';
import { formatMoney, toMinor } from '../../i18n/money.ts';
import { codeBlock } from '../../views/code-block.ts';
import { facts, stepList } from '../../views/facts.ts';
import type { InstrumentView } from '../method.ts';
import { readBrCode } from './br-code.ts';

/** A Pix is in reais, whatever the order’s currency. */
const currency = 'BRL';

/** Dark on white with its quiet zone, whatever the theme. A code too long to draw falls back to the PSP’s image. */
function qr({ code, qr_code_png: png }: PixInstrument, label: string): TemplateResult | typeof nothing {
  try {
    const { size, path } = qrCode(code);
    return html`<svg part="qr-code" class="qr" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges" role="img"
      aria-label=${label}><rect width=${size} height=${size} fill="#fff"></rect><path d=${path} fill="#000"></path></svg>`;
  } catch {
    return png
      ? html`<img part="qr-code" class="qr" alt=${label} src="data:image/png;base64,${png}">`
      : nothing;
  }
}

export const pixInstrument: InstrumentView<PixInstrument> = {
  doubt({ code, amount }) {
    const reading = readBrCode(code);
    if (!reading.ok) return 'code_invalid';
    return reading.amount !== null && reading.amount !== toMinor(amount, currency) ? 'amount_mismatch' : null;
  },

  render(instrument, _, context, copy) {
    const { texts, locale, screen } = context;
    const reading = readBrCode(instrument.code);
    const code = codeBlock(
      {
        part: 'pix-code',
        label: texts.pixCode,
        copyLabel: texts.pixCopy,
        shown: instrument.code,
        spoken: false,
        copied: instrument.code,
      },
      copy,
      context,
    );
    const what = facts([
      [texts.amount, formatMoney(toMinor(instrument.amount, currency), currency, locale, 'BR')],
      [texts.receiver, reading.ok ? reading.receiver : null],
    ]);
    const image = qr(instrument, texts.pixQr);
    return screen !== 'wide'
      ? html`${what}${code}${stepList(texts.pixStepsCopy)}
          <details part="qr-details" class="fold" ?open=${screen === 'narrow'}><summary>${texts.showQr}</summary>${image}</details>`
      : html`<div class="beside"><div>${image}</div><div>${what}${stepList(texts.pixStepsScan)}${code}</div></div>`;
  },
};
