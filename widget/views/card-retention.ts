/**
 * How long what was typed about a card stays in the fields: not longer than the page is there, and not longer than a
 * quarter of an hour after the last key. The browser keeps a page for “back”, its fields with it; and a phone that is left
 * on a table keeps showing them.
 */
import type { ReactiveController } from 'lit';
import type { Environment } from '../checkout/environment.ts';
import type { ScreenHost } from './view.ts';

const unusedForMs = 15 * 60_000;

export interface CardRetentionOptions {
  readonly host: ScreenHost;
  readonly clock: Environment['clock'];
  readonly form: { readonly clearCard: (what: 'all') => void };
}

export class CardRetention implements ReactiveController {
  readonly #options: CardRetentionOptions;
  #timer: unknown;

  constructor(options: CardRetentionOptions) {
    this.#options = options;
  }

  hostConnected(): void {
    // Events of the fields leave the shadow root: `input` is composed.
    this.#options.host.addEventListener('input', this.#typed);
    window.addEventListener('pagehide', this.#clear);
    this.#typed();
  }

  hostDisconnected(): void {
    this.#options.host.removeEventListener('input', this.#typed);
    window.removeEventListener('pagehide', this.#clear);
    this.#options.clock.clearTimeout(this.#timer);
  }

  readonly #typed = (): void => {
    const { clock } = this.#options;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(this.#clear, unusedForMs);
  };

  readonly #clear = (): void => this.#options.form.clearCard('all');
}
