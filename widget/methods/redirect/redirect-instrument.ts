/** A link to a page of the PSP. The shopper follows it; nothing opens by itself. */
import { html } from 'lit';
import type { RedirectInstrument } from '../../../server/contract/checkout.ts';
import { facts } from '../../views/facts.ts';
import { moneyOwed } from '../../views/view.ts';
import type { InstrumentView } from '../method.ts';

export const redirectInstrument: InstrumentView<RedirectInstrument> = {
  doubt: () => null,

  render({ url, label }, checkout, context) {
    const { texts } = context;
    return html`${facts([[texts.amount, moneyOwed(checkout, context)]])}
      <p>${texts.methodIntro.REDIRECT}</p>
      <a part="redirect-link" class="primary" href=${url} rel="noreferrer">${label || texts.redirectGo}</a>`;
  },
};
