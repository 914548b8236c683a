/** The proxy as a program: process, environment, listen, close. Only this file and the commands (*-cli.ts) see `process.env`. */
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createProxy } from './app.ts';
import { ConfigError, readConfig } from './config.ts';
import { nameOf, placeOf } from './failure.ts';
import { createLog } from './log.ts';
import { StoreUnusable } from './store/store.ts';

/** In the tree the tag is built to `dist/widget`; the built server lies beside it in `dist/server`. */
function widgetFolder(): string {
  const root = join(import.meta.dirname, '..');
  return import.meta.url.endsWith('.ts') ? join(root, 'dist/widget') : join(root, 'widget');
}

/** After a failure that nobody caught, beyond the time of a submission on its way. */
const stopsWithinMs = 10_000;

function start(): void {
  const config = readConfig(process.env, widgetFolder());
  const log = createLog(line => process.stdout.write(`${line}\n`), Date.now);
  const app = createProxy(config, { log });
  const server = serve(
    {
      fetch: app.fetch,
      hostname: config.host,
      port: config.port,
      // A client that dawdles over its request holds a socket; feeds are answers and may take their time.
      serverOptions: {
        headersTimeout: 10_000,
        requestTimeout: 15_000,
        connectionsCheckingInterval: 2_000,
        maxHeaderSize: 16 * 1024,
      },
    },
    ({ port }) => {
      process.stdout.write(`LetPay proxy on http://${config.host}:${port}\n`);
      // Its failures are in the log and stop nothing.
      app.logIn().catch(() => undefined);
    },
  );
  server.on('error', error => {
    process.stderr.write(`The proxy cannot listen on ${config.host}:${config.port}: ${error.message}\n`);
    process.exitCode = 1;
    app.close().catch(failure => tell('stop_failed', failure));
  });

  let stopping: Promise<void> | null = null;
  async function close(): Promise<void> {
    const closed = new Promise(resolve => server.close(resolve));
    await app.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    await closed;
  }
  function tell(event: string, error: unknown): void {
    log('error', event, { name: nameOf(error), at: placeOf(error) });
    process.exitCode = 1;
  }
  function stop(): Promise<void> {
    stopping ??= close().catch(error => tell('stop_failed', error));
    return stopping;
  }
  app.usable.catch(error => {
    tellOperator(error);
    return stop();
  });
  // Whoever reads the log may end before us: no payment fails for it.
  process.stdout.on('error', () => undefined);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A failure that nobody caught: what is known in memory may be wrong, so a new process has to go on.
  process.on('uncaughtException', (error, origin) => {
    tell(origin === 'unhandledRejection' ? 'unhandled_rejection' : 'uncaught_exception', error);
    const exit = () => process.exit(1);
    setTimeout(exit, config.pspTimeoutMs + stopsWithinMs).unref();
    stop().then(exit, exit);
  });
}

/** Words of ours for the operator; of any other error whatever it says. */
function tellOperator(error: unknown): void {
  const isForOperator = error instanceof ConfigError || error instanceof StoreUnusable;
  process.stderr.write(`${isForOperator ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

try {
  start();
} catch (error) {
  tellOperator(error);
}
