/** How long the proxy asked to wait (`Retry-After`) before what it refused is sent again. */
import type { Environment } from './environment.ts';
import type { CheckoutState } from './state.ts';

export class RetryWait {
  readonly #clock: Environment['clock'];
  #until = 0;

  constructor(clock: Environment['clock']) {
    this.#clock = clock;
  }

  /** After every change of state. */
  changed(state: CheckoutState): void {
    const failure = 'failure' in state ? state.failure : null;
    this.#until = this.#clock.now() + (failure?.retryAfterMs ?? 0);
  }

  /** In ms; 0 when it is over. */
  get left(): number {
    return Math.max(0, this.#until - this.#clock.now());
  }
}
