import { type CSSResult, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Checkout } from '../server/contract/checkout.ts';
import type { AuthenticateCard } from './checkout/card-authentication.ts';
import { CheckoutController } from './checkout/checkout-controller.ts';
import { browserEnvironment, type Environment, type FirstEnvironment } from './checkout/environment.ts';
import { renewalOf } from './checkout/renewal.ts';
import { type CheckoutState, checkoutOf, type StateName } from './checkout/state.ts';
import type { TraceEntry } from './checkout/trace.ts';
import type { Happening } from './checkout/transition.ts';
import { LetpayErrorEvent, LetpayReadyEvent, LetpayStateChangeEvent } from './events.ts';
import { warmUpFormats } from './i18n/cached-format.ts';
import { formattingLocale } from './i18n/language.ts';
import { LocaleController } from './i18n/locale-controller.ts';
import { styles } from './letpay-checkout.styles.ts';
import { addSheet, replaceState } from './newer-apis.ts';
import { runEach } from './run-each.ts';
import { scriptOrigin } from './script-origin.ts';
import { FormScreen } from './views/form-screen.ts';
import type { OutcomeScreens } from './views/outcome-screens.ts';
import { skeleton } from './views/skeleton.ts';
import type { Actions, ViewContext } from './views/view.ts';
import { wordlessFailure } from './views/wordless-failure.ts';

