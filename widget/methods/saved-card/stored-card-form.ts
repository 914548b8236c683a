/**
 * The card form of an order that knows of stored cards: those of the payer come first, “another card” opens the fields;
 * and where the merchant offers it, a box under the fields stores the card. Loaded where one of the two is needed.
 *
 * Owns: which card is chosen, the tick, the removal of a card. Does not own: the fields and the installments (`CardForm`).
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout, SavedCard } from '../../../server/contract/checkout.ts';
import type { FormSubmission } from '../../checkout/card-authentication.ts';
import type { CheckoutController } from '../../checkout/checkout-controller.ts';
import { failureWith } from '../../checkout/failure.ts';
import type { Failure } from '../../checkout/state.ts';
import type { CardField } from '../../i18n/texts.ts';
import type { ScreenHost, ViewContext } from '../../views/view.ts';
import type { CardForm } from '../card/card-form.ts';
import type { Cleared } from '../cleared.ts';
import type { MethodForm } from '../method.ts';
import { anotherCard, type RemovalStage, savedCardList } from './saved-card-list.ts';

export { storedCardStyles } from './stored-cards.styles.ts';

/** How the last removal ended; null before one. */
type RemovalNote = 'cardRemoved' | 'cardNotRemoved' | null;

export class StoredCardForm implements MethodForm {
  sentStoredCard = false;
  readonly #host: ScreenHost;
  readonly #checkout: Pick<CheckoutController, 'change' | 'refresh'>;
  readonly #newCard: CardForm;
  /** Those on screen. */
  #cards: readonly SavedCard[] = [];
  /** An id, or `anotherCard`; null before a choice: the first one. */
  #chosen: string | null = null;
  #storesCard = false;
  #removal: { readonly id: string; readonly stage: RemovalStage } | null = null;
  #note: RemovalNote = null;

  constructor(newCard: CardForm, host: ScreenHost, checkout: Pick<CheckoutController, 'change' | 'refresh'>) {
    this.#newCard = newCard;
    this.#host = host;
    this.#checkout = checkout;
  }

  /** Null for another card. A card that was chosen and is gone leaves the choice to the first one. */
  get #card(): SavedCard | null {
    if (this.#chosen === anotherCard) return null;
    return this.#cards.find(({ public_card_id: id }) => id === this.#chosen) ?? this.#cards[0] ?? null;
  }

  get isReady(): boolean {
    return this.#card !== null || this.#newCard.isReady;
  }

  prepare(): Promise<boolean> {
    return this.#newCard.prepare();
  }

  get installments(): number {
    return this.#newCard.installments;
  }

  get wrong(): readonly CardField[] {
    const { wrong } = this.#newCard;
    return this.#card ? wrong.filter(name => name === 'card_installments') : wrong;
  }

