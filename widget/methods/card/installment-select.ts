/** In how many payments: what each costs, what all cost, and the interest, as Brazilian law wants it (Decreto 5.903/2006). */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../../server/contract/checkout.ts';
import { field } from '../../fields/field.ts';
import { currencyDigits, formatRate } from '../../i18n/format.ts';
import { amountOwed, money, type ViewContext } from '../../views/view.ts';
import { type InstallmentOffer, installmentOffers } from './installments.ts';

const name = 'card_installments';

/** In order of count. One payment is always among them: the table of some PSPs begins at two. */
export function offersOf(checkout: Checkout): readonly InstallmentOffer[] {
  const { installments, totals, currency } = checkout;
  const digits = currencyDigits(totals?.asset || currency);
  const offers = installmentOffers(installments, digits, totals?.customer_amount ?? null);
  const owed = amountOwed(checkout);
  if (owed === null || offers[0]?.installments === 1) return offers;
  const atOnce = { installments: 1, amount: owed, total: owed, interestFree: true, monthlyRate: null };
  return [atOnce, ...offers];
}

function words(offer: InstallmentOffer, checkout: Checkout, context: ViewContext): string {
  const { installments, amount, total, interestFree, monthlyRate } = offer;
  return context.texts.installment({
    installments,
    amount: money(amount, checkout, context),
    total: money(total, checkout, context),
    interestFree,
    rate: monthlyRate === null ? null : formatRate(monthlyRate, context.locale),
  });
}

/** Nothing where there is nothing to choose. */
export function installmentSelect(
  checkout: Checkout,
  chosen: InstallmentOffer | null,
  error: string | null,
  onChoose: (count: string) => void,
  context: ViewContext,
): TemplateResult | typeof nothing {
  const offers = offersOf(checkout);
  if (offers.length < 2) return nothing;
  const handleChange = (event: Event) => onChoose((event.currentTarget as HTMLSelectElement).value);
  return field({
    id: name,
    label: context.texts.fieldLabel[name],
    // A narrow select cuts its text: what the choice costs must be readable in full.
    hint: chosen && chosen.installments > 1 ? words(chosen, checkout, context) : null,
    error,
    control: describedBy => html`<span class="control">
      <select part="select" id=${name} name=${name} aria-describedby=${describedBy} aria-invalid=${error ? 'true' : 'false'}
        @change=${handleChange}>${offers.map(
          offer =>
            html`<option value=${offer.installments} ?selected=${offer.installments === chosen?.installments}>${words(offer, checkout, context)}</option>`,
        )}</select></span>`,
  });
}