/** So long a skeleton may stand: longer than a read may take (15 s). */
const screenMs = 20_000;

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
  static override readonly properties = {
    paymentToken: { attribute: 'payment-token' },
    proxyUrl: { attribute: 'proxy-url' },
    locale: {},
    methods: {},
    theme: { reflect: true },
    authenticateCard: { attribute: false },
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
  /** Your 3-D Secure provider: see “Debit cards and 3-D Secure”. Debit cards are shown only with one. */
  declare authenticateCard: AuthenticateCard | null;

  /**
   * For tests, and for hosts with a network layer of their own. Set it before the element is connected.
   *
   * @internal
   */
  environment: Partial<Environment> = {};

  readonly #checkout: CheckoutController;
  readonly #form: FormScreen;
  readonly #locale = new LocaleController(this, () => this.#tellUnavailable());
  /** Null until `after-submission.ts` is loaded. */
  #outcomes: OutcomeScreens | null = null;
  #laterFailed = false;
  /** Null until `after-first-screen.ts` is loaded. */
  #adornments: typeof import('./after-first-screen.ts') | null = null;
  /** There has been no screen for too long. */
  #isLate = false;
  #watchdog: unknown;
  /** How often a missing part was asked for by the shopper. */
  #retries = 0;
  /** Old browsers and some test DOMs know no internals: then there are no custom states. */
  readonly #internals: ElementInternals | undefined = this.attachInternals?.();
  /** What is open: token and proxy in one text. */
  #opened = '';
  /** The attempt whose methods were announced. */
  #announced = 0;
  #hadFocus = false;
  /** All that was added to the shadow root. */
  readonly #sheets: CSSResult[] = [];

  readonly #actions: Actions = {
    choose: method => {
      this.#outcomes?.preload(method);
      this.#form.choose(method);
    },
    submit: () => this.submit(),
    renew: (next, cleared) => {
      this.#form.clearCard(cleared);
      this.#checkout.renew(next);
    },
    retry: () => this.#retry(),
  };

  constructor() {
    super();
    this.paymentToken = null;
    this.proxyUrl = null;
    this.locale = null;
    this.methods = null;
    this.theme = null;
    this.authenticateCard = null;
    this.#checkout = new CheckoutController(this, {
      environment: () => this.#surroundings,
      loadReader: async () => (await this.#loadLater()).readCheckout,
      loadPayments: async () => (await this.#loadLater()).createPayments,
      onChange: (previous, state, reason) => this.#changed(previous, state, reason),
    });
    this.#form = new FormScreen(this, this.#checkout, sheet => this.#addStyles([sheet]));
  }

  /** The present state’s name: `idle`, `loading`, `choosing`, `submitting`, `verifying`, `waiting`, `paid` … */
  get state(): StateName {
    return this.#checkout.state.name;
  }

  /** The Checkout behind the present state; null where there is none. */
  get checkout(): Checkout | null {
    return checkoutOf(this.#checkout.state);
  }

  /** What the pay button does. False when nothing was sent: not now, not valid, or a listener said no. */
  submit(): boolean {
    this.#outcomes?.hearFields();
    return this.#form.submit();
  }

  /** Asks for a new attempt: the same instrument again, or the choice of methods. False when not now. */
  renew(): boolean {
    const { checkout } = this;
    return checkout !== null && this.#checkout.renew(renewalOf(checkout));
  }

  /** Reads the status now. Resolves when the answer is there, or failed. */
  refresh(): Promise<void> {
    return this.#checkout.refresh();
  }

  /** Goes to what is wrong, else to where the shopper begins. */
  override focus(options?: FocusOptions): void {
    (
      this.#find('[aria-invalid=true]') ??
      this.#find('input:checked') ??
      this.#find('input, button, a') ??
      this.#find('.title')
    )?.focus(options);
  }

  /** For a merchant’s developer: where it stands and the last changes of state. Holds no card or personal data. */
  diagnostics(): { readonly state: StateName; readonly trace: readonly TraceEntry[] } {
    return { state: this.state, trace: this.#checkout.trace };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#open();
  }

  /** The move into another document, a frame’s for example, has taken the constructed sheets away. */
  adoptedCallback(): void {
    // The document of a template has no window, and shows nothing.
    if (this.ownerDocument.defaultView) this.#addStyles(this.#sheets.splice(0));
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = this.attachShadow({ mode: 'open' });
    this.#addStyles(styles);
    return root;
  }

  protected override willUpdate(): void {
    this.#open();
    const { state } = this.#checkout;
    this.#locale.resolve(this.locale, this.checkout?.country ?? null, state.name === 'error');
    if (this.shadowRoot?.activeElement) this.#hadFocus = true;
  }

  protected override render(): TemplateResult {
    const { state } = this.#checkout;
    const { texts } = this.#locale;
    return html`<div part="container" class="frame">
      <slot name="header"></slot>
      ${texts && this.checkout?.test_mode ? html`<p part="test-ribbon" class="ribbon">${texts.testMode}</p>` : nothing}
      <div part="content" class="content">${this.#view(state)}</div>
      <div part="status" role="status" class=${state.name === 'waiting' ? 'status' : 'hidden'}>${texts && this.#outcomes?.statusText(state, texts)}</div>
      <slot name="footer"></slot>
    </div>`;
  }

  protected override updated(): void {
    const { state } = this.#checkout;
    runEach(
      () => this.#keepFocus(),
      () => this.#outcomes?.updated(state),
      () => this.#watchScreen(),
      () => this.#adornments?.tell(this, this.#form),
    );
    if (!this.#opened || state.name === 'loading' || !this.#locale.texts || this.#form.isLoading) return;
    void this.#adorn();
    if (state.name !== 'choosing' || this.#announced === state.checkout.attempt) return;
    this.#announced = state.checkout.attempt;
    this.#checkout.prepare();
    this.dispatchEvent(new LetpayReadyEvent(this.#form.shownMethods(state.checkout)));
  }

  #find(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  get #surroundings(): FirstEnvironment {
    return { ...browserEnvironment, ...this.environment };
  }

  #open(): void {
    const proxyUrl = this.proxyUrl ?? scriptOrigin ?? '';
    const token = this.paymentToken?.trim();
    const opened = token ? `${proxyUrl} ${token}` : '';
    if (!this.isConnected || (opened === this.#opened && this.#checkout.isOpen === (opened !== ''))) return;
    this.#opened = opened;
    if (token) {
      this.#checkout.open(token, proxyUrl);
      warmUpFormats();
    } else this.#checkout.close();
    this.#watchScreen();
  }

  #retry(): void {
    const isMissing = this.#locale.failed || this.#laterFailed || this.#isLate;
    // Every screen comes back after a reload; nothing is being sent while this button is there.
    if (isMissing && ++this.#retries > 2) location.reload();
    if (this.#locale.failed) this.#locale.retry();
    if (this.#laterFailed) this.#prepareOutcomes();
    if (this.state === 'error' || this.#isLate) this.#opened = '';
    this.#isLate = false;
    this.requestUpdate();
  }

  /** Nobody looks at a skeleton for ever, whatever the reason: a token, a part, an answer, or an error of ours. */
  #watchScreen(): void {
    const { clock } = this.#surroundings;
    clock.clearTimeout(this.#watchdog);
    if (this.isConnected && (!this.#find('.frame') || this.#find('.bone')))
      this.#watchdog = clock.setTimeout(() => this.#giveUpWaiting(), screenMs);
  }

  #giveUpWaiting(): void {
    if (!this.#opened) return void this.#adorn();
    this.#isLate = true;
    this.requestUpdate();
    this.#tellUnavailable();
  }

  /** Rejects when the file cannot be had; a later call tries again. */
  async #loadLater() {
    if (this.#outcomes) return this.#outcomes;
    try {
      const later = await import('./after-submission.ts');
      if (!this.#outcomes) {
        this.#addStyles([later.outcomeStyles]);
        this.#outcomes = new later.OutcomeScreens({
          host: this,
          checkout: this.#checkout,
          environment: this.#surroundings,
          form: this.#form,
        });
        this.requestUpdate();
      }
      return this.#outcomes;
    } catch (error) {
      this.#laterFailed = true;
      this.#tellUnavailable();
      this.requestUpdate();
      throw error;
    }
  }

  async #adorn(): Promise<void> {
    if (this.#adornments) return;
    try {
      this.#adornments = await import('./after-first-screen.ts');
      this.#addStyles([this.#adornments.adornmentStyles]);
      this.requestUpdate();
    } catch {
      // The screen does without.
    }
  }

  /** A part of this script could not be loaded. */
  #tellUnavailable(): void {
    this.dispatchEvent(new LetpayErrorEvent('script_unavailable', null));
  }

  #prepareOutcomes(): void {
    this.#laterFailed = false;
    this.#loadLater().catch(() => {
      // `#laterFailed` puts a button on screen that tries again.
    });
  }

  #addStyles(sheets: readonly CSSResult[]): void {
    const root = this.shadowRoot as ShadowRoot;
    this.#sheets.push(...sheets);
    for (const { cssText } of sheets) addSheet(root, cssText, this.nonce);
  }

  /**
   * What had the focus may be gone with its screen, or inert while a submission is under way: then the busy button or
   * the new screen’s title takes it, once it is there.
   */
  #keepFocus(): void {
    const holder = this.shadowRoot?.activeElement;
    const isKept = holder ? !holder.closest('[inert]') : document.activeElement !== document.body;
    const next = this.#find('.busy') ?? this.#find('.title');
    if (this.#hadFocus && !isKept) next?.focus();
    if (isKept || next) this.#hadFocus = false;
  }

  /** After every change of state. */
  #changed(previous: CheckoutState, state: CheckoutState, reason: Happening['type']): void {
    if (state.name === 'loading') this.#announced = 0;
    if (state.name === 'error') this.#prepareOutcomes();
    runEach(
      () => this.#form.changed(state),
      () => this.#outcomes?.changed(state),
      () =>
        this.dispatchEvent(new LetpayStateChangeEvent(previous.name, state.name, reason, checkoutOf(state))),
      () => {
        if (state.name === 'error')
          this.dispatchEvent(new LetpayErrorEvent(state.failure.code, state.failure.requestId));
      },
      () => this.#outcomes?.tell(previous, state),
      () => replaceState(this.#internals, previous.name, state.name),
    );
  }

  #view(state: CheckoutState): TemplateResult {
    try {
      return this.#screen(state);
    } catch (error) {
      runEach(() => {
        throw error;
      });
      if (!this.#isLate) this.#giveUpWaiting();
      return wordlessFailure(this.#actions.retry);
    }
  }

  #screen(state: CheckoutState): TemplateResult {
    const { texts, failed, language } = this.#locale;
    const { retry } = this.#actions;
    const pause = this.#isLate || failed ? wordlessFailure(retry) : skeleton(texts?.loading ?? '…');
    if (!texts) return pause;
    const context: ViewContext = {
      pause,
      adornments: this.#adornments,
      texts,
      locale: formattingLocale(language, this.checkout?.country),
      now: this.#checkout.now,
      actions: this.#actions,
    };
    if (state.name === 'choosing' || (state.name === 'submitting' && !state.direct)) {
      const form = this.#form.render(state, context);
      if (form) return form;
    }
    if (this.#outcomes) return this.#outcomes.render(state, context);
    return this.#laterFailed ? wordlessFailure(retry) : pause;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'letpay-checkout': LetpayCheckout;
  }
}
