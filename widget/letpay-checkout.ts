import {
  type CSSResult,
  html,
  LitElement,
  nothing,
  supportsAdoptingStyleSheets,
  type TemplateResult,
} from 'lit';
import type { Checkout, Method } from '../server/contract/checkout.ts';
import { CheckoutController } from './checkout/checkout-controller.ts';
import { browserEnvironment, type Environment } from './checkout/environment.ts';
import { failureWith } from './checkout/failure.ts';
import { renewalOf } from './checkout/renewal.ts';
import { type CheckoutState, checkoutOf, type Failure, type StateName } from './checkout/state.ts';
import { timeLeft } from './checkout/time-left.ts';
import type { TraceEntry } from './checkout/trace.ts';
import {
  LetpayCopyEvent,
  LetpayDeclinedEvent,
  LetpayErrorEvent,
  LetpayInstrumentEvent,
  LetpayMethodChangeEvent,
  LetpayPaidEvent,
  LetpayPendingEvent,
  LetpayReadyEvent,
  LetpayStateChangeEvent,
  LetpaySubmitEvent,
  LetpayWarningEvent,
} from './events.ts';
import { formattingLocale } from './i18n/language.ts';
import { LocaleController } from './i18n/locale-controller.ts';
import { styles } from './letpay-checkout.styles.ts';
import { InstrumentLoader } from './methods/instrument-loader.ts';
import type { MethodForm } from './methods/method.ts';
import { methodsToShow, registry } from './methods/registry.ts';
import { scriptOrigin } from './script-origin.ts';
import { CopyController } from './views/copy-controller.ts';
import { failure, wordlessFailure } from './views/failure.ts';
import { methodList } from './views/method-list.ts';
import { skeleton } from './views/progress.ts';
import type { Actions, Screen, ViewContext } from './views/view.ts';

type AfterSubmission = typeof import('./after-submission.ts');

/**
 * Takes a payment through LetPay: card with installments, boleto, Pix, Paycash. Talks to the merchant’s proxy only.
 *
 * Everything it shows follows from the Checkout that the proxy answers with, so a reload comes back to the same screen.
 *
 * @tagname letpay-checkout
 * @attr {string} nonce - for the style elements that replace constructable style sheets in old browsers
 * @slot header - above everything
 * @slot footer - below everything
 * @slot submit-label - instead of the pay button’s own words; name the amount
 */
export class LetpayCheckout extends LitElement {
  static override readonly styles = styles;
  static override readonly properties = {
    paymentToken: { attribute: 'payment-token' },
    proxyUrl: { attribute: 'proxy-url' },
    locale: {},
    methods: {},
    theme: { reflect: true },
  };

  /** Names the checkout. A change starts afresh. */
  declare paymentToken: string | null;
  /** Where the proxy is. Default: the origin that served this script. */
  declare proxyUrl: string | null;
  /** `pt-BR`, `es`, `es-MX` or `en`. Default: the nearest `lang`, then the checkout’s country. */
  declare locale: string | null;
  /** A subset of the offered methods, in order: `PIX,CREDITCARD`. */
  declare methods: string | null;
  /** `light` (default), `dark` or `auto`. */
  declare theme: 'light' | 'dark' | 'auto' | null;

  /** For tests, and for hosts with a network layer of their own. Set it before the element is connected. */
  environment: Partial<Environment> = {};

  readonly #checkout: CheckoutController;
  readonly #locale = new LocaleController(this);
  readonly #instruments = new InstrumentLoader(this);
  readonly #copy = new CopyController(this, text => this.#copied(text));
  readonly #forms = new Map<Method, MethodForm>();
  #later: AfterSubmission | null = null;
  #laterFailed = false;
  #internals: ElementInternals | null = null;
  /** What is open: token and proxy in one text. */
  #opened = '';
  #method: Method | null = null;
  /** The shopper tried to submit while fields were wrong. */
  #stopped = false;
  /** What a form needs could not be loaded. */
  #formFailure: Failure | null = null;
  #checkNote: string | null = null;
  /** What was announced by an event once it was on screen, so that it is announced once. */
  #announced = '';
  #hadFocus = false;
  #tick: unknown;

