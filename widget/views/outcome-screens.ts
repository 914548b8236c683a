/**
 * Every screen that can follow a submission, and the one that says that nothing works. Loaded while the shopper reads the
 * form (`after-submission.ts`).
 *
 * Owns: the instrument views, copying, “no news yet”, the clock on screen, the events of outcomes and of what is on screen.
 * Does not own: the state.
 */
import { html, type TemplateResult } from 'lit';
import type { Checkout, Method } from '../../server/contract/checkout.ts';
import { readCheckout } from '../api/read-checkout.ts';
import type { AuthenticateCard } from '../checkout/card-authentication.ts';
import type { CheckoutController } from '../checkout/checkout-controller.ts';
import type { FirstEnvironment } from '../checkout/environment.ts';
import { failureWith } from '../checkout/failure.ts';
import { laterEnvironment } from '../checkout/later-environment.ts';
import { createPayments, type Payments, type PaymentsOptions } from '../checkout/payments.ts';
import { RetryWait } from '../checkout/retry-wait.ts';
import { type CheckoutState, checkoutOf } from '../checkout/state.ts';
import { timeLeft } from '../checkout/time-left.ts';
import {
  LetpayCopyEvent,
  LetpayDeclinedEvent,
  LetpayErrorEvent,
  LetpayInstrumentEvent,
  LetpayPaidEvent,
  LetpayPendingEvent,
  LetpayWarningEvent,
} from '../events.ts';
import { FieldListener } from '../fields/field-listener.ts';
import type { Texts } from '../i18n/texts.ts';
import type { Cleared } from '../methods/cleared.ts';
import { InstrumentLoader } from '../methods/instrument-loader.ts';
import type { MethodForm } from '../methods/method.ts';
import { CardRetention } from './card-retention.ts';
import { CopyController } from './copy-controller.ts';
import { declined } from './declined.ts';
import { failure } from './failure.ts';
import { progress } from './progress.ts';
import { ended, endingTitle, paid } from './result.ts';
import { RewritingGuard } from './rewriting-guard.ts';
import { pending, verifying, verifyingWords } from './verifying.ts';
import { failureText, type OutcomeContext, type Screen, type ScreenHost, type ViewContext } from './view.ts';
import { expiredText, type Standing, standingOf, waiting } from './waiting.ts';

export interface OutcomeScreensOptions {
  readonly host: ScreenHost & { readonly authenticateCard: AuthenticateCard | null };
  readonly checkout: CheckoutController;
  readonly environment: FirstEnvironment;
  /** What this page knows of the card payment that it sent; nothing after a reload. */
  readonly form: Pick<MethodForm, 'sentStoredCard'> & {
    readonly shownMethods: (checkout: Checkout) => readonly Method[];
    readonly clearCard: (what: Cleared) => void;
    wait: () => string;
  };
}

/** Below it there is no room beside the QR code. Agrees with the style sheets. */
const narrowBelowPx = 480;

/** When the end of a code is spoken: enough to be in time, too rarely to be in the way. */
const spokenMinutes = [1, 2, 5, 10] as const;

export class OutcomeScreens {
  readonly #options: OutcomeScreensOptions;
  readonly #instruments: InstrumentLoader;
  readonly #copy: CopyController;
  readonly #guard: RewritingGuard;
  readonly #fields: FieldListener;
  readonly #retryWait: RetryWait;
  #checkNote: 'none' | 'asked' | 'unreachable' | 'card-not-charged' | 'watch-ended' = 'none';
  /** The shopper wants to leave a code that can still be paid, and was asked. */
  #isLeaving = false;
  /** The attempt whose instrument, or lack of methods, was announced. */
  #announced = 0;
  #tick: unknown;
  /** That of the last render, for what is said beside it. */
  #locale = '';

