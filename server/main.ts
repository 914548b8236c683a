/** The proxy as a program: process, environment, listen, close. Only this file and webhooks-cli.ts see `process.env`. */
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createProxy } from './app.ts';
import { ConfigError, readConfig } from './config.ts';

/** In the tree the tag is built to `dist/widget`; the built server lies beside it in `dist/server`. */
function widgetFolder(): string {
  const root = join(import.meta.dirname, '..');
  return import.meta.url.endsWith('.ts') ? join(root, 'dist/widget') : join(root, 'widget');
}

function start(): void {
  const config = readConfig(process.env, widgetFolder());
  const app = createProxy(config);
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
    },
  );
  server.on('error', error => {
    process.stderr.write(`The proxy cannot listen on ${config.host}:${config.port}: ${error.message}\n`);
    process.exitCode = 1;
    void app.close();
  });

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    const closed = new Promise(resolve => server.close(resolve));
    await app.close();
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    await closed;
  }
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

try {
  start();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
