/** A link to a page of the PSP, for whoever comes back from there, and in frames, which that page must not be in. */
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
      <a part="redirect-link" class="primary" href=${url} target="_top" rel="noreferrer">${label || texts.redirectGo}</a>`;
  },
};