  constructor(options: OutcomeScreensOptions) {
    this.#options = options;
    this.#instruments = new InstrumentLoader(options.host);
    this.#retryWait = new RetryWait(options.environment.clock);
    this.#retryWait.changed(options.checkout.state);
    options.form.wait = () => this.#retryWait.text;
    this.#copy = new CopyController(options.host, text => this.#copied(text));
    const { clock } = options.environment;
    options.host.addController(new CardRetention({ ...options, clock }));
    this.#fields = new FieldListener(
      options.host.renderRoot as ShadowRoot,
      () => options.checkout.state.name === 'choosing',
    );
    this.#guard = new RewritingGuard({ host: options.host, state: () => options.checkout.state });
  }

  /** Payments whose watch says here that it ended, or began again. */
  readonly readCheckout = readCheckout;
  readonly createPayments = (options: PaymentsOptions): Payments =>
    createPayments({
      ...options,
      authenticateCard: async request => this.#options.host.authenticateCard?.(request),
      onCardNotCharged: () => {
        this.#checkNote = 'card-not-charged';
        this.#options.host.requestUpdate();
      },
      onWatching: watching => {
        this.#checkNote = watching ? 'none' : 'watch-ended';
        this.#options.host.requestUpdate();
      },
    });

  /** What stands in the fields is what is submitted, with or without events. */
  hearFields(): void {
    this.#fields.hear();
  }

  /** The view of an instrument that may be asked for soon. */
  preload(method: Method): void {
    void this.#instruments.load(method);
  }

  /** After every change of state. */
  changed(state: CheckoutState): void {
    this.#retryWait.changed(state);
    this.#checkNote = 'none';
    this.#isLeaving = false;
    this.#copy.reset();
    this.#instruments.failed.clear();
    if (state.name === 'loading') this.#announced = 0;
    if (state.name === 'submitting') this.preload(state.method);
  }

  /** The outcomes, as events. A Checkout that has one is read by this file, so nothing is told too early. */
  tell({ name: previous }: CheckoutState, state: CheckoutState): void {
    const { host } = this.#options;
    if (state.name === 'paid')
      host.dispatchEvent(new LetpayPaidEvent(state.checkout, previous === 'loading'));
    if (state.name === 'pending') host.dispatchEvent(new LetpayPendingEvent(state.checkout));
    if (state.name === 'declined') host.dispatchEvent(new LetpayDeclinedEvent(state.checkout));
    if (state.name === 'waiting' && previous === 'submitting') this.#leave(state.checkout);
  }

  /** One press is enough to be sent to another page. Whoever comes back from there has the link. */
  #leave({ instrument }: Checkout): void {
    const { leave = laterEnvironment.leave } = this.#options.environment;
    if (instrument?.method === 'REDIRECT') leave(instrument.url);
  }

  render(state: CheckoutState, view: ViewContext): TemplateResult {
    this.#locale = view.locale;
    const context = this.#context(state, view);
    switch (state.name) {
      case 'idle':
      case 'loading':
        return context.pause;
      case 'choosing':
        return failure(failureWith('no_methods'), context, state.checkout);
      case 'submitting':
      case 'renewing':
        return progress(context.texts);
      case 'verifying':
        return verifying(state.checkout, state.requestId, context);
      case 'pending':
        return pending(state.checkout, context);
      case 'waiting':
        return this.#waiting(state, context);
      case 'paid':
        return paid(state.checkout, context);
      case 'declined':
        return declined(state.checkout, state.failure, this.#options.form.sentStoredCard, context);
      case 'ended':
        return ended(state.checkout, state.failure, context);
      case 'error':
        return failure(state.failure, context);
    }
  }

  /**
   * What the live region says: where the payment stands, and behind it, for the ear alone, what has come up on screen
   * since. A region that is made together with its words is not read, so nothing else on these screens is one.
   */
  statusText(state: CheckoutState, texts: Texts): TemplateResult {
    return html`${this.#standing(state, texts)}<span class="hidden"> ${this.#news(state, texts)}</span>`;
  }

  /** Silent on the first screen: nobody wants a form read aloud before it is asked for. */
  #standing(state: CheckoutState, texts: Texts): string {
    switch (state.name) {
      case 'idle':
      case 'loading':
      case 'choosing':
        return '';
      case 'submitting':
      case 'renewing':
        return `${texts.processing} ${texts.keepOpen}`;
      case 'verifying':
        return verifyingWords(state.checkout, this.#checkNote !== 'watch-ended', texts).join('. ');
      case 'waiting':
        // What it says otherwise promises that the page goes on by itself.
        if (this.#checkNote === 'watch-ended') return texts.watchEnded;
        return this.#instrumentStanding(state)?.isToBePaid === false
          ? texts.ifPaid
          : texts.waiting[state.checkout.instrument?.method ?? 'REDIRECT'];
      case 'pending':
        return `${texts.pendingTitle}. ${texts.pendingBody}`;
      case 'paid':
        return texts.paidTitle(state.checkout.method, state.checkout.status === 'PRE_AUTHORIZED');
      case 'declined':
        return `${texts.declinedTitle}. ${texts.declined[state.checkout.decline?.reason ?? 'unknown']}`;
      case 'ended':
        return endingTitle(state.checkout, texts);
      case 'error':
        return texts.failureTitle;
    }
  }

  /** Changes with what happens and at few moments before a code’s end, never with each second of its clock. */
  #news(state: CheckoutState, texts: Texts): string {
    const news: (string | null)[] = [];
    if (state.name !== 'choosing' && 'failure' in state && state.failure) {
      news.push(failureText(state.failure, texts));
    }
    if (state.name !== 'waiting') return [...news, this.#noteText(state, texts)].filter(Boolean).join(' ');
    const { now } = this.#options.checkout;
    const { checkout } = state;
    const { instrument } = checkout;
    const view = instrument && this.#instruments.view(instrument.method);
    const standing = this.#instrumentStanding(state);
    const left = timeLeft(instrument, now) ?? Number.POSITIVE_INFINITY;
    const minutes = spokenMinutes.find(minutes => left <= minutes * 60_000);
    const time = minutes ? texts.minutesLeft(minutes) : null;
    news.push(
      standing?.doubt ? texts.doubt[standing.doubt] : null,
      this.#noteText(state, texts),
      view?.news?.(texts) ?? null,
      standing?.isOver ? expiredText(standing, texts, this.#locale) : time,
    );
    return news.filter(Boolean).join(' ');
  }

  /** Null until the view of the instrument is there. */
  #instrumentStanding({ checkout }: Extract<CheckoutState, { name: 'waiting' }>): Standing | null {
    const { instrument } = checkout;
    const view = instrument && this.#instruments.view(instrument.method);
    return view ? standingOf(instrument, view, checkout, this.#options.checkout.now) : null;
  }

  /** After every render: announces an instrument once it is there, and keeps its clock going. */
  updated(state: CheckoutState): void {
    const { host, environment, checkout } = this.#options;
    const { clock } = environment;
    clock.clearTimeout(this.#tick);
    if (state.name === 'choosing') this.#tellNoMethods(state.checkout);
    if (this.#retryWait.text) this.#tick = clock.setTimeout(() => host.requestUpdate(), 1000);
    if (state.name !== 'waiting') return;
    this.#announce(state);
    const left = timeLeft(state.checkout.instrument, checkout.now);
    if (left !== null && left > 0)
      this.#tick = clock.setTimeout(() => {
        this.#guard.isTick = true;
        host.requestUpdate();
      }, 1000);
  }

  #tellNoMethods(checkout: Checkout): void {
    const { host, form } = this.#options;
    if (checkout.attempt === this.#announced || form.shownMethods(checkout).length > 0) return;
    this.#announced = checkout.attempt;
    host.dispatchEvent(new LetpayErrorEvent('no_methods', null));
  }

  #announce({ checkout }: Extract<CheckoutState, { name: 'waiting' }>): void {
    const { instrument, attempt } = checkout;
    const view = instrument && this.#instruments.view(instrument.method);
    if (!view || attempt === this.#announced) return;
    this.#announced = attempt;
    const { host, checkout: controller } = this.#options;
    host.dispatchEvent(new LetpayInstrumentEvent(instrument.method, checkout));
    const doubt = view.doubt(instrument, checkout, new Date(controller.now));
    if (doubt) host.dispatchEvent(new LetpayWarningEvent(doubt, instrument.method));
  }

  #waiting(state: Extract<CheckoutState, { name: 'waiting' }>, context: OutcomeContext): TemplateResult {
    const { instrument } = state.checkout;
    const view = instrument && this.#instruments.view(instrument.method);
    if (view) return waiting(state, instrument, view, context, this.#copy);
    return instrument && this.#instruments.failed.has(instrument.method)
      ? failure(failureWith('network'), context)
      : context.pause;
  }

  #context(state: CheckoutState, view: ViewContext): OutcomeContext {
    const { texts } = view;
    return {
      ...view,
      screen: this.#screen(),
      checkNote: this.#noteText(state, texts),
      isWatching: this.#checkNote !== 'watch-ended',
      isDoubted: false,
      checkNow: () => void this.#checkNow(),
      hasOtherWay: 'checkout' in state && this.#options.form.shownMethods(state.checkout).length > 1,
      isLeaving: this.#isLeaving,
      retryWait: this.#retryWait.text,
      askToLeave: isLeaving => {
        this.#isLeaving = isLeaving;
        this.#options.host.requestUpdate();
      },
      retry: () => {
        this.#instruments.failed.clear();
        view.actions.retry();
      },
    };
  }

  /** Beside the check button. */
  #noteText(state: CheckoutState, texts: Texts): string | null {
    const method = state.name === 'waiting' ? state.checkout.instrument?.method : null;
    if (this.#checkNote === 'unreachable') return texts.notChecked;
    if (this.#checkNote === 'card-not-charged') return texts.cardNotCharged;
    if (this.#checkNote === 'asked') return method === 'PIX' ? texts.notSeenYet : texts.nothingNew;
    // Beneath an instrument the line that says what the page waits for says it.
    return this.#checkNote === 'watch-ended' && state.name !== 'waiting' ? texts.watchEnded : null;
  }

  #screen(): Screen {
    if (matchMedia('(pointer: coarse)').matches) return 'handheld';
    return this.#options.host.offsetWidth < narrowBelowPx ? 'narrow' : 'wide';
  }

  /** Asks for the status, and says so when there is no news. */
  async #checkNow(): Promise<void> {
    const { checkout, host } = this.#options;
    const before = checkout.state;
    await checkout.refresh();
    const after = checkout.state;
    if (after.name !== before.name) return;
    // An answer brings a Checkout, also the same one again.
    this.#checkNote = checkoutOf(after) === checkoutOf(before) ? 'unreachable' : 'asked';
    host.requestUpdate();
  }

  #copied(text: string): void {
    const { host, checkout } = this.#options;
    const method = checkoutOf(checkout.state)?.instrument?.method;
    if (method) host.dispatchEvent(new LetpayCopyEvent(method, text.slice(-4)));
  }
}