  /** False while a card is being removed: whether it can be charged is being decided elsewhere. */
  validate(now: Date): boolean {
    if (this.#removal?.stage === 'sent') return false;
    if (!this.#card) return this.#newCard.validate(now);
    this.#newCard.showRefusal(failureWith(''));
    return true;
  }

  toRequest(): FormSubmission {
    const card = this.#card;
    if (card) {
      this.sentStoredCard = true;
      const { public_card_id } = card;
      return { method: 'CREDITCARD', public_card_id, card_installments: this.installments };
    }
    const submission = this.#newCard.toRequest();
    this.sentStoredCard = false;
    return this.#storesCard && 'card_number' in submission && submission.method === 'CREDITCARD'
      ? { ...submission, save_card: true }
      : submission;
  }

  payLabel(checkout: Checkout, context: ViewContext): string {
    return this.#newCard.payLabel(checkout, context);
  }

  total(checkout: Checkout): number | null {
    return this.#newCard.total(checkout);
  }

  showRefusal(failure: Failure): void {
    this.#newCard.showRefusal(failure);
    // Not the next stored card: whoever presses again would pay with one that they did not choose.
    if (failure.code === 'card_gone') this.#choose(anotherCard);
  }

  clear(what: Cleared): void {
    this.#newCard.clear(what);
    if (what === 'secret') return;
    this.#storesCard = false;
    this.#removal = null;
    this.#note = null;
    if (what === 'other-card') this.#chosen = anotherCard;
    else if (this.#chosen === anotherCard) this.#chosen = null;
  }

  render(checkout: Checkout, context: ViewContext): TemplateResult {
    const { texts } = context;
    this.#cards = checkout.saved_cards;
    const card = this.#card;
    return html`<div class="stored">
      ${
        this.#cards.length > 0
          ? savedCardList(
              {
                cards: this.#cards,
                chosen: card?.public_card_id ?? anotherCard,
                removal: this.#removal,
                onChoose: id => this.#choose(id),
                onAsk: id => this.#ask(id),
                onKeep: id => this.#keep(id),
                onRemove: id => void this.#remove(id),
              },
              context,
            )
          : nothing
      }
      <p part="saved-card-note" class=${this.#note === 'cardNotRemoved' ? 'error' : 'hint'} role="status">${this.#note && texts[this.#note]}</p>
      ${
        card
          ? html`<div part="card-fields" class="fields">${this.#newCard.renderInstallments(checkout, context)}</div>`
          : html`${this.#newCard.render(checkout, context)}${checkout.can.save_card ? this.#storeBox(context) : nothing}`
      }
    </div>`;
  }

  #storeBox({ texts }: ViewContext): TemplateResult {
    const handleChange = (event: Event) => {
      this.#storesCard = (event.currentTarget as HTMLInputElement).checked;
      this.#host.requestUpdate();
    };
    return html`<div part="save-card" class="store">
      <label class="tick"><input part="save-card-box" type="checkbox" name="save_card" .checked=${this.#storesCard}
        aria-describedby="save-card-hint" @change=${handleChange}><span>${texts.saveCard}</span></label>
      <p part="hint" class="hint" id="save-card-hint">${texts.saveCardHint}</p>
    </div>`;
  }

  #choose(id: string): void {
    this.#chosen = id;
    this.#host.requestUpdate();
  }

  #ask(id: string): void {
    this.#note = null;
    this.#removal = { id, stage: 'asked' };
    this.#focus('keep-card-button');
  }

  #keep(id: string): void {
    this.#removal = null;
    this.#focusRemoval(id);
  }

  async #remove(id: string): Promise<void> {
    this.#removal = { id, stage: 'sent' };
    this.#host.requestUpdate();
    try {
      await this.#checkout.change(`/saved-cards/${encodeURIComponent(id)}`, { method: 'DELETE' });
    } catch {
      // It may be gone all the same: the answer was lost, or another tab was quicker. The list says.
      await this.#checkout.refresh();
    }
    await this.#host.updateComplete;
    // Another checkout was opened meanwhile, or the page was left: nobody waits for the words any more.
    if (this.#removal?.id !== id) return;
    this.#removal = null;
    const isThere = this.#cards.some(card => card.public_card_id === id);
    this.#note = isThere ? 'cardNotRemoved' : 'cardRemoved';
    if (isThere) this.#focusRemoval(id);
    else this.#focus(this.#cards.length > 0 ? 'saved-card-radio' : 'input');
  }

  /** At the card’s own row, once it is drawn. */
  #focusRemoval(id: string): void {
    const at = this.#cards.findIndex(card => card.public_card_id === id);
    this.#focus('remove-card-button', at);
  }

  /** To a part of the next screen: the checked one of radios, else the `at`th. */
  #focus(part: string, at = 0): void {
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      const all = [...this.#host.renderRoot.querySelectorAll<HTMLInputElement>(`[part~="${part}"]`)];
      (all.find(({ checked }) => checked) ?? all[at])?.focus();
    });
  }
}
