/**
 * The screen on which the shopper chooses a method and fills its form.
 *
 * Owns: which method is open, the forms and what they hold, what is wrong with them. Does not own: what a method’s form
 * is made of (`methods/`), what happens to a submission (`checkout-controller.ts`).
 */
import type { CSSResult, TemplateResult } from 'lit';
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import type { AuthenticateCard } from '../checkout/card-authentication.ts';
import type { CheckoutController } from '../checkout/checkout-controller.ts';
import { failureWith } from '../checkout/failure.ts';
import type { CheckoutState, Failure, StateName } from '../checkout/state.ts';
import { LetpayMethodChangeEvent, LetpaySubmitEvent } from '../events.ts';
import { CardForm } from '../methods/card/card-form.ts';
import type { Cleared } from '../methods/cleared.ts';
import type { FormHost, MethodForm } from '../methods/method.ts';
import { methodsToShow, registry } from '../methods/registry.ts';
import { methodList } from './method-list.ts';
import type { ScreenHost, ViewContext } from './view.ts';

/** Where what was entered about a card cannot be needed again. */
const withoutCard: readonly StateName[] = ['idle', 'loading', 'waiting', 'pending', 'paid', 'ended'];

/** What the element’s owner set on it. */
type FormScreenHost = ScreenHost & {
  readonly methods: string | null;
  readonly authenticateCard: AuthenticateCard | null;
};

export class FormScreen {
  /** True while the card form, and the screen with it, waits for what it needs of stored cards; null before it needs it. */
  isLoading: boolean | null = null;
  /** What is left of the wait that the proxy asked for when it refused what was sent last: `12 s`, or nothing. */
  wait: () => string = () => '';
  readonly #host: FormScreenHost;
  readonly #checkout: CheckoutController;
  readonly #addStyles: (sheet: CSSResult) => void;
  readonly #forms = new Map<Method, MethodForm>();
  readonly #formHost: FormHost = {
    requestUpdate: () => this.#host.requestUpdate(),
    now: () => new Date(this.#checkout.now),
  };
  #chosen: Method | null = null;
  /** Whose submission left last. */
  #sent: MethodForm | null = null;
  /** The shopper tried to submit while fields were wrong. */
  #stopped = false;
  /** What a form needs could not be loaded. */
  #formFailure: Failure | null = null;

  constructor(host: FormScreenHost, checkout: CheckoutController, addStyles: (sheet: CSSResult) => void) {
    this.#host = host;
    this.#checkout = checkout;
    this.#addStyles = addStyles;
  }

  /** False after a reload. */
  get sentStoredCard(): boolean {
    return this.#sent?.sentStoredCard ?? false;
  }

  shownMethods({ methods }: Checkout): readonly Method[] {
    // LetPay takes no debit card without 3-D Secure (`00.04.0008`).
    const possible = methods.filter(method => method !== 'DEBITCARD' || this.#host.authenticateCard);
    return methodsToShow(possible, this.#host.methods);
  }

  /** False when nothing was sent: not now, not valid, or a listener said no. */
  submit(): boolean {
    const { state } = this.#checkout;
    const method = state.name === 'choosing' && !this.isLoading && this.openMethod(state.checkout);
    if (!method) return false;
    const form = this.form(method);
    if (this.#waitOf(form)) return false;
    if (!form.isReady) {
      void this.#submitWhenReady(form);
      return false;
    }
    this.#stopped = !form.validate(this.#formHost.now());
    if (this.#stopped) {
      this.#focusWrong(form);
      return false;
    }
    if (!this.#host.dispatchEvent(new LetpaySubmitEvent(method, form.installments))) return false;
    this.#sent = form;
    return this.#checkout.submit(form.toRequest());
  }

  choose(method: Method): void {
    this.#chosen = method;
    this.#stopped = false;
    this.#host.requestUpdate();
    this.#host.dispatchEvent(new LetpayMethodChangeEvent(method));
  }

  /** Card data leaves the page as soon as it cannot be needed again. */
  clearCard(what: Cleared): void {
    for (const form of this.#forms.values()) form.clear(what);
  }

  /** After every change of state. */
  changed(state: CheckoutState): void {
    this.#stopped = false;
    if (withoutCard.includes(state.name)) this.clearCard('all');
    if (state.name === 'declined') this.clearCard('secret');
    if (state.name !== 'choosing') return;
    void this.#loadStoredCards(state.checkout);
    this.#chosen = state.method ?? this.#chosen;
    if (!state.failure || !state.method) return;
    const form = this.form(state.method);
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
    if (this.isLoading) return context.pause;
    const open = this.openMethod(checkout);
    if (!open) return null;
    const methods = this.shownMethods(checkout);
    const form = this.form(open);
    const busy = state.name === 'submitting';
    const failure = busy ? null : (state.failure ?? this.#formFailure);
    const wait = this.#waitOf(form);
    return methodList(
      checkout,
      { methods, open, form, failure, stopped: this.#stopped, busy, wait },
      context,
    );
  }

  /** Another method can be tried at once. */
  #waitOf(form: MethodForm): string {
    return form === this.#sent ? this.wait() : '';
  }

  form(method: Method): MethodForm {
    const form = this.#forms.get(method) ?? registry[method].createForm(this.#formHost);
    this.#forms.set(method, form);
    return form;
  }

  /** A file of its own, loaded beside that of the words: most orders have nothing to do with stored cards. */
  async #loadStoredCards({ can, saved_cards: cards }: Checkout): Promise<void> {
    if (this.isLoading !== null || !(can.save_card || cards.length > 0)) return;
    this.isLoading = true;
    try {
      const { StoredCardForm, storedCardStyles } = await import('../methods/saved-card/stored-card-form.ts');
      this.#addStyles(storedCardStyles);
      const newCard = new CardForm(this.#formHost);
      this.#forms.set('CREDITCARD', new StoredCardForm(newCard, this.#host, this.#checkout));
      this.isLoading = false;
    } catch {
      // A card can still be typed in; the next attempt tries again.
      this.isLoading = null;
    }
    this.#host.requestUpdate();
  }

  openMethod(checkout: Checkout): Method | null {
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
