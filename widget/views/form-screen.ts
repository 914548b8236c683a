/**
 * The screen on which the shopper chooses a method and fills its form.
 *
 * Owns: which method is open, the forms and what they hold, what is wrong with them. Does not own: what a method’s form
 * is made of (`methods/`), what happens to a submission (`checkout-controller.ts`).
 */
import type { TemplateResult } from 'lit';
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import type { CheckoutController } from '../checkout/checkout-controller.ts';
import { failureWith } from '../checkout/failure.ts';
import type { CheckoutState, Failure, StateName } from '../checkout/state.ts';
import { LetpayMethodChangeEvent, LetpaySubmitEvent } from '../events.ts';
import type { MethodForm } from '../methods/method.ts';
import { methodsToShow, registry } from '../methods/registry.ts';
import { methodList } from './method-list.ts';
import type { ScreenHost, ViewContext } from './view.ts';

/** Where what was entered about a card cannot be needed again. */
const withoutCard: readonly StateName[] = ['idle', 'loading', 'waiting', 'pending', 'paid', 'ended'];

export class FormScreen {
  readonly #host: ScreenHost & { readonly methods: string | null };
  readonly #checkout: CheckoutController;
  readonly #forms = new Map<Method, MethodForm>();
  #chosen: Method | null = null;
  /** The shopper tried to submit while fields were wrong. */
  #stopped = false;
  /** What a form needs could not be loaded. */
  #formFailure: Failure | null = null;

  constructor(host: ScreenHost & { readonly methods: string | null }, checkout: CheckoutController) {
    this.#host = host;
    this.#checkout = checkout;
  }

  /** The card that this page sent last; null after a reload. */
  get receipt(): MethodForm['receipt'] {
    return this.#forms.get('CREDITCARD')?.receipt ?? null;
  }

  /** In how many payments the card that this page sent was to be charged; 1 after a reload. */
  get installments(): number {
    return this.#forms.get('CREDITCARD')?.installments ?? 1;
  }

  shownMethods({ methods }: Checkout): readonly Method[] {
    return methodsToShow(methods, this.#host.methods);
  }

  /** False when nothing was sent: not now, not valid, or a listener said no. */
  submit(): boolean {
    const { state } = this.#checkout;
    const method = state.name === 'choosing' && this.#openMethod(state.checkout);
    if (!method) return false;
    const form = this.#form(method);
    if (!form.isReady) {
      void this.#submitWhenReady(form);
      return false;
    }
    this.#stopped = !form.validate(new Date(this.#checkout.now));
    if (this.#stopped) {
      this.#focusWrong(form);
      return false;
    }
    if (!this.#host.dispatchEvent(new LetpaySubmitEvent(method, form.installments))) return false;
    return this.#checkout.submit(form.toRequest());
  }

  choose(method: Method): void {
    this.#chosen = method;
    this.#stopped = false;
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new LetpayMethodChangeEvent(method));
  }

  /** Card data leaves the page as soon as it cannot be needed again. */
  clearCard(what: 'secret' | 'all'): void {
    this.#forms.get('CREDITCARD')?.clear(what);
  }

  /** After every change of state. */
  changed(state: CheckoutState): void {
    this.#stopped = false;
    if (withoutCard.includes(state.name)) this.clearCard('all');
    if (state.name === 'declined') this.clearCard('secret');
    if (state.name !== 'choosing') return;
    this.#chosen = state.method ?? this.#chosen;
    if (!state.failure || !state.method) return;
    const form = this.#form(state.method);
    form.showRefusal(state.failure);
    this.#stopped = form.wrong.length > 0;
    this.#focusWrong(form);
  }

  /** The same form while a submission is under way: nothing moves. Null when there is no method to show. */
  render(
    state: Extract<CheckoutState, { name: 'choosing' | 'submitting' }>,
    context: ViewContext,
  ): TemplateResult | null {
    const { checkout } = state;
    const open = this.#openMethod(checkout);
    if (!open) return null;
    const methods = this.shownMethods(checkout);
    const form = this.#form(open);
    const busy = state.name === 'submitting';
    const failure = busy ? null : (state.failure ?? this.#formFailure);
    return methodList(checkout, { methods, open, form, failure, stopped: this.#stopped, busy }, context);
  }

  #form(method: Method): MethodForm {
    const form =
      this.#forms.get(method) ??
      registry[method].createForm({
        requestUpdate: () => this.#host.requestUpdate(),
        now: () => new Date(this.#checkout.now),
      });
    this.#forms.set(method, form);
    return form;
  }

  #openMethod(checkout: Checkout): Method | null {
    const shown = this.shownMethods(checkout);
    return shown.find(method => method === this.#chosen) ?? shown[0] ?? null;
  }

  async #submitWhenReady(form: MethodForm): Promise<void> {
    const isReady = await form.prepare();
    this.#formFailure = isReady ? null : failureWith('network');
    this.#host.requestUpdate();
    if (isReady) this.submit();
  }

  #focusWrong({ wrong: [first] }: MethodForm): void {
    if (!first) return;
    void this.#host.updateComplete.then(() =>
      this.#host.renderRoot.querySelector<HTMLElement>(`#${first}`)?.focus(),
    );
  }
}
