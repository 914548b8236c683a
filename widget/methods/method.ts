/**
 * What a payment method is. A new one is a folder with these parts and one line in `registry.ts`.
 *
 * A method has a form (card: fields; others: one sentence) and, when the shopper pays elsewhere, an instrument view. The
 * view and its drawing are loaded when the method is chosen, so that the first screen does not wait for them.
 */
import type { TemplateResult } from 'lit';
import type { Checkout, Instrument, Method } from '../../server/contract/checkout.ts';
import type { FormSubmission } from '../checkout/card-authentication.ts';
import type { Failure } from '../checkout/state.ts';
import type { CardField, Texts } from '../i18n/texts.ts';
import type { CopyController } from '../views/copy-controller.ts';
import type { OutcomeContext, ScreenHost, ViewContext } from '../views/view.ts';
import type { Cleared } from './cleared.ts';
import type { InstrumentDoubt } from './instrument-doubt.ts';

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
  readonly toRequest: () => FormSubmission;
  /** Names the amount. */
  readonly payLabel: (checkout: Checkout, context: ViewContext) => string;
  /** What the shopper pays in all with the present choice, in minor units; null when unknown. */
  readonly total: (checkout: Checkout) => number | null;
  readonly installments: number;
  /** Marks the fields that the proxy or the PSP refused, as far as the form has them. */
  readonly showRefusal: (failure: Failure) => void;
  readonly clear: (what: Cleared) => void;
  /** What was sent last was a stored card: there are no fields to correct. */
  readonly sentStoredCard: boolean;
}

export interface FormHost {
  readonly requestUpdate: () => void;
  readonly now: () => Date;
}

export interface InstrumentView<I extends Instrument> {
  /** What does not fit between the code and what stands beside it; null when all does, or when the code does not say. */
  readonly doubt: (instrument: I, checkout: Checkout, now: Date) => InstrumentDoubt | null;
  /** The last day (`YYYY-MM-DD`) that the instrument or its code names. */
  readonly dueDate?: (instrument: I, now: Date) => string | null;
  /** What has come up beside the instrument, for the live region of the tag. */
  readonly news?: (texts: Texts) => string | null;
  readonly render: (
    instrument: I,
    checkout: Checkout,
    context: OutcomeContext,
    copy: CopyController,
  ) => TemplateResult;
}

/** One view for each element: it may keep what the shopper switched on, and ends it with the host. */
export type CreateInstrumentView<I extends Instrument> = (host: ScreenHost) => InstrumentView<I>;

export interface PaymentMethod {
  readonly id: Method;
  readonly hint: (checkout: Checkout, context: ViewContext) => string;
  readonly createForm: (host: FormHost) => MethodForm;
}
