/**
 * The card form: template and behaviour around a CardEntry.
 *
 * Errors are said when the shopper leaves a field or submits, never while typing; a said error goes as soon as it is no
 * longer true. Nothing moves the focus from field to field.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../../../server/contract/checkout.ts';
import type { Submission } from '../../../server/contract/submission.ts';
import type { Failure } from '../../checkout/state.ts';
import { field } from '../../fields/field.ts';
import type { CardField, FieldErrorCode } from '../../i18n/texts.ts';
import { amountOwed, money, moneyOwed, type ViewContext, withoutLooseEnd } from '../../views/view.ts';
import type { FormHost, MethodForm } from '../method.ts';
import { type CardEntry, cardFields, emptyEntry, type TypedField } from './card-entry.ts';
import { installmentSelect } from './installment-select.ts';
import type { InstallmentOffer } from './installments.ts';

type CardRules = typeof import('./card-rules.ts');

export class CardForm implements MethodForm {
  receipt: MethodForm['receipt'] = null;
  readonly #host: FormHost;
  #entry: CardEntry = emptyEntry;
  #errors = new Map<CardField, FieldErrorCode>();
  #rules: CardRules | null = null;
  #masks: ReturnType<CardRules['createMasks']> | null = null;

  constructor(host: FormHost) {
    this.#host = host;
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

  toRequest(): Submission {
    const request = this.#rules?.cardRequest(this.#entry, this.#host.now());
    if (!request) throw new Error('the card form is not valid');
    this.receipt = request.receipt;
    return request.submission;
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

  clear(what: 'secret' | 'all'): void {
    this.#entry = what === 'all' ? emptyEntry : { ...this.#entry, card_cvv: '' };
    this.#errors = new Map();
    for (const mask of Object.values(this.#masks ?? {})) mask.forget();
    this.#host.requestUpdate();
  }

  render(checkout: Checkout, context: ViewContext): TemplateResult {
    const { texts } = context;
    const brand = this.#rules?.brandOf(this.#entry) ?? null;
    const cvvLength = brand?.codeLength ?? 3;
    return html`<div part="card-fields" class="fields">
      ${this.#input('card_number', 'cc-number', null, context, this.#rules?.brandTile(brand))}
      ${this.#input('card_expiry', 'cc-exp', null, context)}
      ${this.#input('card_cvv', 'cc-csc', texts.cvvHint(cvvLength), context)}
      ${this.#input('card_holder', 'cc-name', null, context)}
      ${this.#installmentSelect(checkout, context)}
    </div>`;
  }

  #errorOf(name: CardField): FieldErrorCode | null {
    return this.#rules?.fieldErrorOf(this.#entry, name, this.#host.now()) ?? null;
  }

  readonly #edit = (event: Event): void => {
    const { name, value } = event.currentTarget as HTMLInputElement;
    const edited = name as TypedField;
    if (this.#masks) this.#masks[edited].handleEvent(event);
    else if (event.type !== 'beforeinput') this.#set(edited, value);
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

  /** A field that was only passed through is not scolded for being empty; submitting does that. */
  readonly #leave = (event: FocusEvent): void => {
    const { name, value } = event.currentTarget as HTMLInputElement;
    const left = name as TypedField;
    if (value) this.#setError(left, this.#errorOf(left));
  };

  #input(
    name: TypedField,
    autocomplete: AutoFill,
    hint: string | null,
    { texts }: ViewContext,
    aside: unknown = nothing,
  ): TemplateResult {
    const code = this.#errors.get(name);
    const numeric = name !== 'card_holder';
    return field({
      id: name,
      label: texts.fieldLabel[name],
      hint,
      error: code ? texts.fieldError(name, code, this.#rules?.brandOf(this.#entry)?.codeLength ?? 3) : null,
      control: describedBy => html`<span class="control">
        <input part="input" id=${name} name=${name} .value=${this.#entry[name]} autocomplete=${autocomplete}
          inputmode=${numeric ? 'numeric' : 'text'} required spellcheck="false"
          autocapitalize=${numeric ? 'off' : 'characters'} aria-invalid=${code !== undefined}
          aria-describedby=${describedBy} @beforeinput=${this.#edit} @input=${this.#edit} @change=${this.#edit} @compositionend=${this.#edit}
          @blur=${this.#leave}>${aside}</span>`,
    });
  }

  /** Undefined for one payment, and before the rules are there. */
  #chosenPlan(checkout: Checkout): InstallmentOffer | undefined {
    return this.#rules
      ?.offersOf(checkout)
      .find(({ installments }) => installments > 1 && installments === this.installments);
  }

  /** Nothing where there is nothing to choose. Before the rules are there it holds one payment, at its later place. */
  #installmentSelect(checkout: Checkout, context: ViewContext): TemplateResult | typeof nothing {
    if (!checkout.installments.some(({ installments }) => installments > 1)) return nothing;
    const { texts } = context;
    const rules = this.#rules;
    const name = 'card_installments';
    const refused = this.#errors.get(name);
    return installmentSelect({
      label: texts.fieldLabel[name],
      options: rules
        ? rules
            .offersOf(checkout)
            .map(offer => ({ count: offer.installments, words: rules.offerWords(offer, checkout, context) }))
        : [{ count: 1, words: texts.pay(moneyOwed(checkout, context)) }],
      chosen: this.installments,
      error: refused ? texts.fieldError(name, refused, 0) : null,
      onChoose: count => this.#set(name, count),
    });
  }
}
