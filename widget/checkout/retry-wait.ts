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

  /** `12 s`, and `3 min` from a minute and a half on, the same in every language that the tag speaks; nothing when it is over. */
  get text(): string {
    const seconds = Math.ceil((this.#until - this.#clock.now()) / 1000);
    if (seconds <= 0) return '';
    return seconds < 90 ? `${seconds}\u00a0s` : `${Math.ceil(seconds / 60)}\u00a0min`;
  }
}
