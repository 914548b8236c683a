/** Loads the instrument view of a method once, ahead of need where it can, and asks for a new render when it is there. */
import type { Instrument, Method } from '../../server/contract/checkout.ts';
import type { ScreenHost } from '../views/view.ts';
import { loadInstrumentView } from './instrument-views.ts';
import type { InstrumentView } from './method.ts';

export class InstrumentLoader {
  readonly #host: ScreenHost;
  readonly #views = new Map<Method, InstrumentView<Instrument>>();
  readonly #loading = new Set<Method>();
  /** The methods whose view could not be had; `load` tries them again. */
  readonly failed = new Set<Method>();

  constructor(host: ScreenHost) {
    this.#host = host;
  }

  /** The view when it is there; otherwise null, and it is on its way. */
  view(method: Method): InstrumentView<Instrument> | null {
    if (!this.failed.has(method)) void this.load(method);
    return this.#views.get(method) ?? null;
  }

  async load(method: Method): Promise<void> {
    if (this.#views.has(method) || this.#loading.has(method)) return;
    this.#loading.add(method);
    this.failed.delete(method);
    try {
      const view = await loadInstrumentView(method, this.#host);
      if (view) this.#views.set(method, view);
    } catch {
      this.failed.add(method);
    }
    this.#loading.delete(method);
    this.#host.requestUpdate();
  }
}
