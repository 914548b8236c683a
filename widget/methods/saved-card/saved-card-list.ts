/** The payer’s stored cards as native radios, each with a way to remove it; “another card” is the last one. */
import { html, nothing, type TemplateResult } from 'lit';
import type { SavedCard } from '../../../server/contract/checkout.ts';
import { methodPicture, type ViewContext } from '../../views/view.ts';
import { brandName, cardName, lastMonth } from './saved-card.ts';

/** In the place of a card’s id: no card has an empty one. */
export const anotherCard = '';

/** `asked`: whether it is meant; `sent`: the proxy was told. */
export type RemovalStage = 'asked' | 'sent';

export interface SavedCardListState {
  readonly cards: readonly SavedCard[];
  /** A card’s id, or `anotherCard`. */
  readonly chosen: string;
  readonly removal: { readonly id: string; readonly stage: RemovalStage } | null;
  readonly onChoose: (id: string) => void;
  readonly onAsk: (id: string) => void;
  readonly onKeep: (id: string) => void;
  readonly onRemove: (id: string) => void;
}

export function savedCardList(state: SavedCardListState, context: ViewContext): TemplateResult {
  const { texts } = context;
  return html`<fieldset part="saved-cards">
    <legend class="label">${texts.savedCards}</legend>
    <div class="methods">
      ${state.cards.map(card => cardRow(card, state, context))}
      <div part="saved-card" class="saved"><label part="other-card" class="pick">${radio(anotherCard, state)}${methodPicture('CREDITCARD', context)}<span
        class="name">${texts.otherCard}</span></label></div>
    </div>
  </fieldset>`;
}

function radio(id: string, { chosen, onChoose }: SavedCardListState): TemplateResult {
  return html`<input part="saved-card-radio" type="radio" name="saved_card" value=${id} .checked=${id === chosen}
    @change=${() => onChoose(id)}>`;
}

function cardRow(card: SavedCard, state: SavedCardListState, context: ViewContext): TemplateResult {
  const { texts } = context;
  const { public_card_id: id, brand } = card;
  const { removal, onAsk } = state;
  const name = cardName(card, texts);
  const stage = removal?.id === id ? removal.stage : null;
  return html`<div part="saved-card" class="saved">
    <label part="saved-card-choice" class="pick">${radio(id, state)}${
      context.adornments?.brandFace({ id: brand, name: brandName(brand) }) ?? html`<span class="tile"></span>`
    }<span
      class="words"><span part="saved-card-name" class="name">${name}</span>
      <span part="saved-card-expiry" class="row-hint">${texts.cardExpires(lastMonth(card))}</span></span></label>
    ${
      stage
        ? question(id, name, stage, state, context)
        : html`<button part="remove-card-button" class="link" type="button" aria-label=${texts.removeCardNamed(name)}
            ?disabled=${removal?.stage === 'sent'} @click=${() => onAsk(id)}>${texts.removeCard}</button>`
    }
  </div>`;
}

/** In place of the button. “Keep” stands where that was, so that a second tap changes nothing. */
function question(
  id: string,
  name: string,
  stage: RemovalStage,
  { onKeep, onRemove }: SavedCardListState,
  { texts }: ViewContext,
): TemplateResult {
  const handleKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') onKeep(id);
  };
  const isSent = stage === 'sent';
  return html`<div part="remove-card" class="question" role="group" aria-label=${texts.removeCardNamed(name)} @keydown=${
    isSent ? nothing : handleKey
  }>
    <span>${isSent ? texts.removingCard : texts.removeCardAsk}</span>
    ${
      isSent
        ? nothing
        : html`<button part="confirm-removal-button" class="link danger" type="button" @click=${() => onRemove(id)}>${texts.removeCard}</button>
          <button part="keep-card-button" class="link" type="button" @click=${() => onKeep(id)}>${texts.keepCard}</button>`
    }
  </div>`;
}
