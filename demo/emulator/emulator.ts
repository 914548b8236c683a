/** The emulator put together: clock, faults and controls around the PSPs that it plays. */
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type HttpBindings, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createCallbacks } from './callbacks.ts';
import { type Clock, createClock } from './clock.ts';
import { controlRoutes } from './controls.ts';
import { createFaultList, faultMiddleware } from './faults.ts';
import { createLesspay } from './lesspay/lesspay.ts';
import { createLetPay } from './letpay/letpay.ts';
import { createLetsia } from './letsia/letsia.ts';
import type { Psp } from './psp.ts';
import type { Random } from './random.ts';
import { createStats } from './stats.ts';

export interface EmulatorSettings {
  readonly clock: Clock;
  /** Sends the callbacks. */
  readonly fetch: typeof fetch;
  readonly random: Random;
  /** One line per call and callback, never a body. */
  readonly log?: (line: string) => void;
  /** Milliseconds from PROCESSING to the outcome that a payer's name asks for; 400 unless told. */
  readonly outcomeDelayMs?: number;
  /** Whether the account may take debit cards; not unless told. */
  readonly debitCards?: boolean;
}

export interface Emulator {
  readonly app: Hono<{ Bindings: Partial<HttpBindings> }>;
  /** Forgets all payments and drops every task that is not due yet. */
  readonly close: () => void;
}

export function createEmulator(settings: EmulatorSettings): Emulator {
  const { clock, fetch, random, log = () => undefined, outcomeDelayMs = 400, debitCards = false } = settings;
  const stats = createStats();
  const faults = createFaultList();
  const callbacks = createCallbacks({ clock, fetch, log });
  const letpay = createLetPay({ clock, random, notify: callbacks.send, stats, outcomeDelayMs, debitCards });
  const others: readonly Psp[] = [
    createLetsia({ clock, random, stats, linkDelayMs: outcomeDelayMs }),
    createLesspay({ clock, random, stats, notify: callbacks.send }),
  ];
  const ownerOf = (path: string) => others.find(psp => path.startsWith(`${psp.path}/`)) ?? letpay;

  function reset(): void {
    callbacks.forget();
    clock.reset();
    faults.clear();
    stats.clear();
    letpay.reset();
    for (const psp of others) psp.reset();
  }

  const app: Emulator['app'] = new Hono();
  app.use(async (c, next) => {
    await next();
    log(`${c.req.method} ${c.req.path} ${c.res.headers.has('x-hono-already-sent') ? 'cut' : c.res.status}`);
  });
  // Browsers ask for it beside the PSPs' pages.
  app.get('/favicon.ico', c => c.body(null, 204));
  app.route('/_emulator', controlRoutes({ clock, faults, stats, others, reset, ...letpay.controls }));
  app.use(
    faultMiddleware({
      clock,
      faults,
      arrived: (method, path) => ownerOf(path).arrived(method, path),
      errorAnswer: (path, status) => ownerOf(path).errorAnswer(path, status),
    }),
  );
  for (const psp of others) app.route(psp.path, psp.routes);
  app.route('/', letpay.routes);

  return { app, close: reset };
}

export interface ListenSettings extends Partial<EmulatorSettings> {
  /** 0 takes a free port. */
  readonly port: number;
  readonly host?: string;
}

/** Starts an emulator with the real clock, network and randomness wherever nothing else is handed in. */
export async function startEmulator({ port, host = '127.0.0.1', ...settings }: ListenSettings) {
  const { app, close } = createEmulator({
    clock: createClock(Date.now),
    fetch,
    random: randomBytes,
    ...settings,
  });
  const { server, address } = await new Promise<{ server: ReturnType<typeof serve>; address: AddressInfo }>(
    (resolve, reject) => {
      const listening = serve({ fetch: app.fetch, port, hostname: host }, info =>
        resolve({ server: listening, address: info }),
      );
      listening.once('error', reject);
    },
  );
  return {
    url: `http://${host}:${address.port}`,
    async close(): Promise<void> {
      close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
