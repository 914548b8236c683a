/** Loads the instrument view of a method once, ahead of need where it can, and asks for a new render when it is there. */
import type { ReactiveControllerHost } from 'lit';
import type { Instrument, Method } from '../../server/contract/checkout.ts';
import type { InstrumentView } from './method.ts';
import { registry } from './registry.ts';

export class InstrumentLoader {
  readonly #host: ReactiveControllerHost;
  readonly #views = new Map<Method, InstrumentView<Instrument>>();
  readonly #loading = new Set<Method>();
  /** The methods whose view could not be had; `load` tries them again. */
  readonly failed = new Set<Method>();

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** The view when it is there; otherwise null, and it is on its way. */
  view(method: Method): InstrumentView<Instrument> | null {
    if (!this.failed.has(method)) void this.load(method);
    return this.#views.get(method) ?? null;
  }

  async load(method: Method): Promise<void> {
    const { loadInstrument } = registry[method];
    if (!loadInstrument || this.#views.has(method) || this.#loading.has(method)) return;
    this.#loading.add(method);
    this.failed.delete(method);
    try {
      this.#views.set(method, await loadInstrument());
    } catch {
      this.failed.add(method);
    }
    this.#loading.delete(method);
    this.#host.requestUpdate();
  }
}
