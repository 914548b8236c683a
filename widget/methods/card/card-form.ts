/**
 * The card form: template and behaviour around a CardEntry.
 *
 * Errors are said when the shopper leaves a field or submits, never while typing; a said error goes as soon as it is no
 * longer true. Nothing moves the focus from field to field.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../../server/contract/checkout.ts';
import type { FormSubmission } from '../../checkout/card-authentication.ts';
import type { Failure } from '../../checkout/state.ts';
import { field } from '../../fields/field.ts';
import type { CardField, FieldErrorCode } from '../../i18n/texts.ts';
import { amountOwed, money, moneyOwed, type ViewContext, withoutLooseEnd } from '../../views/view.ts';
import type { Cleared } from '../cleared.ts';
import type { FormHost, MethodForm } from '../method.ts';
import { type CardEntry, cardFields, emptyEntry, type TypedField } from './card-entry.ts';
import type { InstallmentOffer } from './installments.ts';

type CardRules = typeof import('./card-rules.ts');
type FieldInput = HTMLInputElement & { readonly name: TypedField };

export class CardForm implements MethodForm {
  readonly sentStoredCard = false;
  readonly #host: FormHost;
  readonly #isDebit: boolean;
  #entry: CardEntry = emptyEntry;
  #errors = new Map<CardField, FieldErrorCode>();
  #rules: CardRules | null = null;
  #masks: ReturnType<CardRules['createMasks']> | null = null;

  constructor(host: FormHost, isDebit = false) {
    this.#host = host;
    this.#isDebit = isDebit;
    void this.prepare();
  }

  get isReady(): boolean {
    return this.#rules !== null;
  }

  async prepare(): Promise<boolean> {
    if (this.#rules) return true;
    try {
      const rules = await import('./card-rules.ts');
      this.#rules = rules;
      this.#masks = rules.createMasks(
        () => this.#entry,
        (name, text) => this.#set(name, text),
      );
      // Quick fingers and autofill may have been first.
      this.#entry = rules.formatEntry(this.#entry);
      this.#host.requestUpdate();
    } catch {
      return false;
    }
    return true;
  }

  get installments(): number {
    return Number(this.#entry.card_installments);
  }

  get wrong(): readonly CardField[] {
    return cardFields.filter(name => this.#errors.has(name));
  }

  validate(now: Date): boolean {
    this.#errors = this.#rules?.fieldErrorsOf(this.#entry, now) ?? new Map();
    this.#host.requestUpdate();
    return this.#errors.size === 0;
  }

  toRequest(): FormSubmission {
    const submission = this.#rules?.cardSubmission(this.#entry, this.#host.now(), this.#isDebit);
    if (!submission) throw new Error('invalid');
    return submission;
  }

  payLabel(checkout: Checkout, context: ViewContext): string {
    const plan = this.#chosenPlan(checkout);
    return plan
      ? context.texts.payInInstallments(plan.installments, money(plan.amount, checkout, context))
      : withoutLooseEnd(context.texts.pay(moneyOwed(checkout, context)));
  }

  total(checkout: Checkout): number | null {
    return this.#chosenPlan(checkout)?.total ?? amountOwed(checkout);
  }

  showRefusal({ fields }: Failure): void {
    this.#errors = this.#rules?.refusedFields(fields) ?? new Map();
    this.#host.requestUpdate();
  }

  clear(what: Cleared): void {
    this.#entry = what === 'secret' ? { ...this.#entry, card_cvv: '' } : emptyEntry;
    this.#errors = new Map();
    for (const mask of Object.values(this.#masks ?? {})) mask.forget();
    this.#host.requestUpdate();
  }

  render(checkout: Checkout, context: ViewContext): TemplateResult {
    const { texts } = context;
    return html`<div part="card-fields" class="fields">
      ${this.#input('card_number', 'cc-number', null, context, this.#rules?.tileOf(this.#entry, context.locale))}
      ${this.#input('card_expiry', 'cc-exp', null, context)}
      ${this.#input('card_cvv', 'cc-csc', texts.cvvHint(this.#codeLength), context)}
      ${this.#input('card_holder', 'cc-name', null, context)}
      ${this.renderInstallments(checkout, context)}
    </div>`;
  }

  get #codeLength(): 3 | 4 {
    return this.#rules?.codeLengthOf(this.#entry) ?? 3;
  }

  #errorOf(name: CardField): FieldErrorCode | null {
    return this.#rules?.fieldErrorOf(this.#entry, name, this.#host.now()) ?? null;
  }

  readonly #edit = (event: Event): void => {
    const { name, value } = event.currentTarget as FieldInput;
    if (this.#masks) this.#masks[name].handleEvent(event);
    else if (event.type !== 'beforeinput') this.#set(name, value);
  };

  #set(name: CardField, text: string): void {
    this.#entry = { ...this.#entry, [name]: text };
    if (this.#errors.has(name) && !this.#errorOf(name)) this.#setError(name, null);
    this.#host.requestUpdate();
  }

  #setError(name: CardField, code: FieldErrorCode | null): void {
    if (code) this.#errors.set(name, code);
    else this.#errors.delete(name);
    this.#host.requestUpdate();
  }

  /**
   * A field that was only passed through is not scolded for being empty; submitting does that. What was right before may be
   * wrong now: a code of four digits, once the number is a Visa’s.
   */
  readonly #leave = (): void => {
    for (const name of cardFields) {
      const code = this.#entry[name] && this.#errorOf(name);
      if (code) this.#setError(name, code);
    }
    // What others rewrote meanwhile is drawn anew once nobody types.
    this.#host.requestUpdate();
  };

  #input(
    name: TypedField,
    autocomplete: AutoFill,
    hint: string | null,
    { texts }: ViewContext,
    aside: unknown = nothing,
  ): TemplateResult {
    const code = this.#errors.get(name);
    return field({
      id: name,
      label: texts.fieldLabel[name],
      hint,
      error: code ? texts.fieldError(name, code, this.#codeLength) : null,
      control: describedBy => html`<span class="control">
        <input part="input" id=${name} name=${name} .value=${this.#entry[name]} autocomplete=${autocomplete}
          inputmode=${name === 'card_holder' ? 'text' : 'numeric'} required spellcheck="false"
          autocapitalize="characters" aria-invalid=${code !== undefined}
          aria-describedby=${describedBy} @beforeinput=${this.#edit} @input=${this.#edit} @change=${this.#edit} @compositionend=${this.#edit}
          @blur=${this.#leave}>${aside}</span>`,
    });
  }

  /** Undefined for one payment, and before the rules are there. */
  #chosenPlan(checkout: Checkout): InstallmentOffer | undefined {
    return this.#rules?.chosenPlan(checkout, this.installments);
  }

  /** Nothing where there is nothing to choose. Before the rules are there it says one payment, as it will then. */
  renderInstallments(checkout: Checkout, context: ViewContext): TemplateResult | typeof nothing {
    if (this.#isDebit || !checkout.installments.some(({ installments }) => installments > 1)) return nothing;
    const { texts } = context;
    const id = 'card_installments';
    return field({
      id,
      label: texts.fieldLabel[id],
      ...(this.#rules?.installmentSelect(
        {
          chosen: this.installments,
          refused: this.#errors.get(id),
          onChoose: count => this.#set(id, count),
        },
        checkout,
        context,
      ) ?? {
        control: () =>
          html`<span class="control"><select part="select" id=${id}><option>${texts.inFull(moneyOwed(checkout, context))}</option></select></span>`,
      }),
    });
  }
}
