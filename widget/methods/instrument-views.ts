/** How each instrument is shown: a file of its own in the build, loaded when the method is chosen. */
import type { Instrument, Method } from '../../server/contract/checkout.ts';
import type { ScreenHost } from '../views/view.ts';
import type { InstrumentView } from './method.ts';

type Loaders = {
  readonly [M in Instrument['method']]: (
    host: ScreenHost,
  ) => Promise<InstrumentView<Extract<Instrument, { method: M }>>>;
};

const loaders: Loaders = {
  PIX: async () => (await import('./pix/pix-instrument.ts')).pixInstrument,
  BOLETO: async host => (await import('./boleto/boleto-instrument.ts')).createBoletoInstrument(host),
  PAYCASH: async host => (await import('./paycash/paycash-instrument.ts')).createPaycashInstrument(host),
  REDIRECT: async () => (await import('./redirect/redirect-instrument.ts')).redirectInstrument,
};

/** Null when the method has no instrument. Rejects when the file cannot be had; a later call tries again. */
export function loadInstrumentView(
  method: Method,
  host: ScreenHost,
): Promise<InstrumentView<Instrument>> | null {
  // A view is handed only instruments of its own method.
  const load = (loaders as Partial<Record<Method, Loaders[Instrument['method']]>>)[method];
  return load ? (load(host) as Promise<InstrumentView<Instrument>>) : null;
}
