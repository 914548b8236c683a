/** The field for the number of payments: a native select. */
import { html, type TemplateResult } from 'lit';
import { field } from '../../fields/field.ts';

export interface InstallmentSelectParts {
  readonly label: string;
  readonly options: readonly { readonly count: number; readonly words: string }[];
  readonly chosen: number;
  readonly error: string | null;
  /** The count as text, as a select holds it. */
  readonly onChoose: (count: string) => void;
}

export function installmentSelect({
  label,
  options,
  chosen,
  error,
  onChoose,
}: InstallmentSelectParts): TemplateResult {
  const handleChange = (event: Event) => onChoose((event.currentTarget as HTMLSelectElement).value);
  return field({
    id: 'card_installments',
    label,
    // A narrow select cuts its text: what the choice costs must be readable in full.
    hint: (chosen > 1 && options.find(({ count }) => count === chosen)?.words) || null,
    error,
    control: describedBy => html`<span class="control">
      <select part="select" id="card_installments" name="card_installments" aria-describedby=${describedBy} aria-invalid=${error !== null}
        @change=${handleChange}>${options.map(
          ({ count, words }) => html`<option value=${count} ?selected=${count === chosen}>${words}</option>`,
        )}</select></span>`,
  });
}
