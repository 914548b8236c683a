/**
 * Holds the present state and runs what a state makes happen.
 *
 * Owns: the state, the one AbortController of a token’s run, the first read, the lock that makes a hundred clicks one
 * submission. Does not own: what follows what (`transition.ts`), the effects that move money (`payments.ts`), what is on
 * screen, what a form holds. Card data passes through `submit` as an argument and is never kept here.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Checkout } from '../../server/contract/checkout.ts';
import { type Client, createClient } from '../api/client.ts';
import { RefusedError } from '../api/errors.ts';
import { runEach } from '../run-each.ts';
import type { FormSubmission } from './card-authentication.ts';
import type { FirstEnvironment } from './environment.ts';
import { failureOf, failureWith } from './failure.ts';
import type { Payments, PaymentsOptions } from './payments.ts';
import { type AfterRenew, type CheckoutState, checkoutOf } from './state.ts';
import { appendTrace, type TraceEntry } from './trace.ts';
import { type Happening, transition } from './transition.ts';

/** All that belongs to one token while the element is connected; ends as a whole. */
interface Run {
  readonly token: string;
  readonly client: Client;
  readonly end: AbortController;
  payments: Payments | null;
}

export interface CheckoutControllerOptions {
  readonly environment: () => FirstEnvironment;
  /** Loads `read-checkout.ts`; called again after a failure, like `loadPayments`. */
  readonly loadReader: () => Promise<(value: unknown) => Checkout>;
  /** Loads `createPayments`. */
  readonly loadPayments: () => Promise<(options: PaymentsOptions) => Payments>;
  /** After every change of state’s name or attempt. */
  readonly onChange: (previous: CheckoutState, state: CheckoutState, reason: Happening['type']) => void;
}

export class CheckoutController implements ReactiveController {
  trace: readonly TraceEntry[] = [];
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: CheckoutControllerOptions;
  #state: CheckoutState = { name: 'idle' };
  #run: Run | null = null;
  /** The proxy’s clock minus ours, in ms. */
  #skew = 0;
  #newest = '';

  constructor(host: ReactiveControllerHost & HTMLElement, options: CheckoutControllerOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  get state(): CheckoutState {
    return this.#state;
  }

  /** The proxy’s clock, in ms since the epoch. */
  get now(): number {
    return this.#options.environment().clock.now() + this.#skew;
  }

  get isOpen(): boolean {
    return this.#run !== null;
  }

  hostDisconnected(): void {
    // A framework that moves the element disconnects and connects it in one go: a payment under way must survive that.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.close();
    });
  }

  /** Starts afresh with a token. */
  open(token: string, proxyUrl: string): void {
    this.#endRun();
    const { environment, loadReader } = this.#options;
    const { fetch } = environment();
    this.#run = {
      token,
      client: createClient({ proxyUrl, fetch, loadReader }),
      end: new AbortController(),
      payments: null,
    };
    this.#newest = '';
    this.#apply({ type: 'open' });
    void this.#read(this.#run);
  }

  close(): void {
    this.#endRun();
    this.#apply({ type: 'close' });
  }

  /** Sends once, whatever the number of calls: the state changes before anything is awaited. False when not now. */
  submit(body: FormSubmission): boolean {
    const run = this.#run;
    if (!run || this.#state.name !== 'choosing') return false;
    this.#apply({ type: 'submit', method: body.method });
    void this.#withPayments(run, payments => payments.send(body));
    return true;
  }

  /** Asks for a new attempt, and sends it on where `next` says so. False when not now. */
  renew(next: AfterRenew): boolean {
    const run = this.#run;
    const before = this.#state;
    this.#apply({ type: 'renew', next });
    if (!run || this.#state === before) return false;
    void this.#withPayments(run, payments => payments.renew());
    return true;
  }

  /** Loads what a submission will need. Best called when the first screen is there. */
  prepare(): void {
    if (this.#run) void this.#payments(this.#run);
  }

  /** Reads the status now, beside what the watch does. */
  async refresh(): Promise<void> {
    this.#run?.payments?.resume();
    if (this.#run) await this.#read(this.#run);
  }

  /** Asks for a change that moves no money, and takes its answer. Fails with a CheckoutError. */
  async change(call: string, init: RequestInit): Promise<void> {
    const run = this.#run;
    const checkout = await run?.client.change(run.token, call, init, run.end.signal);
    if (checkout && run === this.#run) this.#receive(checkout);
  }

  async #read(run: Run): Promise<void> {
    const { signal } = run.end;
    try {
      const checkout = await run.client.read(run.token, signal);
      if (!signal.aborted) this.#receive(checkout);
    } catch (error) {
      if (signal.aborted) return;
      const final = error instanceof RefusedError && (error.status === 404 || error.status === 403);
      this.#apply({ type: 'read-failed', failure: failureOf(error), final });
    }
  }

  /** Nothing leaves before the code that follows its outcome is here: where that cannot be had, nothing was sent. */
  async #withPayments(run: Run, act: (payments: Payments) => Promise<void>): Promise<void> {
    const payments = await this.#payments(run);
    if (run.end.signal.aborted) return;
    if (payments) return act(payments);
    const failure = failureWith('network');
    this.#apply(
      this.#state.name === 'renewing' ? { type: 'renew-failed', failure } : { type: 'refused', failure },
    );
  }

  async #payments(run: Run): Promise<Payments | null> {
    if (run.payments) return run.payments;
    try {
      const createPayments = await this.#options.loadPayments();
      run.payments ??= createPayments({
        token: run.token,
        client: run.client,
        signal: run.end.signal,
        environment: this.#options.environment(),
        state: () => this.#state,
        apply: happening => this.#apply(happening),
        onCheckout: checkout => this.#receive(checkout),
        read: () => this.#read(run),
      });
      run.payments.follow(this.#state, this.#state);
      return run.payments;
    } catch {
      return null;
    }
  }

  /** A Checkout that was read. An older one than the newest we saw is a slow reply. */
  #receive(checkout: Checkout): void {
    if (checkout.now >= this.#newest) this.#apply({ type: 'read', checkout });
  }

  #apply(happening: Happening): void {
    if ('checkout' in happening) {
      const { now } = happening.checkout;
      if (now > this.#newest) this.#newest = now;
      this.#skew = Date.parse(now) - this.#options.environment().clock.now();
    }
    const previous = this.#state;
    const state = transition(previous, happening);
    if (state === previous) return;
    this.#state = state;
    const run = this.#run;
    runEach(
      () => {
        if (run?.payments) run.payments.follow(previous, state);
        else if (run && checkoutOf(state) && state.name !== 'choosing') void this.#payments(run);
      },
      () => this.#host.requestUpdate(),
    );
    if (state.name === previous.name && checkoutOf(state)?.attempt === checkoutOf(previous)?.attempt) return;
    runEach(
      () => this.#note(previous, state, happening.type),
      () => this.#options.onChange(previous, state, happening.type),
    );
  }

  #note(previous: CheckoutState, state: CheckoutState, reason: string): void {
    const failure = 'failure' in state ? state.failure : null;
    this.trace = appendTrace(this.trace, {
      at: new Date(this.#options.environment().clock.now()).toISOString(),
      from: previous.name,
      to: state.name,
      reason,
      code: failure?.code ?? null,
      requestId: failure?.requestId ?? null,
    });
  }

  #endRun(): void {
    this.#run?.end.abort();
    this.#run = null;
  }
}
