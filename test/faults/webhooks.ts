/** The merchant’s address for webhooks: takes everything, so that it can be searched for cards afterwards. */
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface Webhooks {
  /** What tells a proxy to send them here. */
  readonly env: Readonly<Record<string, string>>;
  /** Headers and bodies of all that came. */
  received(): string;
  close(): Promise<void>;
}

export async function collectWebhooks(): Promise<Webhooks> {
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push(JSON.stringify(request.headers), Buffer.concat(chunks).toString());
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    env: {
      MERCHANT_WEBHOOK_URL: `http://127.0.0.1:${port}/webhooks`,
      MERCHANT_WEBHOOK_SECRET: `whsec_${Buffer.from('secret-of-the-fault-runs').toString('base64')}`,
    },
    received: () => received.join('\n'),
    async close() {
      server.closeAllConnections();
      await new Promise<void>(resolve => server.close(() => resolve()));
    },
  };
}
