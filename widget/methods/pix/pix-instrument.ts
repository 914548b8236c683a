/** A Pix code on screen: copied first on a phone, which cannot scan itself; scanned first everywhere else. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PixInstrument } from '../../../server/contract/checkout.ts';
import { qrCode } from '../../drawing/qr-code.ts';
import { formatMoney, toMinor } from '../../i18n/money.ts';
import type { Texts } from '../../i18n/texts.ts';
import { codeBlock } from '../../views/code-block.ts';
import { countdown } from '../../views/countdown.ts';
import { facts, stepList } from '../../views/facts.ts';
import { amountOwed } from '../../views/view.ts';
import type { InstrumentView } from '../method.ts';
import { readBrCode } from './br-code.ts';

/** A Pix is in reais, whatever the order’s currency; 986 is their number in ISO 4217. */
const currency = 'BRL';
const currencyNumber = '986';

/** Dark on white with its quiet zone, whatever the theme. A code too long to draw falls back to the PSP’s image. */
function qr({ code, qr_code_png: png }: PixInstrument, label: string): TemplateResult | typeof nothing {
  try {
    const { size, path } = qrCode(code);
    return html`<svg part="qr-code" class="qr" viewBox="0 0 ${size} ${size}" role="img"
      aria-label=${label}><rect width=${size} height=${size} fill="#fff"></rect><path d=${path} fill="#000"></path></svg>`;
  } catch {
    return png
      ? html`<img part="qr-code" class="qr" alt=${label} src="data:image/png;base64,${png}">`
      : nothing;
  }
}

/** For a code that was made on one device and is paid on another. The text is the code and nothing else, ready to paste. */
function shareButton(code: string, texts: Texts): TemplateResult | typeof nothing {
  if (!('share' in navigator)) return nothing;
  // Closing the sheet rejects too: there is nothing to say, and the copy button is still there.
  const handleClick = () => void navigator.share({ text: code }).catch(() => undefined);
  return html`<button part="share-button" class="quiet" type="button" @click=${handleClick}>${texts.share}</button>`;
}

export const pixInstrument: InstrumentView<PixInstrument> = {
  doubt({ code, amount }, checkout) {
    const reading = readBrCode(code);
    if (!reading.ok) return 'code_invalid';
    if (reading.currency !== null && reading.currency !== currencyNumber) return 'currency_mismatch';
    // A dynamic code may leave the amount to the PSP: then there is nothing to compare.
    if (reading.amount === null) return null;
    const owed = checkout.totals?.asset === currency ? amountOwed(checkout) : null;
    const fits = [toMinor(amount, currency), owed ?? reading.amount].every(sum => sum === reading.amount);
    return fits ? null : 'amount_mismatch';
  },

  render(instrument, _, context, copy) {
    const { texts, locale, screen } = context;
    const reading = readBrCode(instrument.code);
    const receiver = reading.ok ? reading.receiver : '';
    const code = html`${codeBlock(
      {
        part: 'pix-code',
        label: texts.pixCode,
        copyLabel: texts.pixCopy,
        shown: [instrument.code],
        spoken: false,
        copied: instrument.code,
      },
      copy,
      context,
    )}${shareButton(instrument.code, texts)}`;
    const what = facts([
      [texts.amount, formatMoney(toMinor(instrument.amount, currency), currency, locale, 'BR')],
      [texts.receiver, receiver],
    ]);
    const check = receiver
      ? html`<p part="receiver-check" class="small">${texts.checkReceiver(receiver)}</p>`
      : nothing;
    const image = qr(instrument, texts.pixQr);
    const clock = countdown(instrument, context);
    return screen !== 'wide'
      ? html`${what}${code}${clock}${stepList(texts.pixStepsCopy)}${check}
          <details part="qr-details" class="fold" ?open=${screen === 'narrow'}><summary>${texts.showQr}</summary>${image}</details>`
      : html`<div class="beside"><div>${image}${clock}</div><div>${what}${stepList(texts.pixStepsScan)}${check}${code}</div></div>`;
  },
};
