/**
 * What a payment method is. A new one is a folder with these parts and one line in `registry.ts`.
 *
 * A method has a form (card: fields; others: one sentence) and, when the shopper pays elsewhere, an instrument view. The
 * view and its drawing are loaded when the method is chosen, so that the first screen does not wait for them.
 */
import type { TemplateResult } from 'lit';
import type { Checkout, Instrument, Method } from '../../server/contract/checkout.ts';
import type { Submission } from '../../server/contract/submission.ts';
import type { Failure } from '../checkout/state.ts';
import type { CardField } from '../i18n/texts.ts';
import type { CopyController } from '../views/copy-controller.ts';
import type { OutcomeContext, ViewContext } from '../views/view.ts';

/** The entries and the template of one method’s form, for as long as the element lives. */
export interface MethodForm {
  /** What stands between the method’s row and the pay button. */
  readonly render: (checkout: Checkout, context: ViewContext) => TemplateResult;
  /** False until `prepare` is done: what was entered cannot be checked yet. */
  readonly isReady: boolean;
  /** Loads what checking needs. False when it cannot be had; a later call tries again. */
  readonly prepare: () => Promise<boolean>;
  /** Marks what is wrong. True when the form can be sent. */
  readonly validate: (now: Date) => boolean;
  /** The fields that are marked, in the order on screen. */
  readonly wrong: readonly CardField[];
  /** The body to send. Called only after `validate` said true. */
  readonly toRequest: () => Submission;
  /** Names the amount. */
  readonly payLabel: (checkout: Checkout, context: ViewContext) => string;
  /** What the shopper pays in all with the present choice, in minor units; null when unknown. */
  readonly total: (checkout: Checkout) => number | null;
  readonly installments: number;
  /** Marks the fields that the proxy or the PSP refused, as far as the form has them. */
  readonly showRefusal: (failure: Failure) => void;
  /** `secret`: the security code only; `all`: every entry. */
  readonly clear: (what: 'secret' | 'all') => void;
  /** “Visa” and “1112” of what was entered last, for the receipt. */
  readonly receipt: { readonly brand: string; readonly last4: string } | null;
}

export interface FormHost {
  readonly requestUpdate: () => void;
  readonly now: () => Date;
}

export type InstrumentDoubt = 'amount_mismatch' | 'code_invalid';

export interface InstrumentView<I extends Instrument> {
  /** What does not fit between the code and the amount beside it; null when all does, or when the code does not say. */
  readonly doubt: (instrument: I, now: Date) => InstrumentDoubt | null;
  readonly render: (
    instrument: I,
    checkout: Checkout,
    context: OutcomeContext,
    copy: CopyController,
  ) => TemplateResult;
}

export interface PaymentMethod {
  readonly id: Method;
  readonly hint: (checkout: Checkout, context: ViewContext) => string;
  readonly createForm: (host: FormHost) => MethodForm;
}
