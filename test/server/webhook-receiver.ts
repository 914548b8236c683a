/** A merchant's address for webhooks: keeps what came, verified by the public library, and answers as it is told. */
import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { type WebhookEvent, webhookEvent } from '../../server/contract/webhook.ts';

export const webhookSecret = `whsec_${Buffer.from('secret-of-the-tests-of-webhooks').toString('base64')}`;

export interface Delivery {
  readonly id: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly event: WebhookEvent;
}

export type Behaviour = (response: ServerResponse, delivery: Delivery) => void;

export const taking: Behaviour = response => void response.writeHead(204).end();
export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  response =>
    void response.writeHead(status, headers).end();
export const hanging: Behaviour = () => undefined;
export const resetting: Behaviour = response => void response.destroy();

export interface WebhookReceiver {
  readonly url: string;
  readonly env: { readonly MERCHANT_WEBHOOK_URL: string; readonly MERCHANT_WEBHOOK_SECRET: string };
  /** Every request that arrived, whatever was answered. */
  readonly deliveries: readonly Delivery[];
  behaviour: Behaviour;
  /** Nothing listens any more. */
  goDown(): Promise<void>;
  /** Listens again at the same address. */
  comeBack(): Promise<void>;
}

/** Throws when the library does not take it. `now`: the library looks at the clock, and a test may have moved it. */
function verify(headers: IncomingMessage['headers'], body: string): WebhookEvent {
  const signed = Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const sentAt = Number(signed['webhook-timestamp']) * 1000;
  const library = new Webhook(webhookSecret);
  if (Math.abs(Date.now() - sentAt) < 60_000) library.verify(body, signed);
  else {
    const id = String(signed['webhook-id']);
    assert.equal(library.sign(id, new Date(sentAt), body), signed['webhook-signature']);
  }
  return webhookEvent.parse(JSON.parse(body));
}

export async function startWebhookReceiver(t: TestContext): Promise<WebhookReceiver> {
  const deliveries: Delivery[] = [];
  let behaviour = taking;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const event = verify(request.headers, body);
    const delivery = { id: String(request.headers['webhook-id']), headers: request.headers, body, event };
    deliveries.push(delivery);
    behaviour(response, delivery);
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const goDown = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  t.after(goDown);
  const url = `http://127.0.0.1:${port}/hooks?shop=1`;
  return {
    url,
    env: { MERCHANT_WEBHOOK_URL: url, MERCHANT_WEBHOOK_SECRET: webhookSecret },
    deliveries,
    get behaviour() {
      return behaviour;
    },
    set behaviour(value) {
      behaviour = value;
    },
    goDown,
    comeBack: () => listen(port),
  };
}

/** Every id once, and the sequence of each order from 1 without gaps, each event naming the status before it. */
export function assertComplete(deliveries: readonly Delivery[]): void {
  const ids = deliveries.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'an id came twice');
  const byOrder = Map.groupBy(deliveries, ({ event }) => event.data.payment_token);
  for (const own of byOrder.values()) {
    const events = own.map(({ event }) => event.data).sort((a, b) => a.sequence - b.sequence);
    events.forEach((event, index) => {
      assert.equal(event.sequence, index + 1);
      assert.equal(event.previous_status, events[index - 1]?.status ?? 'CREATED');
    });
  }
}
