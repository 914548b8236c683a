/** The control for the number of payments: a native select. */
import { html } from 'lit';
import type { Checkout } from '../../../server/contract/checkout.ts';
import type { FieldParts } from '../../fields/field.ts';
import type { FieldErrorCode } from '../../i18n/texts.ts';
import type { ViewContext } from '../../views/view.ts';
import { offersOf, offerWords } from './installment-offers.ts';

export interface InstallmentSelectParts {
  readonly chosen: number;
  readonly refused: FieldErrorCode | undefined;
  /** The count as text, as a select holds it. */
  readonly onChoose: (count: string) => void;
}

/** Letters that a select of 300 px holds. */
const selectWidth = 28;

/**
 * “2x de R$ 64,51 · total R$ 129,02 · com juros 2,99% a.m.” in two: what the closed select says, and what stands beneath it,
 * so that no width cuts an amount. The second is null where the first says all, and has all where the first is too long.
 */
export function inTwo(words: string): readonly [payments: string, beneath: string | null] {
  const [payments = '', ...cost] = words.split(' · ');
  return [payments, payments.length > selectWidth ? words : cost.join(' · ') || null];
}

/** As the brand’s picture stands in its field: the native arrow hugs the border, and no style moves it. */
const arrow = html`<svg class="tile" viewBox="0 0 38 24" aria-hidden="true"><path d="m24 10 5 5 5-5" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"></path></svg>`;

export function installmentSelect(
  { chosen, refused, onChoose }: InstallmentSelectParts,
  checkout: Checkout,
  context: ViewContext,
): Pick<FieldParts, 'hint' | 'error' | 'control'> {
  const handleChange = (event: Event) => onChoose((event.currentTarget as HTMLSelectElement).value);
  const options = offersOf(checkout).map(offer => ({
    count: offer.installments,
    words: offerWords(offer, checkout, context),
    interestFree: offer.interestFree,
  }));
  const selected = options.find(({ count }) => count === chosen);
  const [payments, beneath] = inTwo(selected?.words ?? '');
  const isShort = chosen > 1;
  // No amount rather than the half of one: it stands beneath.
  const closed =
    payments.length > selectWidth && selected?.interestFree ? context.texts.interestFree(chosen) : payments;
  return {
    hint: isShort ? beneath : null,
    error: refused ? context.texts.fieldError('card_installments', refused, 0) : null,
    control: describedBy => html`<span class="control">
      <select part="select" id="card_installments" name="card_installments" aria-describedby=${describedBy} aria-invalid=${refused !== undefined}
        @change=${handleChange}>${options.map(
          ({ count, words }) =>
            html`<option value=${count} ?selected=${count === chosen}>${isShort && count === chosen ? closed : words}</option>`,
        )}</select>${arrow}</span>`,
  };
}