  readonly #actions: Actions = {
    choose: method => this.#choose(method),
    submit: () => this.submit(),
    renew: (next, entry) => {
      this.#forms.get('CREDITCARD')?.clear(entry === 'clear' ? 'all' : 'secret');
      this.#checkout.renew(next);
    },
    checkNow: () => void this.#checkNow(),
    retry: () => this.#retry(),
  };

  constructor() {
    super();
    this.paymentToken = null;
    this.proxyUrl = null;
    this.locale = null;
    this.methods = null;
    this.theme = null;
    this.#checkout = new CheckoutController(this, {
      environment: () => this.#surroundings,
      loadPayments: async () => (await this.#loadLater()).createPayments,
      onChange: (previous, state, reason) => this.#changed(previous, state, reason),
    });
    try {
      this.#internals = this.attachInternals();
    } catch {
      // Some test DOMs know no internals: then there are no custom states.
    }
  }

  /** The present state’s name: `idle`, `loading`, `choosing`, `submitting`, `verifying`, `waiting`, `paid` … */
  get state(): StateName {
    return this.#checkout.state.name;
  }

  /** What the pay button does. False when nothing was sent: not now, not valid, or a listener said no. */
  submit(): boolean {
    const { state } = this.#checkout;
    if (state.name !== 'choosing') return false;
    const method = this.#openMethod(state.checkout.methods);
    const form = method && this.#form(method);
    if (!form) return false;
    if (!form.isReady) {
      void this.#submitWhenReady(form);
      return false;
    }
    this.#stopped = !form.validate(new Date(this.#checkout.now));
    if (this.#stopped) {
      this.#focusWrong(form);
      return false;
    }
    if (!this.dispatchEvent(new LetpaySubmitEvent(method, form.installments))) return false;
    return this.#checkout.submit(form.toRequest());
  }

  /** Asks for a new attempt: the same instrument again, or the choice of methods. False when not now. */
  renew(): boolean {
    const checkout = checkoutOf(this.#checkout.state);
    return checkout !== null && this.#checkout.renew(renewalOf(checkout));
  }

  /** Reads the status now. Resolves when the answer is there, or failed. */
  refresh(): Promise<void> {
    return this.#checkout.refresh();
  }

  override focus(options?: FocusOptions): void {
    const first = '[aria-invalid=true], input:checked, input, button, a, [tabindex]';
    this.renderRoot.querySelector<HTMLElement>(first)?.focus(options);
  }

  /** For a merchant’s developer: where it stands and the last changes of state. Holds no card or personal data. */
  diagnostics(): {
    readonly state: StateName;
    readonly online: boolean;
    readonly trace: readonly TraceEntry[];
  } {
    return { state: this.state, online: navigator.onLine, trace: this.#checkout.trace };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#open();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    if (supportsAdoptingStyleSheets) return super.createRenderRoot();
    const root = this.attachShadow({ mode: 'open' });
    this.#addStyles(root, styles);
    this.renderOptions.renderBefore = root.firstChild;
    return root;
  }

  protected override willUpdate(): void {
    this.#open();
    const { state } = this.#checkout;
    const country = checkoutOf(state)?.country ?? null;
    this.#locale.resolve(this.locale, country, state.name === 'error');
    if (this.shadowRoot?.activeElement) this.#hadFocus = true;
  }

  protected override render(): TemplateResult {
    const { state } = this.#checkout;
    const checkout = checkoutOf(state);
    const { texts } = this.#locale;
    const status = this.#statusText(state);
    return html`<div part="container" class="frame">
      <slot name="header"></slot>
      ${texts && checkout?.test_mode ? html`<p part="test-ribbon" class="ribbon">${texts.testMode}</p>` : nothing}
      <div part="content" class="content">${this.#view(state)}</div>
      <div part="status" role="status" class=${state.name === 'waiting' ? 'status' : 'hidden'}>${status}</div>
      <slot name="footer"></slot>
    </div>`;
  }

  protected override updated(): void {
    const { state, now } = this.#checkout;
    const checkout = checkoutOf(state);
    this.#keepFocus();
    if (this.#locale.texts && checkout) {
      const isOnScreen = state.name !== 'waiting' || this.#instrumentView(state) !== null;
      if (isOnScreen) this.#announce(state);
    }
    const { clock } = this.#surroundings;
    clock.clearTimeout(this.#tick);
    const left = state.name === 'waiting' ? timeLeft(state.checkout.instrument, now) : null;
    if (left !== null && left > 0) this.#tick = clock.setTimeout(() => this.requestUpdate(), 1000);
  }

  /** What had the focus may be gone with its screen: then the new screen’s title takes it, once it is there. */
  #keepFocus(): void {
    const title = this.renderRoot.querySelector<HTMLElement>('.title');
    const isLost = !this.shadowRoot?.activeElement;
    if (this.#hadFocus && isLost && title && document.activeElement === document.body) title.focus();
    if (!isLost || title) this.#hadFocus = false;
  }

  get #surroundings(): Environment {
    return { ...browserEnvironment, ...this.environment };
  }

  /** Constructed sheets need no permission of a CSP; the elements that stand in for them carry the nonce. */
  #addStyles(root: ShadowRoot, sheets: readonly CSSResult[]): void {
    if (supportsAdoptingStyleSheets) {
      const added = sheets.flatMap(sheet => sheet.styleSheet ?? []);
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...added];
      return;
    }
    for (const sheet of sheets) {
      const style = document.createElement('style');
      style.nonce = this.nonce ?? '';
      style.textContent = sheet.cssText;
      root.appendChild(style);
    }
  }

  /** Rejects when the file cannot be had; a later call tries again. */
  async #loadLater(): Promise<AfterSubmission> {
    if (this.#later) return this.#later;
    try {
      const later = await import('./after-submission.ts');
      if (!this.#later) this.#addStyles(this.renderRoot as ShadowRoot, [later.outcomeStyles]);
      this.#later = later;
      this.#laterFailed = false;
      return later;
    } catch (error) {
      this.#laterFailed = true;
      throw error;
    } finally {
      this.requestUpdate();
    }
  }

  #open(): void {
    const proxyUrl = this.proxyUrl ?? scriptOrigin ?? '';
    const opened = this.paymentToken ? `${proxyUrl} ${this.paymentToken}` : '';
    if (!this.isConnected || (opened === this.#opened && this.#checkout.isOpen === (opened !== ''))) return;
    this.#opened = opened;
    if (this.paymentToken) this.#checkout.open(this.paymentToken, proxyUrl);
    else this.#checkout.close();
  }

  #retry(): void {
    if (this.#locale.failed) this.#locale.retry();
    this.#instruments.failed.clear();
    if (this.state === 'error') this.#opened = '';
    if (this.#laterFailed) this.#checkout.prepare();
    this.requestUpdate();
  }

  async #submitWhenReady(form: MethodForm): Promise<void> {
    const isReady = await form.prepare();
    this.#formFailure = isReady ? null : failureWith('network');
    this.requestUpdate();
    if (isReady) this.submit();
  }

  #choose(method: Method): void {
    this.#method = method;
    this.#stopped = false;
    void this.#instruments.load(method);
    this.requestUpdate();
    this.dispatchEvent(new LetpayMethodChangeEvent(method));
  }

  async #checkNow(): Promise<void> {
    const before = this.#checkout.state;
    await this.#checkout.refresh();
    const { state } = this.#checkout;
    const { texts } = this.#locale;
    if (state.name !== before.name || !texts) return;
    const pix = state.name === 'waiting' && state.checkout.instrument?.method === 'PIX';
    this.#checkNote = pix ? texts.notSeenYet : texts.nothingNew;
    this.requestUpdate();
  }

  #form(method: Method): MethodForm {
    const form =
      this.#forms.get(method) ??
      registry[method].createForm({
        requestUpdate: () => this.requestUpdate(),
        now: () => new Date(this.#checkout.now),
      });
    this.#forms.set(method, form);
    return form;
  }

  #openMethod(offered: readonly Method[]): Method | null {
    const shown = methodsToShow(offered, this.methods);
    return shown.find(method => method === this.#method) ?? shown[0] ?? null;
  }

  #focusWrong(form: MethodForm): void {
    const [first] = form.wrong;
    if (first)
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${first}`)?.focus());
  }

  #copied(text: string): void {
    const method = checkoutOf(this.#checkout.state)?.method;
    if (method) this.dispatchEvent(new LetpayCopyEvent(method, text.slice(-4)));
  }

  /** After every change of state: what the forms may still hold, the custom states, the events. */
  #changed(previous: CheckoutState, state: CheckoutState, reason: string): void {
    this.#checkNote = null;
    this.#stopped = false;
    this.#copy.reset();
    const cardForm = this.#forms.get('CREDITCARD');
    // Card data leaves the page as soon as it cannot be needed again.
    if (['idle', 'loading', 'paid'].includes(state.name)) cardForm?.clear('all');
    if (state.name === 'declined') cardForm?.clear('secret');
    if (state.name === 'loading') this.#announced = '';
    if (state.name === 'choosing') {
      this.#method = state.method ?? this.#method;
      if (state.failure && state.method) {
        const form = this.#form(state.method);
        form.showRefusal(state.failure);
        this.#stopped = form.wrong.length > 0;
        this.#focusWrong(form);
      }
    }
    this.#internals?.states?.delete(previous.name);
    this.#internals?.states?.add(state.name);
    this.dispatchEvent(new LetpayStateChangeEvent(previous.name, state.name, reason, checkoutOf(state)));
    if (state.name === 'paid') this.dispatchEvent(new LetpayPaidEvent(state.checkout));
    if (state.name === 'pending') this.dispatchEvent(new LetpayPendingEvent(state.checkout));
    if (state.name === 'declined') this.dispatchEvent(new LetpayDeclinedEvent(state.checkout));
    if (state.name === 'error') this.#fail(state.failure.code, state.failure.requestId);
  }

  #fail(code: string, requestId: string | null): void {
    this.dispatchEvent(new LetpayErrorEvent(code, requestId));
  }

  /** Events about what is on screen come after it is there, once per state and attempt. */
  #announce(state: CheckoutState): void {
    const checkout = checkoutOf(state);
    const key = `${state.name} ${checkout?.attempt}`;
    if (!checkout || key === this.#announced || (state.name !== 'choosing' && state.name !== 'waiting'))
      return;
    this.#announced = key;
    if (state.name === 'choosing') {
      this.#checkout.prepare();
      this.dispatchEvent(new LetpayReadyEvent(methodsToShow(checkout.methods, this.methods)));
      return;
    }
    const { instrument } = checkout;
    if (!instrument) return;
    this.dispatchEvent(new LetpayInstrumentEvent(instrument.method, checkout));
    const doubt = this.#instrumentView(state)?.doubt(instrument, new Date(this.#checkout.now));
    if (doubt) this.dispatchEvent(new LetpayWarningEvent(doubt, instrument.method));
  }

  #instrumentView(state: CheckoutState) {
    const method = checkoutOf(state)?.instrument?.method;
    return method ? this.#instruments.view(method) : null;
  }

  #context(texts: NonNullable<LocaleController['texts']>, country: string | null): ViewContext {
    return {
      texts,
      locale: formattingLocale(this.#locale.language, country),
      now: this.#checkout.now,
      screen: this.#screen(),
      checkNote: this.#checkNote,
      actions: this.#actions,
    };
  }

  #screen(): Screen {
    if (this.state !== 'waiting') return 'wide';
    if (matchMedia('(pointer: coarse)').matches) return 'handheld';
    return this.clientWidth < 480 ? 'narrow' : 'wide';
  }

  #view(state: CheckoutState): TemplateResult | typeof nothing {
    const { texts } = this.#locale;
    if (!texts) return this.#locale.failed ? wordlessFailure(this.#actions.retry) : skeleton('…');
    const context = this.#context(texts, checkoutOf(state)?.country ?? null);
    switch (state.name) {
      case 'idle':
      case 'loading':
        return skeleton(texts.loading);
      case 'error':
        return failure(state.failure, context);
      case 'choosing':
        return this.#methodList(state.checkout, state.failure ?? this.#formFailure, false, context);
      case 'submitting':
        if (!state.direct) return this.#methodList(state.checkout, null, true, context);
    }
    if (!this.#later) {
      return this.#laterFailed ? failure(failureWith('network'), context) : skeleton(texts.loading);
    }
    const method = state.checkout.instrument?.method;
    return this.#later.outcomeView(state, context, {
      copy: this.#copy,
      receipt: this.#forms.get('CREDITCARD')?.receipt ?? null,
      instrumentView: this.#instrumentView(state),
      instrumentFailed: method !== undefined && this.#instruments.failed.has(method),
    });
  }

  #methodList(
    checkout: Checkout,
    problem: Failure | null,
    busy: boolean,
    context: ViewContext,
  ): TemplateResult {
    const methods = methodsToShow(checkout.methods, this.methods);
    const open = this.#openMethod(checkout.methods);
    if (!open) return failure(failureWith('method_not_offered'), context);
    const form = this.#form(open);
    return methodList(
      checkout,
      { methods, open, form, failure: problem, stopped: this.#stopped, busy },
      context,
    );
  }

  /** What the live region says. Silent on the first screen: nobody wants a form read aloud before it is asked for. */
  #statusText(state: CheckoutState): string {
    const { texts } = this.#locale;
    if (!texts) return '';
    switch (state.name) {
      case 'submitting':
      case 'renewing':
        return `${texts.processing} ${texts.keepOpen}`;
      case 'verifying':
        return `${texts.verifyingTitle}. ${texts.verifyingBody}`;
      case 'waiting':
        return texts.waiting[state.checkout.instrument?.method ?? 'REDIRECT'];
      case 'pending':
        return `${texts.pendingTitle}. ${texts.pendingBody}`;
      case 'paid':
        return texts.paidTitle(state.checkout.method, state.checkout.status === 'PRE_AUTHORIZED');
      case 'declined':
        return `${texts.declinedTitle}. ${texts.declined[state.checkout.decline?.reason ?? 'unknown']}`;
      case 'ended':
        return texts.endedTitle(state.checkout.status, state.checkout.method);
      case 'error':
        return texts.failureTitle;
      default:
        return '';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'letpay-checkout': LetpayCheckout;
  }
}
